package io.tierguard.cli.database;

import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Reads something of a live database.
 *
 * @param <T> what is read
 */
@FunctionalInterface
public interface DatabaseReading<T> {

    /** Reads it over a connection that changes nothing. */
    T of(Connection connection, Dialect dialect) throws SQLException;
}
