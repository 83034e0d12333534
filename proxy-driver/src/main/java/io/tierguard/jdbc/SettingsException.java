package io.tierguard.jdbc;

import java.sql.SQLNonTransientConnectionException;

/**
 * A connection that is refused because of its settings, before anything reaches the database.
 *
 * <p>Its class says that trying again cannot help. Its SQLState is 28000, invalid authorization: pools and retry loops
 * take the class 08 for a passing failure and would try again until a time-out hides the message.
 */
final class SettingsException extends SQLNonTransientConnectionException {
    private static final long serialVersionUID = 1L;

    /** Invalid authorization specification. */
    static final String SQL_STATE = "28000";

    SettingsException(String message) {
        super(message, SQL_STATE);
    }

    SettingsException(String message, Throwable cause) {
        super(message, SQL_STATE, cause);
    }
}
