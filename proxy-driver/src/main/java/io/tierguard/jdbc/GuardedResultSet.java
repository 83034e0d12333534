package io.tierguard.jdbc;

import io.tierguard.guard.Execution;
import io.tierguard.policy.model.Verb;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A result set whose row changes are admitted, and whose values lead nowhere past the guard. */
abstract class GuardedResultSet extends GuardedChild implements ResultSet {
    final ResultSet resultSet;
    private final @Nullable String text;
    private @Nullable GuardedStatement statement;
    private @Nullable RowChanges changes;

    GuardedResultSet(
            GuardedConnection connection, ResultSet real, @Nullable GuardedStatement statement, @Nullable String text) {
        super(connection);
        this.resultSet = real;
        this.statement = statement;
        this.text = text;
    }

    @Override
    final ResultSet real() {
        return resultSet;
    }

    @Override
    public @Nullable Statement getStatement() throws SQLException {
        Statement real = resultSet.getStatement();
        if (real == null) {
            return null;
        }
        GuardedStatement parent = statement;
        if (parent == null || parent.real() != real) {
            // The driver's own statement, as metadata uses it: it can be used for new texts only.
            parent = connection.objects.statement(connection, real);
            statement = parent;
        }
        return parent;
    }

    @Override
    public <T> @Nullable T getObject(int columnIndex, Class<T> type) throws SQLException {
        return guarded(resultSet.getObject(columnIndex, type), type);
    }

    @Override
    public <T> @Nullable T getObject(String columnLabel, Class<T> type) throws SQLException {
        return guarded(resultSet.getObject(columnLabel, type), type);
    }

    /** A value that a row is given may bring a type with it. */
    @Override
    @Nullable
    Object bare(@Nullable Object argument) throws SQLException {
        return gate.bringing(super.bare(argument));
    }

    /** A column's value was changed in the row buffer. */
    final void updated(int columnIndex) {
        changes().updated(columnIndex);
    }

    /** The same by a label; what is wrong with one that names no column the real result set says itself. */
    final void updated(String columnLabel) {
        try {
            changes().updated(resultSet.findColumn(columnLabel));
        } catch (SQLException | RuntimeException unknown) {
            changes().updatedUnknown();
        }
    }

    @Override
    public void cancelRowUpdates() throws SQLException {
        resultSet.cancelRowUpdates();
        changes().cancelled();
    }

    @Override
    public void moveToInsertRow() throws SQLException {
        resultSet.moveToInsertRow();
        changes().beginRow();
    }

    @Override
    public void moveToCurrentRow() throws SQLException {
        resultSet.moveToCurrentRow();
        changes().endRow();
    }

    @Override
    public void updateRow() throws SQLException {
        Execution execution = changes().admit("ResultSet.updateRow", Verb.UPDATE);
        try {
            resultSet.updateRow();
        } catch (Throwable failure) {
            gate.failed(execution, failure);
            throw failure;
        }
        changes().written();
        gate.completed(execution, 1);
    }

    @Override
    public void insertRow() throws SQLException {
        Execution execution = changes().admit("ResultSet.insertRow", Verb.INSERT);
        try {
            resultSet.insertRow();
        } catch (Throwable failure) {
            gate.failed(execution, failure);
            throw failure;
        }
        changes().inserted();
        gate.completed(execution, 1);
    }

    @Override
    public void deleteRow() throws SQLException {
        Execution execution = changes().admit("ResultSet.deleteRow", Verb.DELETE);
        try {
            resultSet.deleteRow();
        } catch (Throwable failure) {
            gate.failed(execution, failure);
            throw failure;
        }
        gate.completed(execution, 1);
    }

    private RowChanges changes() {
        RowChanges known = changes;
        if (known == null) {
            known = new RowChanges(gate, resultSet, text);
            changes = known;
        }
        return known;
    }
}
