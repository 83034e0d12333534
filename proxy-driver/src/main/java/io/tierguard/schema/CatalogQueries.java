package io.tierguard.schema;

import io.tierguard.sql.Dialect;

/**
 * The queries that read one kind of database's catalog.
 *
 * @param tables schema, name, {@code f} where the rows are on another server; the tables of one session alone are left out
 * @param views schema, name, what it stands for, each schema and name joined by {@link SchemaReader#DOT} and the pairs by {@link
 *     SchemaReader#SEPARATOR}, or
 *     its query, {@code m}
 *     for a materialized view or {@code s} for a synonym, and its columns with a default of their own, or of their type, joined
 * @param foreignKeys empty where {@link H2Catalog} or {@link MySqlCatalog} reads them; name, child schema, child, child columns joined, parent
 *     schema, parent, parent columns joined, action
 *     on delete, action on update, {@code n} where it is not enforced, as PostgreSQL has it from 18 on, and the columns joined that a deletion
 *     alone sets, as it has them from 15 on, null for all
 * @param triggers kind, table's schema, table, name, changes that it runs on joined by commas, null while it is switched off, body, language, id and name of
 *     its routine, {@code r} where it runs for each row before that is written and may change it, its first argument, the columns joined of which an update must
 *     set one, null for any; triggers and rules of
 *     tables and views, of these with the language {@code nothing} where they certainly run nothing; H2's may change the row too, which nobody sees who has not read the class
 * @param inheritance child schema, child, parent schema, parent; empty where the database has no such thing
 * @param sequences schema, name, schema and name of the table that owns it, both null where none does; sequences and
 *     indexes, and where they have names of their own triggers; constraints of H2 are read by {@link H2Catalog}
 * @param dependencies kind, schema and name of what is used, the same of what uses it, and {@code whole}, {@code column} or
 *     {@code part} for what that loses; foreign keys, views' tables and inheritance apart; empty where {@link H2Catalog} or {@link MySqlCatalog} reads them
 * @param stamp one text that differs after any change of what the others read, and not after one of a session's temporary tables; empty where
 *     the database has none
 * @param builtIns names of the routines that are part of the server; empty where only its driver lists them
 */
record CatalogQueries(
        String tables,
        String views,
        String foreignKeys,
        String triggers,
        String inheritance,
        String sequences,
        String dependencies,
        String stamp,
        String builtIns) {

    /** INFORMATION_SCHEMA of H2 2.x. */
    static final CatalogQueries H2 = new CatalogQueries("""
            SELECT TABLE_SCHEMA, TABLE_NAME,
              CASE WHEN TABLE_CLASS = 'org.h2.table.TableLink' OR TABLE_CLASS NOT LIKE 'org.h2.%' THEN 'f' END
            FROM INFORMATION_SCHEMA.TABLES
            WHERE TABLE_CLASS <> 'org.h2.table.InformationSchemaTable' AND TABLE_TYPE <> 'LOCAL TEMPORARY'""", """
            SELECT V.TABLE_SCHEMA, V.TABLE_NAME, NULL, V.VIEW_DEFINITION, NULL, NULL
            FROM INFORMATION_SCHEMA.VIEWS V WHERE V.TABLE_SCHEMA <> CASE
              (SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'DATABASE_TO_LOWER')
              WHEN 'true' THEN 'information_schema' ELSE 'INFORMATION_SCHEMA' END
            UNION ALL
            SELECT SYNONYM_SCHEMA, SYNONYM_NAME, SYNONYM_FOR_SCHEMA || CHAR(30) || SYNONYM_FOR, NULL, 's', NULL
            FROM INFORMATION_SCHEMA.SYNONYMS""", "", """
            SELECT 'trigger', T.EVENT_OBJECT_SCHEMA, T.EVENT_OBJECT_TABLE, T.TRIGGER_NAME, T.EVENT_MANIPULATION,
              T.JAVA_CLASS, 'java', 0, NULL, NULL, NULL, NULL
            FROM INFORMATION_SCHEMA.TRIGGERS T""", "", """
            SELECT SEQUENCE_SCHEMA, SEQUENCE_NAME, NULL, NULL FROM INFORMATION_SCHEMA.SEQUENCES
            UNION ALL
            SELECT INDEX_SCHEMA, INDEX_NAME, TABLE_SCHEMA, TABLE_NAME FROM INFORMATION_SCHEMA.INDEXES
            UNION ALL
            SELECT TRIGGER_SCHEMA, TRIGGER_NAME, EVENT_OBJECT_SCHEMA, EVENT_OBJECT_TABLE
            FROM INFORMATION_SCHEMA.TRIGGERS""", "", "", "");

    /** The system catalogs of PostgreSQL 14 to 18, which every user may read. */
    static final CatalogQueries POSTGRESQL = new CatalogQueries(
            """
            SELECT n.nspname, c.relname, CASE WHEN c.relkind = 'f' THEN 'f' END
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
              AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'""",
            """
            SELECT n.nspname, c.relname,
              (SELECT pg_catalog.string_agg(DISTINCT bn.nspname || pg_catalog.chr(30) || b.relname, pg_catalog.chr(31))
               FROM pg_catalog.pg_depend d
               JOIN pg_catalog.pg_class b ON b.oid = d.refobjid AND b.relkind IN ('r', 'p', 'v', 'm', 'f')
               JOIN pg_catalog.pg_namespace bn ON bn.oid = b.relnamespace
               WHERE d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = v.oid
                AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid <> c.oid),
              CASE WHEN pg_catalog.pg_table_is_visible(c.oid) IS NOT NULL AND c.oid NOT IN (LOCKED) AND NOT EXISTS (
                  SELECT FROM pg_catalog.pg_depend d WHERE d.objid = v.oid
                    AND d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
                    AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid IN (LOCKED))
                THEN pg_catalog.pg_get_viewdef(c.oid) END,
              c.relkind,
              (SELECT pg_catalog.string_agg(a.attname, pg_catalog.chr(31)) FROM pg_catalog.pg_attribute a
               LEFT JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
               WHERE a.attrelid = c.oid AND a.attnum > 0 AND (a.atthasdef OR t.typdefault IS NOT NULL)),
              v.xmin
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_rewrite v ON v.ev_class = c.oid AND v.rulename = '_RETURN'
            WHERE c.relkind IN ('v', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'""".replace("LOCKED", CodeQueries.LOCKED),
            """
            SELECT k.conname, cn.nspname, c.relname,
              (SELECT pg_catalog.string_agg(a.attname, pg_catalog.chr(31)) FROM pg_catalog.pg_attribute a
               WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)),
              pn.nspname, p.relname,
              (SELECT pg_catalog.string_agg(a.attname, pg_catalog.chr(31)) FROM pg_catalog.pg_attribute a
               WHERE a.attrelid = k.confrelid AND (a.attnum = ANY (k.confkey) OR REFERRED)),
              k.confdeltype, k.confupdtype,
              CASE WHEN NOT k.conenforced THEN 'n' END,
              CASE WHEN k.confdeltype IN ('n', 'd') AND k.confdelsetcols IS NOT NULL THEN
               (SELECT pg_catalog.string_agg(a.attname, pg_catalog.chr(31)) FROM pg_catalog.pg_attribute a
                WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.confdelsetcols)) END
            FROM (LISTED) k
            LEFT JOIN pg_catalog.pg_index x ON x.indexrelid = k.conindid
            JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
            JOIN pg_catalog.pg_namespace cn ON cn.oid = c.relnamespace
            JOIN pg_catalog.pg_class p ON p.oid = k.confrelid
            JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace""".replace("LISTED", ReferredColumns.KEYS).replace("REFERRED", ReferredColumns.RESTED_ON),
            """
            SELECT 'trigger', n.nspname, c.relname, t.tgname,
              CASE WHEN t.tgenabled <> 'D' THEN pg_catalog.concat_ws(',',
                CASE WHEN t.tgtype & 4 <> 0 THEN 'INSERT' END, CASE WHEN t.tgtype & 8 <> 0 THEN 'DELETE' END,
                CASE WHEN t.tgtype & 16 <> 0 THEN 'UPDATE' END, CASE WHEN t.tgtype & 32 <> 0 THEN 'TRUNCATE' END) END,
              p.prosrc, l.lanname, p.oid, p.proname, CASE WHEN t.tgtype & 3 = 3 THEN 'r' END,
              pg_catalog.split_part(pg_catalog.encode(t.tgargs, 'escape'), pg_catalog.chr(92) || '000', 1),
              (SELECT CASE WHEN pg_catalog.bool_and(x.columns IS NOT NULL)
                  THEN pg_catalog.string_agg(x.columns, pg_catalog.chr(31)) END
               FROM (SELECT CASE WHEN a.attgenerated = '' THEN a.attname::pg_catalog.text ELSE (COMPUTED) END
                     FROM pg_catalog.pg_attribute a WHERE a.attrelid = t.tgrelid AND a.attnum = ANY (t.tgattr)) x(columns))
            FROM pg_catalog.pg_trigger t
            JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            CROSS JOIN LATERAL (SELECT f.oid, f.proname, f.prolang, f.prosrc FROM pg_catalog.pg_proc f WHERE f.oid = t.tgfoid OFFSET 0) p
            JOIN pg_catalog.pg_language l ON l.oid = p.prolang
            WHERE NOT t.tgisinternal OR t.tgfoid >= 16384
            UNION ALL
            SELECT 'rule', n.nspname, c.relname, r.rulename,
              CASE r.ev_type WHEN '2' THEN 'UPDATE' WHEN '3' THEN 'INSERT' WHEN '4' THEN 'DELETE' END, NULL,
              CASE WHEN RUNS_NOTHING THEN 'nothing' ELSE 'rule' END, 0, NULL, NULL, NULL, NULL
            FROM pg_catalog.pg_rewrite r
            JOIN pg_catalog.pg_class c ON c.oid = r.ev_class AND c.relkind IN ('r', 'p', 'v')
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE r.rulename <> '_RETURN' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'""".replace("COMPUTED", ComputedColumns.BASES).replace("RUNS_NOTHING", PostgreSqlRules.RUNS_NOTHING),
            """
            SELECT cn.nspname, c.relname, pn.nspname, p.relname
            FROM pg_catalog.pg_inherits i
            JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid AND c.relkind IN ('r', 'p', 'f')
            JOIN pg_catalog.pg_namespace cn ON cn.oid = c.relnamespace
            JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
            JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace""",
            """
            SELECT n.nspname, c.relname, pn.nspname, p.relname
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_depend d
              ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
             AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0
             AND d.deptype IN ('a', 'i')
            LEFT JOIN pg_catalog.pg_class p ON p.oid = d.refobjid
            LEFT JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
            WHERE c.relkind = 'S' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            UNION ALL
            SELECT n.nspname, c.relname, pn.nspname, p.relname
            FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_class p ON p.oid = i.indrelid
            JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
            WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'""",
            """
            WITH relation AS (
              SELECT c.oid, n.nspname, c.relname,
                CASE c.relkind WHEN 'S' THEN 'sequence' WHEN 'c' THEN 'type' ELSE 'table' END AS kind
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              WHERE c.oid >= 16384 AND c.relpersistence <> 't' AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c')
            ), owned (classid, objid, relid, loss) AS (
              SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid, oid, oid, NULL FROM relation
              UNION ALL
              SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, indexrelid, indrelid,
                CASE WHEN indisunique THEN 'column' ELSE 'part' END FROM pg_catalog.pg_index WHERE indexrelid >= 16384
              UNION ALL
              SELECT 'pg_catalog.pg_attrdef'::pg_catalog.regclass, f.oid, f.adrelid,
                CASE WHEN a.attgenerated <> '' THEN 'column' ELSE 'part' END
              FROM pg_catalog.pg_attrdef f
              JOIN pg_catalog.pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum
              WHERE f.oid >= 16384
              UNION ALL
              SELECT 'pg_catalog.pg_constraint'::pg_catalog.regclass, oid, conrelid, 'part'
              FROM pg_catalog.pg_constraint WHERE oid >= 16384 AND conrelid <> 0 AND contype NOT IN ('f', 'n')
              UNION ALL
              SELECT 'pg_catalog.pg_trigger'::pg_catalog.regclass, oid, tgrelid, 'part'
              FROM pg_catalog.pg_trigger WHERE oid >= 16384 AND NOT tgisinternal
              UNION ALL
              SELECT 'pg_catalog.pg_policy'::pg_catalog.regclass, oid, polrelid, 'part' FROM pg_catalog.pg_policy
              UNION ALL
              SELECT 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass, oid, stxrelid, 'part'
              FROM pg_catalog.pg_statistic_ext
              UNION ALL
              SELECT 'pg_catalog.pg_rewrite'::pg_catalog.regclass, oid, ev_class,
                CASE WHEN rulename = '_RETURN' THEN 'whole' ELSE 'part' END
              FROM pg_catalog.pg_rewrite WHERE oid >= 16384
              UNION ALL
              SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid, COALESCE(NULLIF(t.typrelid, 0), e.typrelid),
                'whole'
              FROM pg_catalog.pg_type t
              LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem AND e.typarray = t.oid
              WHERE t.oid >= 16384 AND (t.typrelid <> 0 OR e.typrelid <> 0)
            ), item (classid, objid, kind, nspname, name, loss) AS (
              SELECT o.classid, o.objid, r.kind, r.nspname::pg_catalog.text, r.relname::pg_catalog.text, o.loss
              FROM owned o JOIN relation r ON r.oid = o.relid
              UNION ALL
              SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid, 'type', n.nspname, COALESCE(e.typname, t.typname),
                'whole'
              FROM pg_catalog.pg_type t
              LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem AND e.typarray = t.oid
              JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
              WHERE t.oid >= 16384 AND t.typrelid = 0 AND COALESCE(e.typrelid, 0) = 0
              UNION ALL
              SELECT 'pg_catalog.pg_constraint'::pg_catalog.regclass, k.oid, 'type', n.nspname, t.typname, 'whole'
              FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_type t ON t.oid = k.contypid
              JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
              UNION ALL
              SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, p.oid, 'routine', n.nspname, p.proname, 'whole'
              FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
              WHERE p.oid >= 16384
              UNION ALL
              SELECT 'pg_catalog.pg_extension'::pg_catalog.regclass, oid, 'extension', '', extname, 'whole'
              FROM pg_catalog.pg_extension
            ), used AS (
              SELECT DISTINCT d.classid, d.objid, d.objsubid > 0 AS is_column, d.refclassid, d.refobjid
              FROM pg_catalog.pg_depend d
              WHERE (d.refobjid >= 16384 OR d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass)
                AND d.refclassid NOT IN ('pg_catalog.pg_namespace'::pg_catalog.regclass,
                  'pg_catalog.pg_constraint'::pg_catalog.regclass)
                AND NOT (d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                  AND d.classid IN ('pg_catalog.pg_constraint'::pg_catalog.regclass,
                    'pg_catalog.pg_type'::pg_catalog.regclass))
                AND NOT (d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                  AND d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
                  AND d.objid IN (SELECT oid FROM pg_catalog.pg_rewrite WHERE rulename = '_RETURN'))
              UNION
              SELECT d.refclassid, d.refobjid, FALSE, d.classid, d.objid
              FROM pg_catalog.pg_depend d
              WHERE d.objid >= 16384 AND d.deptype = 'i'
                AND d.classid IN ('pg_catalog.pg_amop'::pg_catalog.regclass, 'pg_catalog.pg_amproc'::pg_catalog.regclass)
            )
            SELECT DISTINCT
              COALESCE(b.kind, 'object'), COALESCE(b.nspname, ''), COALESCE(b.name, u.refclassid::pg_catalog.regclass::pg_catalog.text || ':' || u.refobjid),
              COALESCE(a.kind, 'object'), COALESCE(a.nspname, ''), COALESCE(a.name, u.classid::pg_catalog.regclass::pg_catalog.text || ':' || u.objid),
              COALESCE(a.loss, CASE WHEN u.is_column THEN 'column' ELSE 'whole' END)
            FROM used u
            LEFT JOIN item a ON a.classid = u.classid AND a.objid = u.objid
            LEFT JOIN item b ON b.classid = u.refclassid AND b.objid = u.refobjid
            WHERE (a.kind IS NULL OR b.kind IS NULL OR (a.kind, a.nspname, a.name) <> (b.kind, b.nspname, b.name))
              AND (a.kind IS NOT NULL OR u.classid NOT IN (SELECT classid FROM item))
              AND (b.kind IS NOT NULL OR u.refclassid NOT IN (SELECT classid FROM item))""",
            """
            WITH own(oid) AS MATERIALIZED (
              SELECT oid FROM pg_catalog.pg_class WHERE relpersistence = 't'),
            types(oid) AS MATERIALIZED (
              SELECT t.oid FROM pg_catalog.pg_type t JOIN own o ON o.oid = t.typrelid),
            owned(classid, objid) AS MATERIALIZED (
              SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid, oid FROM own
              UNION ALL
              SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, oid FROM types
              UNION ALL
              SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid
              FROM pg_catalog.pg_type t JOIN types e ON e.oid = t.typelem
              UNION ALL
              SELECT 'pg_catalog.pg_constraint'::pg_catalog.regclass, k.oid
              FROM pg_catalog.pg_constraint k JOIN own o ON o.oid = k.conrelid
              UNION ALL
              SELECT 'pg_catalog.pg_attrdef'::pg_catalog.regclass, a.oid
              FROM pg_catalog.pg_attrdef a JOIN own o ON o.oid = a.adrelid
              UNION ALL
              SELECT 'pg_catalog.pg_trigger'::pg_catalog.regclass, t.oid
              FROM pg_catalog.pg_trigger t JOIN own o ON o.oid = t.tgrelid
              UNION ALL
              SELECT 'pg_catalog.pg_rewrite'::pg_catalog.regclass, r.oid
              FROM pg_catalog.pg_rewrite r JOIN own o ON o.oid = r.ev_class)
            SELECT pg_catalog.concat_ws(' ',
                (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()),
                pg_catalog.pg_postmaster_start_time(), pg_catalog.inet_server_addr(),
                (SELECT pg_catalog.concat(pg_catalog.count(*), '/', pg_catalog.sum(xmin::pg_catalog.text::pg_catalog.int8))
                 FROM pg_catalog.pg_class WHERE relpersistence <> 't'),
                (SELECT pg_catalog.concat(pg_catalog.count(*), '/', pg_catalog.sum(xmin::pg_catalog.text::pg_catalog.int8))
                 FROM pg_catalog.pg_attribute WHERE attrelid >= 16384 AND attnum > 0 AND attrelid NOT IN (SELECT oid FROM own)),
                (SELECT pg_catalog.concat(pg_catalog.count(*), '/', pg_catalog.sum(xmin::pg_catalog.text::pg_catalog.int8))
                 FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_'),
                (SELECT pg_catalog.concat(pg_catalog.count(*), '/', pg_catalog.sum(xmin::pg_catalog.text::pg_catalog.int8))
                 FROM pg_catalog.pg_constraint WHERE conrelid NOT IN (SELECT oid FROM own)),
                (SELECT pg_catalog.concat(pg_catalog.count(*), '/', pg_catalog.sum(xmin::pg_catalog.text::pg_catalog.int8))
                 FROM pg_catalog.pg_trigger WHERE tgrelid NOT IN (SELECT oid FROM own)),
                (SELECT pg_catalog.concat(pg_catalog.count(*), '/', pg_catalog.sum(xmin::pg_catalog.text::pg_catalog.int8))
                 FROM pg_catalog.pg_rewrite WHERE ev_class NOT IN (SELECT oid FROM own)),
                (SELECT pg_catalog.concat(pg_catalog.count(*), '/', pg_catalog.sum(xmin::pg_catalog.text::pg_catalog.int8))
                 FROM pg_catalog.pg_inherits),
                (SELECT pg_catalog.concat(pg_catalog.count(*), '/', pg_catalog.sum(xmin::pg_catalog.text::pg_catalog.int8))
                 FROM pg_catalog.pg_proc WHERE oid >= 16384),
                (SELECT pg_catalog.concat(pg_catalog.count(*), '/', pg_catalog.sum(xmin::pg_catalog.text::pg_catalog.int8))
                 FROM pg_catalog.pg_index WHERE indrelid NOT IN (SELECT oid FROM own)),
                (SELECT pg_catalog.concat(pg_catalog.count(*), '/', pg_catalog.sum(xmin::pg_catalog.text::pg_catalog.int8))
                 FROM pg_catalog.pg_depend WHERE (classid, objid) NOT IN (SELECT classid, objid FROM owned)),
                (SELECT pg_catalog.concat(pg_catalog.count(*), '/', pg_catalog.sum(xmin::pg_catalog.text::pg_catalog.int8))
                 FROM pg_catalog.pg_policy),
                (SELECT pg_catalog.concat(pg_catalog.count(*), '/', pg_catalog.sum(xmin::pg_catalog.text::pg_catalog.int8))
                 FROM pg_catalog.pg_attrdef WHERE adrelid NOT IN (SELECT oid FROM own)),
                (SELECT pg_catalog.concat(pg_catalog.count(*), '/', pg_catalog.sum(xmin::pg_catalog.text::pg_catalog.int8))
                 FROM pg_catalog.pg_cast WHERE oid >= 16384),
                (SELECT pg_catalog.concat(pg_catalog.count(*), '/', pg_catalog.sum(xmin::pg_catalog.text::pg_catalog.int8))
                 FROM pg_catalog.pg_operator WHERE oid >= 16384),
                (SELECT pg_catalog.concat(pg_catalog.count(*), '/', pg_catalog.sum(xmin::pg_catalog.text::pg_catalog.int8))
                 FROM pg_catalog.pg_aggregate WHERE aggfnoid::pg_catalog.oid >= 16384),
                (SELECT pg_catalog.concat(pg_catalog.count(*), '/', pg_catalog.sum(xmin::pg_catalog.text::pg_catalog.int8))
                 FROM pg_catalog.pg_type WHERE oid >= 16384
                   AND oid NOT IN (SELECT objid FROM owned WHERE classid = 'pg_catalog.pg_type'::pg_catalog.regclass)),
                (SELECT pg_catalog.concat(pg_catalog.count(*), '/', pg_catalog.sum(xmin::pg_catalog.text::pg_catalog.int8))
                 FROM pg_catalog.pg_language),
                (SELECT pg_catalog.concat(pg_catalog.count(*), '/', pg_catalog.sum(xmin::pg_catalog.text::pg_catalog.int8))
                 FROM pg_catalog.pg_event_trigger))""",
            """
            SELECT DISTINCT p.proname
            FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname = 'pg_catalog'""");

    /** The queries for a kind of database. */
    static CatalogQueries of(Dialect dialect) {
        return switch (dialect) {
            case H2 -> H2;
            case POSTGRESQL -> POSTGRESQL;
            case MYSQL, MARIADB -> MySqlCatalog.QUERIES;
            case SQLITE -> SqliteCatalog.QUERIES;
            case ANSI, ORACLE, SQLSERVER -> throw new IllegalArgumentException("its catalog is read through JDBC");
        };
    }

    /** Those of H2, which it answers by what is there now. */
    static CatalogQueries ofH2Now() {
        return new CatalogQueries(
                H2Query.fresh(H2.tables),
                H2Query.fresh(H2.views),
                "",
                H2Query.fresh(H2.triggers),
                "",
                H2Query.fresh(H2.sequences),
                "",
                "",
                "");
    }
}
