package io.tierguard.jdbc;

import io.tierguard.audit.BoundValues;
import io.tierguard.guard.Execution;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.ReturningClause;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A statement: each text is admitted before the real one runs it, and its outcome is told afterwards. */
abstract class GuardedStatement extends GuardedChild implements Statement {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedStatement.class);

    /** Where no rows have come back. */
    static final AutoCloseable NOTHING = () -> {};

    final Statement statement;
    final StatementBatch batch;
    private final boolean isPrepared;
    private final StatementHome home;
    private final HeldFetchSize fetchSize;
    private final ReturnedRows returned;
    private @Nullable String text;

    /** The warnings of the last execution, where they are asked for before they are gone. */
    private @Nullable SQLWarning told;

    private @Nullable GuardedResultSet current;

    GuardedStatement(GuardedConnection connection, Statement real) {
        this(connection, real, null, Parameters.UNKNOWN);
    }

    GuardedStatement(
            GuardedConnection connection, Statement real, @Nullable String preparedText, Parameters parameters) {
        super(connection);
        this.statement = real;
        this.batch = new StatementBatch(gate, real, preparedText, parameters);
        this.isPrepared = preparedText != null;
        this.home = StatementHome.ofMade(gate, isPrepared);
        this.fetchSize = new HeldFetchSize(real);
        this.returned = new ReturnedRows(real);
    }

    /** Passes an execution of it, unless it would run in another database than the session's. */
    final void checkHome(@Nullable String sql) throws SQLException {
        gate.checkHome(home, isPrepared, sql);
    }

    @Override
    Statement real() {
        return statement;
    }

    /** The text that is about to run: what the next result set comes from. */
    final void running(@Nullable String sql) {
        text = sql;
        told = null;
        returned.forget();
    }

    /** The same guarded result set for the same real one, as applications compare them. */
    @Override
    final @Nullable ResultSet guarded(@Nullable ResultSet real) {
        if (real == null) {
            return null;
        }
        GuardedResultSet last = current;
        if (last == null || last.real() != real) {
            last = JdbcObjects.plain().resultSet(connection, real, this, text);
            current = last;
        }
        return last;
    }

    private Execution admit(@Nullable String sql) throws SQLException {
        checkHome(sql);
        return running(sql, gate.admit(sql, Placeholders.NONE, BoundValues.UNKNOWN));
    }

    /** The same of what has just been admitted. */
    final Execution running(@Nullable String sql, Execution execution) throws SQLException {
        running(sql);
        if (asksForKeys() || gate.isHeldInPostgresql()) {
            try {
                fetchSize.lift();
            } catch (Throwable closed) {
                failed(execution, closed);
                throw closed;
            }
        }
        return execution;
    }

    /** Whether all that the statement gives back is asked for as keys. */
    boolean asksForKeys() {
        return false;
    }

    /** The rows that come back from what has just run, now the statement's result; null for none. */
    final @Nullable ResultSet takeReturned() throws SQLException {
        return guarded(returned.take());
    }

    /** Whether rows come back that would not be counted. */
    private boolean returnsHeld(String sql) {
        return gate.isHeldInPostgresql() && ReturningClause.isIn(sql, Placeholders.NONE);
    }

    /** An execution has run; what the server tells of it is kept where it tells nothing more afterwards. */
    final void completed(Execution execution, long rows) throws SQLException {
        completed(execution, rows, NOTHING);
    }

    /** Ends what has given rows back. */
    final void closeResults() throws SQLException {
        ResultSet rows = statement.getResultSet();
        if (rows != null) {
            rows.close();
        }
    }

    /** The same of what has given rows back, which SQLite has to have closed before it rolls anything back. */
    final void completed(Execution execution, long rows, @Nullable AutoCloseable results) throws SQLException {
        fetchSize.restore();
        told = gate.takesWhatIsTold() ? warnings() : null;
        boolean isHeld = gate.isHeldInPostgresql();
        try {
            gate.completed(execution, rows, results);
        } catch (Throwable undone) {
            if (isHeld) {
                skipResults();
            }
            throw undone;
        }
    }

    /** What has been undone has no results, as when the statement itself had failed; they are all there with pgjdbc. */
    private void skipResults() {
        try {
            while (statement.getMoreResults() || statement.getUpdateCount() != -1) {
                // the next one
            }
        } catch (SQLException closed) {
            LOG.debug("the results of what was undone could not be skipped", closed);
        }
    }

    /** An execution has failed; the failure is thrown on unchanged. */
    final void failed(Execution execution, Throwable failure) {
        fetchSize.restore();
        gate.failed(execution, failure);
    }

    private @Nullable SQLWarning warnings() {
        try {
            return statement.getWarnings();
        } catch (SQLException untold) {
            return null;
        }
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        SQLWarning now = statement.getWarnings();
        return now == null ? told : now;
    }

    @Override
    public void clearWarnings() throws SQLException {
        statement.clearWarnings();
        told = null;
    }

    /** The rows that the statement changed which has just run, asked for only where they are recorded. */
    final long changedRows(Execution execution, boolean isResultSet) {
        if (execution == Execution.UNRECORDED || isResultSet) {
            return -1;
        }
        try {
            return statement.getUpdateCount();
        } catch (SQLException unknown) {
            return -1;
        } catch (Throwable broken) { // as where memory runs out
            failed(execution, broken);
            throw broken;
        }
    }

    @Override
    public @Nullable ResultSet executeQuery(String sql) throws SQLException {
        Execution execution = admit(sql);
        if (returnsHeld(sql)) {
            return runAsKeys(execution, sql);
        }
        ResultSet resultSet;
        try {
            resultSet = statement.executeQuery(sql);
        } catch (Throwable failure) {
            failed(execution, failure);
            throw failure;
        }
        completed(execution, -1, resultSet);
        return guarded(resultSet);
    }

    private @Nullable ResultSet runAsKeys(Execution execution, String sql) throws SQLException {
        try {
            statement.execute(sql, Statement.RETURN_GENERATED_KEYS);
        } catch (Throwable failure) {
            failed(execution, failure);
            throw failure;
        }
        completed(execution, changedRows(execution, false));
        return takeReturned();
    }

    @Override
    public int executeUpdate(String sql) throws SQLException {
        Execution execution = admit(sql);
        int rows;
        try {
            rows = statement.executeUpdate(sql);
        } catch (Throwable failure) {
            failed(execution, failure);
            throw failure;
        }
        completed(execution, rows);
        return rows;
    }

    @Override
    public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        Execution execution = admit(sql);
        int rows;
        try {
            rows = statement.executeUpdate(sql, autoGeneratedKeys);
        } catch (Throwable failure) {
            failed(execution, failure);
            throw failure;
        }
        completed(execution, rows);
        return rows;
    }

    @Override
    public int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
        Execution execution = admit(sql);
        int rows;
        try {
            rows = statement.executeUpdate(sql, columnIndexes);
        } catch (Throwable failure) {
            failed(execution, failure);
            throw failure;
        }
        completed(execution, rows);
        return rows;
    }

    @Override
    public int executeUpdate(String sql, String[] columnNames) throws SQLException {
        String[] names = gate.names.columns("Statement.executeUpdate", columnNames);
        Execution execution = admit(sql);
        int rows;
        try {
            rows = statement.executeUpdate(sql, names);
        } catch (Throwable failure) {
            failed(execution, failure);
            throw failure;
        }
        completed(execution, rows);
        return rows;
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        Execution execution = admit(sql);
        long rows;
        try {
            rows = statement.executeLargeUpdate(sql);
        } catch (Throwable failure) {
            failed(execution, failure);
            throw failure;
        }
        completed(execution, rows);
        return rows;
    }

    @Override
    public long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        Execution execution = admit(sql);
        long rows;
        try {
            rows = statement.executeLargeUpdate(sql, autoGeneratedKeys);
        } catch (Throwable failure) {
            failed(execution, failure);
            throw failure;
        }
        completed(execution, rows);
        return rows;
    }

    @Override
    public long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
        Execution execution = admit(sql);
        long rows;
        try {
            rows = statement.executeLargeUpdate(sql, columnIndexes);
        } catch (Throwable failure) {
            failed(execution, failure);
            throw failure;
        }
        completed(execution, rows);
        return rows;
    }

    @Override
    public long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
        String[] names = gate.names.columns("Statement.executeLargeUpdate", columnNames);
        Execution execution = admit(sql);
        long rows;
        try {
            rows = statement.executeLargeUpdate(sql, names);
        } catch (Throwable failure) {
            failed(execution, failure);
            throw failure;
        }
        completed(execution, rows);
        return rows;
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        Execution execution = admit(sql);
        if (returnsHeld(sql)) {
            return runAsKeys(execution, sql) != null;
        }
        boolean isResultSet;
        try {
            isResultSet = statement.execute(sql);
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
    public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
        if (autoGeneratedKeys == Statement.NO_GENERATED_KEYS) {
            return execute(sql);
        }
        Execution execution = admit(sql);
        boolean isResultSet;
        try {
            isResultSet = statement.execute(sql, autoGeneratedKeys);
        } catch (Throwable failure) {
            failed(execution, failure);
            throw failure;
        }
        completed(execution, changedRows(execution, isResultSet));
        return isResultSet;
    }

    @Override
    public boolean execute(String sql, int[] columnIndexes) throws SQLException {
        Execution execution = admit(sql);
        boolean isResultSet;
        try {
            isResultSet = statement.execute(sql, columnIndexes);
        } catch (Throwable failure) {
            failed(execution, failure);
            throw failure;
        }
        completed(execution, changedRows(execution, isResultSet));
        return isResultSet;
    }

    @Override
    public boolean execute(String sql, String[] columnNames) throws SQLException {
        String[] names = gate.names.columns("Statement.execute", columnNames);
        Execution execution = admit(sql);
        boolean isResultSet;
        try {
            isResultSet = statement.execute(sql, names);
        } catch (Throwable failure) {
            failed(execution, failure);
            throw failure;
        }
        completed(execution, changedRows(execution, isResultSet));
        return isResultSet;
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        ResultSet rows = returned.current();
        return guarded(rows == null ? statement.getResultSet() : rows);
    }

    @Override
    public int getUpdateCount() throws SQLException {
        return returned.current() == null ? statement.getUpdateCount() : -1;
    }

    @Override
    public long getLargeUpdateCount() throws SQLException {
        return returned.current() == null ? statement.getLargeUpdateCount() : -1;
    }

    @Override
    public boolean getMoreResults() throws SQLException {
        returned.pass(true);
        return statement.getMoreResults();
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        returned.pass(current != Statement.KEEP_CURRENT_RESULT);
        return statement.getMoreResults(current);
    }

    @Override
    public void setCursorName(String name) throws SQLException {
        gate.names.plain("Statement.setCursorName", name);
        statement.setCursorName(name);
    }

    @Override
    public void addBatch(String sql) throws SQLException {
        batch.add(sql);
    }

    @Override
    public void clearBatch() throws SQLException {
        batch.clear();
    }

    @Override
    public int[] executeBatch() throws SQLException {
        running(null);
        checkHome(null);
        return batch.execute();
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        running(null);
        checkHome(null);
        return batch.executeLarge();
    }

    @Override
    public @Nullable Connection getConnection() throws SQLException {
        return statement.getConnection() == null ? null : connection; // a closed one may have none, or throws
    }
}
