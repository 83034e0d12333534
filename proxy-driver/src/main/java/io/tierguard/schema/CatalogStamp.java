package io.tierguard.schema;

import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a database said of its catalog at one moment.
 *
 * @param text the same as long as nobody changes the schema; empty where the database has nothing of the kind
 * @param moment the same as long as nobody commits anything, which is asked faster; empty where it is not told
 */
record CatalogStamp(String text, String moment) {
    /** Nothing is told. */
    static final CatalogStamp NONE = new CatalogStamp("", "");

    /** Which transactions a statement sees, which a server that only follows another one does not tell in full. */
    private static final String MOMENT =
            "CASE WHEN NOT pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_current_snapshot()::pg_catalog.text END";

    /** Asks for it. */
    static CatalogStamp of(Connection connection, Dialect dialect) throws SQLException {
        if (dialect == Dialect.SQLITE) {
            return new CatalogStamp(SqliteCatalog.stamp(connection), "");
        }
        String query =
                dialect.isReadOnRequest() ? "" : CatalogQueries.of(dialect).stamp();
        if (query.isEmpty()) {
            return NONE;
        }
        String moment = dialect == Dialect.POSTGRESQL ? MOMENT : "NULL";
        try (Statement statement = OwnStatement.of(connection);
                ResultSet row = statement.executeQuery("SELECT (" + query + "), " + moment)) {
            return row.next() ? new CatalogStamp(text(row, 1), text(row, 2)) : NONE;
        }
    }

    /** Whether nothing has changed since. */
    boolean holds(Connection connection, Dialect dialect) throws SQLException {
        return isOfNow(connection) || text.equals(of(connection, dialect).text());
    }

    /**
     * Whether everything that was committed at another moment had not yet begun to be at this one; never where either is not told.
     *
     * @param other the other moment
     */
    boolean isBefore(CatalogStamp other) {
        return !moment.isEmpty() && !other.moment.isEmpty() && next(moment) < next(other.moment);
    }

    /** The first transaction that had not begun then, of a snapshot as PostgreSQL writes it. */
    private static long next(String snapshot) {
        int from = snapshot.indexOf(':') + 1;
        return Long.parseLong(snapshot, from, snapshot.indexOf(':', from), 10);
    }

    private boolean isOfNow(Connection connection) throws SQLException {
        if (moment.isEmpty()) {
            return false;
        }
        try (Statement statement = OwnStatement.of(connection);
                ResultSet row = statement.executeQuery("SELECT " + MOMENT)) {
            return row.next() && moment.equals(text(row, 1));
        }
    }

    private static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }
}
