package io.tierguard.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Operators of a user's own between the types of PostgreSQL's catalogs. The server takes one, wherever the path leads to it, before
 * one of its own that needs a conversion, and so would do with the guard's queries.
 */
final class ForeignOperators {
    /** Tells by operators that no path leads away from. */
    static final String ARE_THERE = """
            EXISTS (SELECT FROM pg_catalog.pg_operator o
              WHERE o.oid OPERATOR(pg_catalog.>=) '16384'::pg_catalog.oid
                AND o.oprname OPERATOR(pg_catalog.=) ANY (ARRAY['=', '<>', '<', '>', '<=', '>=', '||', '&', '+', '-', '~', '!~', '~~']::pg_catalog.name[])
                AND o.oprright OPERATOR(pg_catalog.<) '16384'::pg_catalog.oid
                AND o.oprleft OPERATOR(pg_catalog.<) '16384'::pg_catalog.oid)""";

    /** {@code insufficient_privilege} of PostgreSQL: its catalog is not told. */
    private static final String NOT_TOLD = "42501";

    private ForeignOperators() {}

    /** Refuses to read where there are any. */
    static void refuse(Connection connection) throws SQLException {
        try (Statement statement = OwnStatement.of(connection);
                ResultSet row = statement.executeQuery("SELECT " + ARE_THERE)) {
            if (row.next() && row.getBoolean(1)) {
                throw new SQLException(
                        "the database has operators of its own between types of PostgreSQL's catalogs, so that these can only be"
                                + " read in a transaction of the guard's own",
                        NOT_TOLD);
            }
        }
    }
}
