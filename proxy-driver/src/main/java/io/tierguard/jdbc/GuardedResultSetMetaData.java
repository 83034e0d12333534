package io.tierguard.jdbc;

import java.sql.ResultSetMetaData;

/** What describes a result, where the real one is an object that runs statements too. */
abstract class GuardedResultSetMetaData extends GuardedChild implements ResultSetMetaData {
    final ResultSetMetaData resultSetMetaData;

    GuardedResultSetMetaData(GuardedConnection connection, ResultSetMetaData real) {
        super(connection);
        this.resultSetMetaData = real;
    }

    @Override
    final ResultSetMetaData real() {
        return resultSetMetaData;
    }
}
