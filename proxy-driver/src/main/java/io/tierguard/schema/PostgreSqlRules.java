package io.tierguard.schema;

/** Which rules of PostgreSQL run nothing, told by the catalog for certain. */
final class PostgreSqlRules {

    /**
     * The types of the server's own, by number, whose operators are all code of the server's that depends on nothing of a user's:
     * of bits and numbers, texts, times and identifiers.
     */
    private static final String PLAIN_TYPES =
            "'16', '20', '21', '23', '25', '26', '700', '701', '1042', '1043', '1082', '1083', '1114', '1184', '1186', '1700', '2950'";

    /**
     * Whether the row {@code r} of {@code pg_rewrite} is {@code DO NOTHING}, with or without {@code INSTEAD}, and its condition
     * only compares plain values.
     *
     * <p>Its action is stored as a query of a kind whose number depends on the version. In the condition no other node than
     * these stands, so nothing calls a function by name, asks a query or converts to a type; strings in it are stored as numbers.
     */
    static final String RUNS_NOTHING = """
            COALESCE(r.ev_action::pg_catalog.text ~ pg_catalog.concat('^[(][{]QUERY :commandType ',
                CASE WHEN pg_catalog.current_setting('server_version_num')::pg_catalog.int4 < 150000 THEN '6'
                  WHEN pg_catalog.current_setting('server_version_num')::pg_catalog.int4 < 190000 THEN '7' ELSE 'x' END,
                ' :querySource [0-9] :canSetTag (true|false) :utilityStmt <> :resultRelation 0 ')
              AND r.ev_qual::pg_catalog.text !~ '[{](?!(OPEXPR|BOOLEXPR|NULLTEST|BOOLEANTEST|RELABELTYPE|VAR|CONST) )'
              AND NOT EXISTS (SELECT FROM pg_catalog.regexp_matches(r.ev_qual::pg_catalog.text,
                  ' :(opno|opresulttype|vartype|consttype|resulttype) ([0-9]+)', 'g') AS piece(found)
                WHERE CASE piece.found[1] WHEN 'opno' THEN piece.found[2]::pg_catalog.int8 >= 16384
                  ELSE piece.found[2] <> ALL (ARRAY[PLAIN_TYPES]) END), FALSE)""".replace("PLAIN_TYPES", PLAIN_TYPES);

    private PostgreSqlRules() {}
}
