package io.tierguard.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/** What the database says of itself; its result sets and its connection are guarded. */
abstract class GuardedDatabaseMetaData extends GuardedChild implements DatabaseMetaData {
    final DatabaseMetaData metaData;

    GuardedDatabaseMetaData(GuardedConnection connection, DatabaseMetaData real) {
        super(connection);
        this.metaData = real;
    }

    @Override
    final DatabaseMetaData real() {
        return metaData;
    }

    @Override
    public Connection getConnection() throws SQLException {
        metaData.getConnection(); // throws as the real one does once it is closed
        return connection;
    }
}
