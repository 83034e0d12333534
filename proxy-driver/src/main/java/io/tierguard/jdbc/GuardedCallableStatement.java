package io.tierguard.jdbc;

import java.sql.CallableStatement;
import java.sql.SQLException;
import java.sql.SQLType;
import org.jspecify.annotations.Nullable;

/** A callable statement: a prepared one whose results come out guarded too. */
abstract class GuardedCallableStatement extends GuardedPreparedStatement implements CallableStatement {
    final CallableStatement callable;

    GuardedCallableStatement(GuardedConnection connection, CallableStatement real, String text) {
        this(connection, real, text, Parameters.UNKNOWN);
    }

    GuardedCallableStatement(GuardedConnection connection, CallableStatement real, String text, Parameters parameters) {
        super(connection, real, text, parameters);
        this.callable = real;
    }

    @Override
    final CallableStatement real() {
        return callable;
    }

    @Override
    public <T> @Nullable T getObject(int parameterIndex, Class<T> type) throws SQLException {
        return guarded(callable.getObject(parameterIndex, type), type);
    }

    @Override
    public <T> @Nullable T getObject(String parameterName, Class<T> type) throws SQLException {
        return guarded(callable.getObject(parameterName, type), type);
    }

    @Override
    public void setNull(String parameterName, int sqlType, String typeName) throws SQLException {
        gate.names.type("CallableStatement.setNull", typeName);
        gate.bringing(typeName);
        callable.setNull(parameterName, sqlType, typeName);
    }

    @Override
    public void registerOutParameter(int parameterIndex, int sqlType, String typeName) throws SQLException {
        gate.names.type("CallableStatement.registerOutParameter", typeName);
        callable.registerOutParameter(parameterIndex, sqlType, typeName);
    }

    @Override
    public void registerOutParameter(int parameterIndex, SQLType sqlType, String typeName) throws SQLException {
        gate.names.type("CallableStatement.registerOutParameter", typeName);
        callable.registerOutParameter(parameterIndex, sqlType, typeName);
    }

    @Override
    public void registerOutParameter(String parameterName, int sqlType, String typeName) throws SQLException {
        gate.names.type("CallableStatement.registerOutParameter", typeName);
        callable.registerOutParameter(parameterName, sqlType, typeName);
    }

    @Override
    public void registerOutParameter(String parameterName, SQLType sqlType, String typeName) throws SQLException {
        gate.names.type("CallableStatement.registerOutParameter", typeName);
        callable.registerOutParameter(parameterName, sqlType, typeName);
    }
}
