package io.tierguard.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The database in which a statement of MySQL or MariaDB was made. What the server has prepared goes on to run there, whatever
 * the session uses since; and so does every statement of Connector/J, which changes the session's database for it and back.
 *
 * @param path the session's own; empty where that does not count
 * @param ofDriver what the driver takes for it; empty where that does not count
 */
record StatementHome(List<String> path, String ofDriver) {
    /** Of a statement that runs wherever the session then is. */
    static final StatementHome ANYWHERE = new StatementHome(List.of(), "");

    private static final String CONNECTOR_J = "com.mysql.";

    StatementHome {
        path = List.copyOf(path);
    }

    /** The one of a statement that was just made. */
    static StatementHome ofMade(Gate gate, boolean isPrepared) {
        try {
            return gate.home(isPrepared);
        } catch (SQLException closedMeanwhile) {
            return new StatementHome(List.of(), "of no connection");
        }
    }

    /** The one of a statement that is made, or would be made, on a connection now. */
    static StatementHome of(Connection real, List<String> path) throws SQLException {
        if (!real.getClass().getName().startsWith(CONNECTOR_J)) {
            return path.isEmpty() ? ANYWHERE : new StatementHome(path, "");
        }
        return new StatementHome(path, "of the driver: " + real.getCatalog() + '.' + real.getSchema());
    }
}
