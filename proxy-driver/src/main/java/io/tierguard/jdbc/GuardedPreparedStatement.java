package io.tierguard.jdbc;

import io.tierguard.audit.BoundValues;
import io.tierguard.guard.Execution;
import io.tierguard.sql.Placeholders;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A prepared statement: its text is admitted again at each execution, because what it means may have changed. */
abstract class GuardedPreparedStatement extends GuardedStatement implements PreparedStatement {
    final PreparedStatement prepared;
    private final String preparedText;
    private final Parameters parameters;

    /** Whether the real one was made to tell keys, for the rows that it gives back. */
    private boolean asksForKeys;

    GuardedPreparedStatement(GuardedConnection connection, PreparedStatement real, String text) {
        this(connection, real, text, Parameters.UNKNOWN);
    }

    GuardedPreparedStatement(GuardedConnection connection, PreparedStatement real, String text, Parameters parameters) {
        super(connection, real, text, parameters);
        this.prepared = real;
        this.preparedText = text;
        this.parameters = parameters;
    }

    @Override
    PreparedStatement real() {
        return prepared;
    }

    /** The real one was made to tell keys. */
    final GuardedPreparedStatement askingForKeys() {
        asksForKeys = true;
        batch.tellingKeys();
        return this;
    }

    @Override
    final boolean asksForKeys() {
        return asksForKeys;
    }

    private Execution admit() throws SQLException {
        checkHome(preparedText);
        return running(preparedText, gate.admit(preparedText, Placeholders.QUESTION_MARKS, parameters));
    }

    @Override
    public @Nullable ResultSet executeQuery() throws SQLException {
        if (asksForKeys) {
            return runAsKeys();
        }
        Execution execution = admit();
        ResultSet resultSet;
        try {
            resultSet = prepared.executeQuery();
        } catch (Throwable failure) {
            failed(execution, failure);
            throw failure;
        }
        completed(execution, -1, resultSet);
        return guarded(resultSet);
    }

    private @Nullable ResultSet runAsKeys() throws SQLException {
        Execution execution = admit();
        try {
            prepared.execute();
        } catch (Throwable failure) {
            failed(execution, failure);
            throw failure;
        }
        completed(execution, changedRows(execution, false));
        return takeReturned();
    }

    /** Describing the result is an execution where the driver runs the text for it. */
    @Override
    public @Nullable ResultSetMetaData getMetaData() throws SQLException {
        if (!gate.mayRunToDescribe(preparedText)) {
            return guarded(prepared.getMetaData());
        }
        checkHome(preparedText);
        Execution execution = gate.admit(preparedText, Placeholders.QUESTION_MARKS, BoundValues.UNKNOWN);
        ResultSetMetaData described;
        try {
            described = prepared.getMetaData();
        } catch (Throwable failure) {
            gate.failed(execution, failure);
            throw failure;
        }
        gate.completed(execution, -1);
        return guarded(described);
    }

    @Override
    public int executeUpdate() throws SQLException {
        Execution execution = admit();
        int rows;
        try {
            rows = prepared.executeUpdate();
        } catch (Throwable failure) {
            failed(execution, failure);
            throw failure;
        }
        completed(execution, rows);
        return rows;
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        Execution execution = admit();
        long rows;
        try {
            rows = prepared.executeLargeUpdate();
        } catch (Throwable failure) {
            failed(execution, failure);
            throw failure;
        }
        completed(execution, rows);
        return rows;
    }

    @Override
    public boolean execute() throws SQLException {
        if (asksForKeys) {
            return runAsKeys() != null;
        }
        Execution execution = admit();
        boolean isResultSet;
        try {
            isResultSet = prepared.execute();
        } catch (Throwable failure) {
            failed(execution, failure);
            throw failure;
        }
        completed(
                execution,
                changedRows(execution, isResultSet),
                isResultSet && gate.mustCloseRows() ? this::closeResults : NOTHING);
        return isResultSet;
    }

    @Override
    public void setNull(int parameterIndex, int sqlType, String typeName) throws SQLException {
        gate.names.type("PreparedStatement.setNull", typeName);
        gate.bringing(typeName);
        prepared.setNull(parameterIndex, sqlType, typeName);
    }

    /** A value that is bound may bring a type with it. */
    @Override
    @Nullable
    Object bare(@Nullable Object argument) throws SQLException {
        return gate.bringing(super.bare(argument));
    }

    @Override
    public void addBatch() throws SQLException {
        batch.addParameters(prepared);
    }
}
