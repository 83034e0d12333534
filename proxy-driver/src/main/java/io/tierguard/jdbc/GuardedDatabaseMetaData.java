package io.tierguard.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

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
    public @Nullable Connection getConnection() throws SQLException {
        return metaData.getConnection() == null ? null : connection; // one of a closed connection may have none
    }
}
