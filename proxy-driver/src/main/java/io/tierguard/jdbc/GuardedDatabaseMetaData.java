package io.tierguard.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
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

    /** HSQLDB's driver pastes the types into SQL of its own. */
    @Override
    public @Nullable ResultSet getTables(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String tableNamePattern,
            String @Nullable [] types)
            throws SQLException {
        String[] given = connection.gate.names.tableTypes("DatabaseMetaData.getTables", types);
        return guarded(metaData.getTables(catalog, schemaPattern, tableNamePattern, given));
    }

    @Override
    public @Nullable Connection getConnection() throws SQLException {
        return metaData.getConnection() == null ? null : connection; // one of a closed connection may have none
    }
}
