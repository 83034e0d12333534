package io.tierguard.jdbc;

import java.sql.ParameterMetaData;

/** What describes the parameters of a statement, where the real one is an object that runs statements too. */
abstract class GuardedParameterMetaData extends GuardedChild implements ParameterMetaData {
    final ParameterMetaData parameterMetaData;

    GuardedParameterMetaData(GuardedConnection connection, ParameterMetaData real) {
        super(connection);
        this.parameterMetaData = real;
    }

    @Override
    final ParameterMetaData real() {
        return parameterMetaData;
    }
}
