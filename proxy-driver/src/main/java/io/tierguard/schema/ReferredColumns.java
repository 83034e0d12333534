package io.tierguard.schema;

/** Which columns of a table of PostgreSQL a foreign key that refers to it goes with, besides those that it names. */
final class ReferredColumns {
    /**
     * Whether column {@code a} is in the index that foreign key {@code k} rests on without being a part of its key, or one from which a
     * referred column is generated.
     */
    static final String RESTED_ON = """
            EXISTS (SELECT FROM pg_catalog.pg_index x WHERE x.indexrelid = k.conindid AND a.attnum = ANY (x.indkey))
                 OR EXISTS (SELECT FROM pg_catalog.pg_attribute g
                   JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                     AND d.refobjid = k.confrelid AND d.refobjsubid = a.attnum
                   WHERE g.attrelid = k.confrelid AND g.attnum = ANY (k.confkey) AND g.attgenerated <> ''
                     AND (d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = k.confrelid AND d.objsubid = g.attnum
                       OR d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
                         AND d.objid = (SELECT f.oid FROM pg_catalog.pg_attrdef f WHERE f.adrelid = k.confrelid AND f.adnum = g.attnum)))""";

    private ReferredColumns() {}
}
