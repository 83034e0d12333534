package io.tierguard.jdbc;

import io.tierguard.guard.Transactions;
import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Whether a connection that is handed to the guard comes with a transaction in which somebody has worked: a pool may keep one, and who
 * shares a transaction among handles does. That is not the guard's to end.
 */
final class OpenWork {
    private static final String OF_H2 =
            "SELECT CONTAINS_UNCOMMITTED FROM INFORMATION_SCHEMA.SESSIONS WHERE SESSION_ID = SESSION_ID()";

    private OpenWork() {}

    /** Asked before anything is run on it; true also where nobody can tell. */
    static boolean isThere(Connection real, Dialect dialect) throws SQLException {
        if (real.getAutoCommit()) {
            return false;
        }
        return switch (dialect) {
            case POSTGRESQL -> RealTransactions.of(real, dialect).state() != Transactions.State.NONE;
            case MYSQL, MARIADB -> MySqlTransactionState.hasBegun(real);
            case H2 -> isThereInH2(real);
            case SQLITE, ANSI, ORACLE, SQLSERVER -> true;
        };
    }

    private static boolean isThereInH2(Connection real) {
        try (Statement statement = real.createStatement();
                ResultSet row = statement.executeQuery(OF_H2)) {
            return !row.next() || row.getBoolean(1);
        } catch (SQLException untold) {
            return true;
        }
    }
}
