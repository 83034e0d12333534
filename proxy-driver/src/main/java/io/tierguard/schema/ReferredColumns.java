package io.tierguard.schema;

/** Which columns of a table of PostgreSQL a foreign key that refers to it goes with, besides those that it names. */
final class ReferredColumns {
    /**
     * Every foreign key, with the referred columns that are generated. A column of the catalog that the server's version does not
     * have is found outside, as none.
     */
    static final String KEYS = """
            SELECT k.*, ARRAY(SELECT g.attnum FROM pg_catalog.pg_attribute g
                WHERE g.attrelid = k.confrelid AND g.attnum = ANY (k.confkey) AND g.attgenerated <> '') AS generated
              FROM (VALUES (NULL::pg_catalog.bool, NULL::pg_catalog.int2[])) AS lacking(conenforced, confdelsetcols)
              CROSS JOIN LATERAL (
                SELECT oid, conname, conrelid, confrelid, conindid, conkey, confkey, confdeltype, confupdtype, conenforced, confdelsetcols
                FROM pg_catalog.pg_constraint WHERE contype = 'f') k
              OFFSET 0""";

    /**
     * Whether column {@code a} is in the index {@code x} that foreign key {@code k} rests on without being a part of its key, or one from
     * which a referred column is generated.
     */
    static final String RESTED_ON = """
            a.attnum = ANY (x.indkey)
                 OR (k.generated <> '{}' AND EXISTS (SELECT FROM pg_catalog.pg_depend d
                   WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                     AND d.refobjid = k.confrelid AND d.refobjsubid = a.attnum
                     AND (d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = k.confrelid
                         AND d.objsubid = ANY (k.generated)
                       OR d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
                         AND d.objid IN (SELECT f.oid FROM pg_catalog.pg_attrdef f
                           WHERE f.adrelid = k.confrelid AND f.adnum = ANY (k.generated)))))""";

    private ReferredColumns() {}
}
