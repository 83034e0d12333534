package io.tierguard.schema;

import io.tierguard.sql.Dialect;

/**
 * The queries that read one kind of database's catalog.
 *
 * @param tables schema, name, {@code f} where the rows are on another server; the tables of one session alone are left out
 * @param views schema, name, what it stands for, each schema and name joined by {@link SchemaReader#DOT} and the pairs by {@link
 *     SchemaReader#SEPARATOR}, or
 *     its query, the rule that replaces a write to it, and {@code m}
 *     for a materialized view or {@code s} for a synonym
 * @param foreignKeys name, child schema, child, child columns joined, parent schema, parent, parent columns joined, action
 *     on delete, action on update
 * @param triggers kind, table's schema, table, name, changes that it runs on joined by commas, body, language, id and name of
 *     its routine; triggers of tables and views, rules of tables
 * @param inheritance child schema, child, parent schema, parent; empty where the database has no such thing
 * @param sequences schema, name, schema and name of the table that owns it, both null where none does
 * @param builtIns names of the routines that are part of the server; empty where only its driver lists them
 */
record CatalogQueries(
        String tables,
        String views,
        String foreignKeys,
        String triggers,
        String inheritance,
        String sequences,
        String builtIns) {

    /** INFORMATION_SCHEMA of H2 2.x. */
    static final CatalogQueries H2 = new CatalogQueries("""
            SELECT TABLE_SCHEMA, TABLE_NAME,
              CASE WHEN TABLE_CLASS = 'org.h2.table.TableLink' OR TABLE_CLASS NOT LIKE 'org.h2.%' THEN 'f' END
            FROM INFORMATION_SCHEMA.TABLES
            WHERE TABLE_SCHEMA <> 'INFORMATION_SCHEMA' AND TABLE_TYPE <> 'LOCAL TEMPORARY'""", """
            SELECT V.TABLE_SCHEMA, V.TABLE_NAME, NULL, V.VIEW_DEFINITION,
              NULL,
              (SELECT CASE WHEN M.TABLE_CLASS = 'org.h2.table.MaterializedView' THEN 'm' ELSE 'v' END
               FROM INFORMATION_SCHEMA.TABLES M
               WHERE M.TABLE_SCHEMA = V.TABLE_SCHEMA AND M.TABLE_NAME = V.TABLE_NAME)
            FROM INFORMATION_SCHEMA.VIEWS V
            UNION ALL
            SELECT SYNONYM_SCHEMA, SYNONYM_NAME, SYNONYM_FOR_SCHEMA || CHAR(30) || SYNONYM_FOR, NULL, NULL, 's'
            FROM INFORMATION_SCHEMA.SYNONYMS""", """
            SELECT R.CONSTRAINT_NAME,
              C.TABLE_SCHEMA, C.TABLE_NAME,
              (SELECT LISTAGG(K.COLUMN_NAME, CHAR(31)) FROM INFORMATION_SCHEMA.KEY_COLUMN_USAGE K
               WHERE K.CONSTRAINT_SCHEMA = R.CONSTRAINT_SCHEMA AND K.CONSTRAINT_NAME = R.CONSTRAINT_NAME),
              P.TABLE_SCHEMA, P.TABLE_NAME,
              (SELECT LISTAGG(K.COLUMN_NAME, CHAR(31)) FROM INFORMATION_SCHEMA.KEY_COLUMN_USAGE K
               WHERE K.CONSTRAINT_SCHEMA = R.UNIQUE_CONSTRAINT_SCHEMA
                 AND K.CONSTRAINT_NAME = R.UNIQUE_CONSTRAINT_NAME),
              R.DELETE_RULE, R.UPDATE_RULE
            FROM INFORMATION_SCHEMA.REFERENTIAL_CONSTRAINTS R
            JOIN INFORMATION_SCHEMA.TABLE_CONSTRAINTS C
              ON C.CONSTRAINT_SCHEMA = R.CONSTRAINT_SCHEMA AND C.CONSTRAINT_NAME = R.CONSTRAINT_NAME
            JOIN INFORMATION_SCHEMA.TABLE_CONSTRAINTS P
              ON P.CONSTRAINT_SCHEMA = R.UNIQUE_CONSTRAINT_SCHEMA AND P.CONSTRAINT_NAME = R.UNIQUE_CONSTRAINT_NAME""", """
            SELECT 'trigger', T.EVENT_OBJECT_SCHEMA, T.EVENT_OBJECT_TABLE, T.TRIGGER_NAME, T.EVENT_MANIPULATION,
              T.JAVA_CLASS, 'java', 0, NULL
            FROM INFORMATION_SCHEMA.TRIGGERS T""", "", """
            SELECT SEQUENCE_SCHEMA, SEQUENCE_NAME, NULL, NULL FROM INFORMATION_SCHEMA.SEQUENCES""", "");

    /** The system catalogs of PostgreSQL 14 to 18, which every user may read. */
    static final CatalogQueries POSTGRESQL = new CatalogQueries("""
            SELECT n.nspname, c.relname, CASE WHEN c.relkind = 'f' THEN 'f' END
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
              AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'""", """
            SELECT n.nspname, c.relname,
              (SELECT pg_catalog.string_agg(DISTINCT bn.nspname || pg_catalog.chr(30) || b.relname, pg_catalog.chr(31))
               FROM pg_catalog.pg_rewrite r
               JOIN pg_catalog.pg_depend d
                 ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = r.oid
                AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid <> c.oid
               JOIN pg_catalog.pg_class b ON b.oid = d.refobjid AND b.relkind IN ('r', 'p', 'v', 'm', 'f')
               JOIN pg_catalog.pg_namespace bn ON bn.oid = b.relnamespace
               WHERE r.ev_class = c.oid),
              pg_catalog.pg_get_viewdef(c.oid),
              (SELECT 'rule ' || pg_catalog.min(r.rulename::pg_catalog.text) FROM pg_catalog.pg_rewrite r
               WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN' HAVING pg_catalog.count(*) > 0),
              c.relkind
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('v', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'""", """
            SELECT k.conname, cn.nspname, c.relname,
              (SELECT pg_catalog.string_agg(a.attname, pg_catalog.chr(31)) FROM pg_catalog.pg_attribute a
               WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)),
              pn.nspname, p.relname,
              (SELECT pg_catalog.string_agg(a.attname, pg_catalog.chr(31)) FROM pg_catalog.pg_attribute a
               WHERE a.attrelid = k.confrelid AND a.attnum = ANY (k.confkey)),
              k.confdeltype, k.confupdtype
            FROM pg_catalog.pg_constraint k
            JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
            JOIN pg_catalog.pg_namespace cn ON cn.oid = c.relnamespace
            JOIN pg_catalog.pg_class p ON p.oid = k.confrelid
            JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
            WHERE k.contype = 'f'""", """
            SELECT 'trigger', n.nspname, c.relname, t.tgname,
              pg_catalog.concat_ws(',',
                CASE WHEN t.tgtype & 4 <> 0 THEN 'INSERT' END, CASE WHEN t.tgtype & 8 <> 0 THEN 'DELETE' END,
                CASE WHEN t.tgtype & 16 <> 0 THEN 'UPDATE' END, CASE WHEN t.tgtype & 32 <> 0 THEN 'TRUNCATE' END),
              p.prosrc, l.lanname, p.oid, p.proname
            FROM pg_catalog.pg_trigger t
            JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
            JOIN pg_catalog.pg_language l ON l.oid = p.prolang
            WHERE NOT t.tgisinternal AND t.tgenabled <> 'D'
            UNION ALL
            SELECT 'rule', n.nspname, c.relname, r.rulename,
              CASE r.ev_type WHEN '2' THEN 'UPDATE' WHEN '3' THEN 'INSERT' WHEN '4' THEN 'DELETE' END, NULL, 'rule', 0, NULL
            FROM pg_catalog.pg_rewrite r
            JOIN pg_catalog.pg_class c ON c.oid = r.ev_class AND c.relkind IN ('r', 'p')
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'""", """
            SELECT cn.nspname, c.relname, pn.nspname, p.relname
            FROM pg_catalog.pg_inherits i
            JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid AND c.relkind IN ('r', 'p', 'f')
            JOIN pg_catalog.pg_namespace cn ON cn.oid = c.relnamespace
            JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
            JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace""", """
            SELECT n.nspname, c.relname, pn.nspname, p.relname
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_depend d
              ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
             AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0
             AND d.deptype IN ('a', 'i')
            LEFT JOIN pg_catalog.pg_class p ON p.oid = d.refobjid
            LEFT JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
            WHERE c.relkind = 'S' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'""", """
            SELECT DISTINCT p.proname
            FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname = 'pg_catalog'""");

    /** The queries for a kind of database. */
    static CatalogQueries of(Dialect dialect) {
        return switch (dialect) {
            case H2 -> H2;
            case POSTGRESQL -> POSTGRESQL;
        };
    }
}
