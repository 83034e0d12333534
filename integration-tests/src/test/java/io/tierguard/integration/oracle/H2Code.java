package io.tierguard.integration.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Code that H2 runs by an alias. */
public final class H2Code {
    private H2Code() {}

    /** Deletes what is protected. */
    public static int wipe(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate("DELETE FROM public.ledger_entry");
        }
    }

    /** The same, in the guise of a number. */
    public static int wipeNumber(Connection connection, int number) throws SQLException {
        wipe(connection);
        return number;
    }
}
