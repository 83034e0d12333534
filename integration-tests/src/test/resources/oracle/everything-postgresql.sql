SELECT string_agg(text, E'\n' ORDER BY text) FROM (
  SELECT concat_ws('|', 'class', oid, relname, relnamespace, relkind, relnatts, relhastriggers, relhasrules, relrowsecurity,
      relacl, reloptions) FROM pg_catalog.pg_class WHERE oid >= 16384 AND relnamespace NOT IN (
        SELECT oid FROM pg_catalog.pg_namespace WHERE nspname ~ '^pg_')
  UNION ALL SELECT concat_ws('|', 'routine', oid, proname, pronamespace) FROM pg_catalog.pg_proc WHERE oid >= 16384
  UNION ALL SELECT concat_ws('|', 'schema', oid, nspname) FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_'
  UNION ALL SELECT concat_ws('|', 'constraint', oid, conname) FROM pg_catalog.pg_constraint WHERE oid >= 16384
  UNION ALL SELECT concat_ws('|', 'trigger', oid, tgname, tgenabled) FROM pg_catalog.pg_trigger WHERE oid >= 16384
  UNION ALL SELECT concat_ws('|', 'query', oid, md5(ev_action::text)) FROM pg_catalog.pg_rewrite WHERE oid >= 16384
  UNION ALL SELECT concat_ws('|', 'rows', oid, pg_catalog.query_to_xml('SELECT * FROM ' || oid::regclass, true, false, '')::text)
    FROM pg_catalog.pg_class WHERE oid >= 16384 AND relkind = 'r' AND relnamespace IN (
      SELECT oid FROM pg_catalog.pg_namespace WHERE nspname IN ('public', 'vault'))
) AS everything (text)
