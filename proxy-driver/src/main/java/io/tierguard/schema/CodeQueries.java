package io.tierguard.schema;

import io.tierguard.sql.Dialect;

/**
 * The queries that read from one kind of database's catalog what code it holds.
 *
 * @param routines schema, name, body, language, an id, whether the body is parsed ({@code p}), its settings joined
 *     by {@link SchemaReader#SEPARATOR}, and letters for what it is: {@code r} can be written like a column, {@code t}
 *     belongs to a reviewed extension, {@code n} shares its name with one of the server
 * @param uses kind of what runs it ({@code a} routine, {@code t}able, {@code o}perator, t{@code y}pe, {@code c}ast,
 *     {@code d}efinition), its schema, its name, a phrase for it, the routine's id, or the name of one of the server that is
 *     not harmless; empty where {@link H2Catalog} reads them. {@link #FUNCTIONS} and {@link #IDS} stand for what
 *     {@code functions} told
 * @param functions ids and names of the server's functions that an expression can call, of which those count that are not known to be harmless
 * @param anyUses whether {@code uses} could tell anything, which is asked first because {@code uses} takes long even where it
 *     tells nothing; {@link #IDS} stands for what {@code functions} told
 */
record CodeQueries(String routines, String uses, String functions, String anyUses) {
    CodeQueries(String routines) {
        this(routines, "", "", "");
    }

    /** Stands for the rows of {@code functions}. */
    static final String FUNCTIONS = "VALUES (FUNCTIONS)";

    /** Stands for their ids, as the text of an array. */
    static final String IDS = "FUNCTION IDS";

    /** INFORMATION_SCHEMA of H2 2.x, whose routines are Java. */
    static final CodeQueries H2 = new CodeQueries("""
            SELECT R.*, ROWNUM(), NULL, NULL, NULL FROM (
              SELECT ROUTINE_SCHEMA, ROUTINE_NAME, COALESCE(ROUTINE_DEFINITION, EXTERNAL_NAME) BODY, 'java' CODE
              FROM INFORMATION_SCHEMA.ROUTINES WHERE ROUTINE_SCHEMA <> 'INFORMATION_SCHEMA'
              ORDER BY ROUTINE_SCHEMA, ROUTINE_NAME, SPECIFIC_NAME) R""");

    /**
     * Extensions whose functions in machine code were reviewed: they compute, and touch no table that a user has. Two whose
     * functions run what they are given, {@code dblink} and {@code tablefunc}, are not among them, nor are those that administer.
     */
    private static final String REVIEWED = """
            ARRAY['citext', 'hstore', 'ltree', 'cube', 'seg', 'isn', 'intarray', 'pg_trgm', 'btree_gin', 'btree_gist',
              'bloom', 'pgcrypto', 'uuid-ossp', 'unaccent', 'fuzzystrmatch', 'earthdistance', 'dict_int', 'dict_xsyn',
              'jsonb_plperl', 'hstore_plperl', 'tsm_system_rows', 'tsm_system_time', 'vector', 'postgis', 'postgis_raster',
              'postgis_sfcgal', 'h3', 'pg_uuidv7', 'ulid', 'semver', 'ip4r', 'prefix', 'rum', 'pg_bigm', 'roaringbitmap', 'hll']""";

    /** Functions of those extensions that change a table all the same. */
    private static final String NOT_REVIEWED = "ARRAY['st_fromflatgeobuftotable', 'lockrow', 'updategeometrysrid']";

    /** What the server itself makes functions of with each type of ranges, to put a range together. */
    private static final String OF_RANGES = """
            ARRAY['range_constructor2', 'range_constructor3', 'multirange_constructor0', 'multirange_constructor1',
              'multirange_constructor2']""";

    /**
     * Functions of the server that an expression can call and that are behind none of its own casts, operators and indexes, which are
     * harmless; of three arguments, {@code ts_rewrite} runs no text.
     */
    private static final String CALLABLE = """
            SELECT p.oid, p.proname FROM pg_catalog.pg_proc p
            WHERE p.oid < 16384 AND p.pronamespace = 'pg_catalog'::pg_catalog.regnamespace AND p.prokind <> 'p'
              AND 'internal'::pg_catalog.regtype <> ALL (p.proargtypes)
              AND p.prorettype NOT IN ('cstring'::pg_catalog.regtype, 'trigger'::pg_catalog.regtype, 'internal'::pg_catalog.regtype)
              AND NOT (p.proname = 'ts_rewrite' AND p.pronargs = 3)
              AND p.oid NOT IN (
                SELECT castfunc FROM pg_catalog.pg_cast WHERE oid < 16384
                UNION ALL SELECT oprcode FROM pg_catalog.pg_operator WHERE oid < 16384
                UNION ALL SELECT amproc FROM pg_catalog.pg_amproc WHERE oid < 16384
                UNION ALL SELECT typsend FROM pg_catalog.pg_type WHERE oid < 16384
                UNION ALL SELECT typmodin FROM pg_catalog.pg_type WHERE oid < 16384)""";

    /** Every expression that the catalog keeps and that runs without being named, with what it belongs to. */
    private static final String STORED = """
            SELECT 'pg_catalog.pg_attrdef'::pg_catalog.regclass::pg_catalog.oid, oid, adbin::pg_catalog.text FROM pg_catalog.pg_attrdef
              UNION ALL
              SELECT 'pg_catalog.pg_constraint'::pg_catalog.regclass, oid, conbin::pg_catalog.text
              FROM pg_catalog.pg_constraint WHERE conbin IS NOT NULL
              UNION ALL
              SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, indexrelid, pg_catalog.concat(indexprs::pg_catalog.text, indpred::pg_catalog.text)
              FROM pg_catalog.pg_index WHERE indexprs IS NOT NULL OR indpred IS NOT NULL
              UNION ALL
              SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, partrelid, partexprs::pg_catalog.text
              FROM pg_catalog.pg_partitioned_table WHERE partexprs IS NOT NULL
              UNION ALL
              SELECT 'pg_catalog.pg_policy'::pg_catalog.regclass, oid, pg_catalog.concat(polqual::pg_catalog.text, polwithcheck::pg_catalog.text)
              FROM pg_catalog.pg_policy
              UNION ALL
              SELECT 'pg_catalog.pg_trigger'::pg_catalog.regclass, oid, tgqual::pg_catalog.text
              FROM pg_catalog.pg_trigger WHERE tgqual IS NOT NULL
              UNION ALL
              SELECT 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass, oid, stxexprs::pg_catalog.text
              FROM pg_catalog.pg_statistic_ext WHERE stxexprs IS NOT NULL
              UNION ALL
              SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, oid, proargdefaults::pg_catalog.text
              FROM pg_catalog.pg_proc WHERE proargdefaults IS NOT NULL AND oid >= 16384
              UNION ALL
              SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, oid, typdefaultbin::pg_catalog.text
              FROM pg_catalog.pg_type WHERE typdefaultbin IS NOT NULL""";

    /**
     * Tables and views of the database that another session keeps, or wants, for itself alone: whoever asks what stands in a view or a
     * routine that names one would wait for it.
     */
    static final String LOCKED = """
            SELECT l.relation FROM pg_catalog.pg_locks l
              WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL
                AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d
                                  WHERE d.datname = pg_catalog.current_database())
                AND l.pid <> pg_catalog.pg_backend_pid()""";

    /** Routines that are neither the server's nor a reviewed extension's. */
    private static final String MINE = """
            SELECT p.oid FROM pg_catalog.pg_proc p
              WHERE p.oid >= 16384 AND (p.prolang <> 12 OR p.prosrc <> ALL (OF_RANGES)) AND (p.prolang NOT IN (12, 13) OR p.proname = ANY (NOT_REVIEWED) OR NOT EXISTS (
                SELECT FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension x ON x.oid = d.refobjid
                WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid AND d.deptype = 'e'
                  AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
                  AND x.extname = ANY (REVIEWED)))""";

    /**
     * The system catalogs of PostgreSQL 14 to 18, which every user may read. With an operator its negator and its commutator
     * count, in whose place the planner puts them; and a class of operators that sorts or hashes values of a type of the server's
     * own wherever something is computed, because nobody names the types of values.
     */
    static final CodeQueries POSTGRESQL = new CodeQueries(
            """
            SELECT n.nspname, p.proname,
              CASE WHEN e.isTrusted THEN NULL WHEN p.prosqlbody IS NULL THEN p.prosrc
                WHEN NOT EXISTS (
                  SELECT FROM pg_catalog.pg_depend d WHERE d.objid = p.oid
                    AND d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                    AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid IN (LOCKED))
                THEN pg_catalog.pg_get_function_sqlbody(p.oid) END,
              CASE WHEN p.prokind = 'a' THEN 'aggregate' ELSE l.lanname END,
              p.oid,
              CASE WHEN p.prosqlbody IS NOT NULL THEN 'p' END,
              pg_catalog.array_to_string(p.proconfig, pg_catalog.chr(31)),
              pg_catalog.concat(
                CASE WHEN p.prokind <> 'p' AND p.pronargs > 0 AND (p.pronargs - p.pronargdefaults <= 1 OR p.provariadic <> 0)
                  THEN 'r' END,
                CASE WHEN e.isTrusted THEN 't' END,
                (SELECT 'n' FROM pg_catalog.pg_proc b WHERE b.proname = p.proname AND b.oid < 16384
                  AND b.pronamespace = 'pg_catalog'::pg_catalog.regnamespace LIMIT 1))
            FROM pg_catalog.pg_proc p
            JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            JOIN pg_catalog.pg_language l ON l.oid = p.prolang
            CROSS JOIN LATERAL (SELECT l.lanname IN ('c', 'internal') AND p.proname <> ALL (NOT_REVIEWED) AND EXISTS (
                SELECT FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension x ON x.oid = d.refobjid
                WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid AND d.deptype = 'e'
                  AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
                  AND x.extname = ANY (REVIEWED)) OR (l.lanname = 'internal' AND p.prosrc = ANY (OF_RANGES)) AS isTrusted) e
            WHERE p.oid >= 16384 AND n.nspname !~ '^pg_(temp|toast)'
            ORDER BY p.oid""".replace("LOCKED", LOCKED)
                    .replace("OF_RANGES", OF_RANGES)
                    .replace("NOT_REVIEWED", NOT_REVIEWED)
                    .replace("REVIEWED", REVIEWED),
            """
            WITH RECURSIVE server(func, proname) AS MATERIALIZED (
              VALUES (FUNCTIONS)),
            mine(oid) AS MATERIALIZED (
              MINE
              UNION ALL
              SELECT v.func FROM server v),
            ran(oper, func) AS (
              SELECT o.oid, m.oid FROM pg_catalog.pg_operator o JOIN mine m ON m.oid = o.oprcode),
            turned(oper, func) AS (
              SELECT r.oper, r.func FROM ran r
              UNION
              SELECT o.oid, r.func FROM ran r JOIN pg_catalog.pg_operator o ON r.oper IN (o.oprnegate, o.oprcom)),
            operated(oper, func) AS MATERIALIZED (
              SELECT t.oper, t.func FROM turned t
              UNION
              SELECT o.oid, t.func FROM turned t JOIN pg_catalog.pg_operator o ON t.oper IN (o.oprnegate, o.oprcom)),
            families(family, func) AS MATERIALIZED (
              SELECT f.amprocfamily, m.oid FROM pg_catalog.pg_amproc f JOIN mine m ON m.oid = f.amproc
              UNION
              SELECT f.amopfamily, m.oid FROM pg_catalog.pg_amop f
              JOIN pg_catalog.pg_operator o ON o.oid = f.amopopr JOIN mine m ON m.oid = o.oprcode),
            stored(classid, objid, tree) AS MATERIALIZED (
              STORED),
            direct(classid, objid, func) AS MATERIALIZED (
              SELECT s.classid, s.objid, pg_catalog.split_part(piece, ' ', 1)::pg_catalog.oid
              FROM stored s
              CROSS JOIN LATERAL pg_catalog.unnest(pg_catalog.string_to_array(s.tree, ':funcid ')) AS piece(piece)
              WHERE pg_catalog.split_part(piece, ' ', 1) = ANY ('FUNCTION IDS'::pg_catalog.text[])
              UNION
              SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, a.aggfnoid, v.func
              FROM pg_catalog.pg_aggregate a JOIN server v ON v.func IN (a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggserialfn,
                a.aggdeserialfn, a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn)
              WHERE a.aggfnoid >= 16384
              UNION
              SELECT d.classid, d.objid, m.oid FROM pg_catalog.pg_depend d JOIN mine m ON m.oid = d.refobjid
              WHERE d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.deptype <> 'e'
              UNION
              SELECT d.classid, d.objid, o.func FROM pg_catalog.pg_depend d
              JOIN operated o ON o.oper = d.refobjid
              WHERE d.refclassid = 'pg_catalog.pg_operator'::pg_catalog.regclass AND d.deptype <> 'e'
              UNION
              SELECT d.classid, d.objid, f.func FROM families f
              JOIN pg_catalog.pg_opclass oc ON oc.opcfamily = f.family
              JOIN pg_catalog.pg_depend d
                ON d.refclassid = 'pg_catalog.pg_opclass'::pg_catalog.regclass AND d.refobjid = oc.oid),
            casts(typid, func, label) AS (
              SELECT CASE WHEN k.castsource >= 16384 THEN k.castsource WHEN k.casttarget >= 16384 THEN k.casttarget END, m.oid,
                'the cast of ' || pg_catalog.format_type(k.castsource, NULL) || ' to ' || pg_catalog.format_type(k.casttarget, NULL)
              FROM pg_catalog.pg_cast k JOIN mine m ON m.oid = k.castfunc),
            coded(typid, func, label) AS (
              SELECT u.objid, u.func, NULL::pg_catalog.text
              FROM direct u WHERE u.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
              UNION
              SELECT k.contypid, u.func, NULL FROM direct u JOIN pg_catalog.pg_constraint k ON k.oid = u.objid
              WHERE u.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND k.contypid <> 0
              UNION
              SELECT t.oid, m.oid, NULL FROM pg_catalog.pg_type t
              JOIN pg_catalog.pg_opclass oc ON oc.opcintype = t.oid AND oc.opcdefault
              JOIN pg_catalog.pg_amproc f ON f.amprocfamily = oc.opcfamily JOIN mine m ON m.oid = f.amproc
              UNION
              SELECT k.typid, k.func, k.label FROM casts k WHERE k.typid IS NOT NULL
              UNION
              SELECT r.typid, c.func, c.label FROM coded c JOIN (
                SELECT t.typbasetype AS part, t.oid AS typid FROM pg_catalog.pg_type t WHERE t.typbasetype <> 0
                UNION ALL
                SELECT t.typelem, t.oid FROM pg_catalog.pg_type t WHERE t.typelem <> 0
                UNION ALL
                SELECT g.rngsubtype, g.rngtypid FROM pg_catalog.pg_range g
                UNION ALL
                SELECT g.rngtypid, g.rngmultitypid FROM pg_catalog.pg_range g
                UNION ALL
                SELECT d.refobjid, k.contypid FROM pg_catalog.pg_depend d
                JOIN pg_catalog.pg_constraint k ON k.oid = d.objid AND k.contypid NOT IN (0, d.refobjid)
                WHERE d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
                  AND d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass
                UNION ALL
                SELECT d.refobjid, d.objid FROM pg_catalog.pg_depend d
                WHERE d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
                  AND d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.deptype = 'n'
                UNION ALL
                SELECT a.atttypid, c.reltype FROM pg_catalog.pg_attribute a
                JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.reltype <> 0
                WHERE a.attnum > 0 AND NOT a.attisdropped) r ON r.part = c.typid),
            objects(classid, objid, relid, label, known) AS MATERIALIZED (
              SELECT 'pg_catalog.pg_attrdef'::pg_catalog.regclass::pg_catalog.oid, ad.oid, ad.adrelid,
                CASE WHEN a.attgenerated = '' THEN 'default' ELSE 'generated' END || ' of column ' || a.attname, 0::pg_catalog.oid
              FROM pg_catalog.pg_attrdef ad
              JOIN pg_catalog.pg_attribute a ON a.attrelid = ad.adrelid AND a.attnum = ad.adnum
              UNION ALL
              SELECT 'pg_catalog.pg_constraint'::pg_catalog.regclass, k.oid, k.conrelid, 'constraint ' || k.conname, 0
              FROM pg_catalog.pg_constraint k WHERE k.conrelid <> 0
              UNION ALL
              SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, i.indexrelid, i.indrelid, 'index ' || c.relname, 0
              FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
              UNION ALL
              SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, c.oid, c.oid, 'partition key', 0
              FROM pg_catalog.pg_class c WHERE c.relkind IN ('r', 'p', 'f', 'm')
              UNION ALL
              SELECT 'pg_catalog.pg_policy'::pg_catalog.regclass, y.oid, y.polrelid, 'policy ' || y.polname, 0
              FROM pg_catalog.pg_policy y
              UNION ALL
              SELECT 'pg_catalog.pg_trigger'::pg_catalog.regclass, t.oid, t.tgrelid, 'condition of trigger ' || t.tgname, t.tgfoid
              FROM pg_catalog.pg_trigger t
              UNION ALL
              SELECT 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass, s.oid, s.stxrelid, 'statistics ' || s.stxname, 0
              FROM pg_catalog.pg_statistic_ext s),
            owned(relid, label, func) AS (
              SELECT o.relid, o.label, u.func
              FROM direct u JOIN objects o ON o.classid = u.classid AND o.objid = u.objid AND o.known <> u.func
              UNION ALL
              SELECT c.oid, COALESCE(u.label, 'the types of its columns'), u.func
              FROM coded u JOIN pg_catalog.pg_class c ON c.reltype = u.typid AND c.relkind IN ('r', 'p', 'f', 'm', 'v')
              UNION
              SELECT k.confrelid, u.label, u.func
              FROM coded u JOIN pg_catalog.pg_attribute a ON a.atttypid = u.typid AND a.attnum > 0
              JOIN pg_catalog.pg_constraint k ON k.contype = 'f' AND k.conrelid = a.attrelid AND a.attnum = ANY (k.conkey)
              WHERE u.label IS NOT NULL),
            naming(oid, proname) AS MATERIALIZED (
              SELECT p.oid, p.proname FROM pg_catalog.pg_proc p
              WHERE p.proname IN ('pg_input_is_valid', 'pg_input_error_info') AND p.oid < 16384 AND EXISTS (SELECT FROM coded)),
            mentioned(classid, objid, typid) AS MATERIALIZED (
              SELECT DISTINCT s.classid, s.objid, piece.found[1]
              FROM stored s CROSS JOIN LATERAL pg_catalog.regexp_matches(
                s.tree, ' :[a-z_]*(?:type|typid|typeid) ([0-9]+)', 'g') AS piece(found)
              WHERE EXISTS (SELECT FROM coded)),
            converting(relid, label, func) AS (
              SELECT o.relid, o.label, k.func
              FROM mentioned s JOIN coded k ON k.typid::pg_catalog.text = s.typid
              JOIN objects o ON o.classid = s.classid AND o.objid = s.objid)
            SELECT x.kind, x.nspname, x.name, x.label, x.func, v.proname FROM (
            SELECT 't' AS kind, n.nspname, c.relname::pg_catalog.text AS name, o.label, o.func
            FROM (SELECT relid, label, func FROM owned UNION SELECT relid, label, func FROM converting) o
            JOIN pg_catalog.pg_class c ON c.oid = o.relid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            UNION ALL
            SELECT 't', n.nspname, c.relname, o.label, p.oid
            FROM stored s JOIN objects o ON o.classid = s.classid AND o.objid = s.objid
            JOIN pg_catalog.pg_class c ON c.oid = o.relid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN naming p ON s.tree ~ pg_catalog.concat(':funcid ', p.oid, ' ')
            UNION ALL
            SELECT 'a', NULL, u.objid::pg_catalog.text, NULL, u.func
            FROM direct u WHERE u.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
            UNION ALL
            SELECT 'a', NULL, d.objid::pg_catalog.text, NULL, u.func
            FROM coded u JOIN pg_catalog.pg_depend d
              ON d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.refobjid = u.typid
            WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND u.func <> d.objid
            UNION ALL
            SELECT 'o', NULL, o.oprname, 'operator ' || o.oprname, r.func
            FROM operated r JOIN pg_catalog.pg_operator o ON o.oid = r.oper
            UNION ALL
            SELECT 'o', NULL, o.oprname, u.label, u.func
            FROM coded u JOIN pg_catalog.pg_operator o ON u.typid IN (o.oprleft, o.oprright, o.oprresult)
            WHERE u.label IS NOT NULL
            UNION ALL
            SELECT 'y', NULL, t.typname, COALESCE(u.label, 'type ' || t.typname), u.func
            FROM coded u JOIN pg_catalog.pg_type t ON t.oid = u.typid
            UNION ALL
            SELECT 'y', NULL, oc.opcname, 'operator class ' || oc.opcname, f.func
            FROM families f JOIN pg_catalog.pg_opclass oc ON oc.opcfamily = f.family
            UNION ALL
            SELECT 'o', NULL, o.oprname, 'operator ' || o.oprname, f.func
            FROM families f JOIN pg_catalog.pg_amop a ON a.amopfamily = f.family
            JOIN pg_catalog.pg_operator o ON a.amopopr IN (o.oid, o.oprnegate, o.oprcom)
            WHERE a.amopopr >= 16384 OR NOT EXISTS (SELECT FROM pg_catalog.pg_amop b
              WHERE b.amopopr = a.amopopr AND b.amopmethod = a.amopmethod AND b.amopfamily < 16384)
            UNION ALL
            SELECT 'c', NULL, NULL, k.label, k.func FROM casts k WHERE k.typid IS NULL
            UNION ALL
            SELECT 'c', NULL, NULL, 'operator class ' || oc.opcname, f.func
            FROM families f JOIN pg_catalog.pg_opclass oc ON oc.opcfamily = f.family
            JOIN pg_catalog.pg_am m ON m.oid = oc.opcmethod AND m.amname IN ('btree', 'hash')
            WHERE oc.opcdefault AND oc.opcintype < 16384
            UNION ALL
            SELECT 'd', NULL, NULL, 'event trigger ' || v.evtname, v.evtfoid
            FROM pg_catalog.pg_event_trigger v WHERE v.evtenabled <> 'D') x
            LEFT JOIN (SELECT func, proname FROM server UNION ALL SELECT oid, proname FROM naming) v ON v.func = x.func
            ORDER BY 1, 2, 3, 4, 5, 6""".replace("STORED", STORED)
                    .replace("MINE", MINE)
                    .replace("OF_RANGES", OF_RANGES)
                    .replace("NOT_REVIEWED", NOT_REVIEWED)
                    .replace("REVIEWED", REVIEWED),
            CALLABLE,
            """
            WITH mine(oid) AS MATERIALIZED (
              MINE),
            ran(oid) AS MATERIALIZED (
              SELECT oid FROM mine UNION ALL SELECT pg_catalog.unnest('FUNCTION IDS'::pg_catalog.oid[]))
            SELECT EXISTS (SELECT FROM pg_catalog.pg_event_trigger)
              OR EXISTS (SELECT FROM pg_catalog.pg_operator o WHERE o.oid >= 16384 AND o.oprcode IN (SELECT oid FROM ran))
              OR EXISTS (SELECT FROM pg_catalog.pg_cast k WHERE k.oid >= 16384 AND k.castfunc IN (SELECT oid FROM ran))
              OR EXISTS (SELECT FROM pg_catalog.pg_amproc f WHERE f.oid >= 16384 AND f.amproc IN (SELECT oid FROM ran))
              OR EXISTS (SELECT FROM pg_catalog.pg_aggregate WHERE aggfnoid >= 16384)
              OR EXISTS (SELECT FROM ran m JOIN pg_catalog.pg_depend d
                  ON d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.refobjid = m.oid AND d.deptype <> 'e'
                WHERE d.classid IN ('pg_catalog.pg_attrdef'::pg_catalog.regclass, 'pg_catalog.pg_constraint'::pg_catalog.regclass,
                    'pg_catalog.pg_class'::pg_catalog.regclass, 'pg_catalog.pg_policy'::pg_catalog.regclass,
                    'pg_catalog.pg_statistic_ext'::pg_catalog.regclass, 'pg_catalog.pg_proc'::pg_catalog.regclass,
                    'pg_catalog.pg_type'::pg_catalog.regclass)
                  OR (d.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass
                    AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE t.oid = d.objid AND t.tgfoid = m.oid)))
              OR EXISTS (SELECT FROM (STORED) AS stored(classid, objid, tree)
                CROSS JOIN LATERAL pg_catalog.unnest(pg_catalog.string_to_array(stored.tree, ':funcid ')) AS piece(piece)
                WHERE pg_catalog.split_part(piece, ' ', 1) = ANY ('FUNCTION IDS'::pg_catalog.text[]))""".replace("STORED", STORED)
                    .replace("MINE", MINE)
                    .replace("OF_RANGES", OF_RANGES)
                    .replace("NOT_REVIEWED", NOT_REVIEWED)
                    .replace("REVIEWED", REVIEWED));

    /** The queries for a kind of database. */
    static CodeQueries of(Dialect dialect) {
        return switch (dialect) {
            case H2 -> H2;
            case POSTGRESQL -> POSTGRESQL;
            case MYSQL, MARIADB -> MySqlCatalog.CODE;
            case SQLITE -> SqliteCatalog.CODE;
            case ANSI, ORACLE, SQLSERVER -> throw new IllegalArgumentException("its catalog tells no code");
        };
    }
}
