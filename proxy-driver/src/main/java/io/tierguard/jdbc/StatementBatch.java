package io.tierguard.jdbc;

import io.tierguard.audit.BoundValues;
import io.tierguard.guard.Execution;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.ReturningClause;
import io.tierguard.sql.SingleRowInsert;
import java.sql.BatchUpdateException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits in a statement's batch; all of it is admitted before any of it is sent.
 *
 * <p>Locked as a whole, so that no thread can add to a batch between its admission and its execution.
 */
final class StatementBatch {
    private static final Logger LOG = LoggerFactory.getLogger(StatementBatch.class);

    // INVARIANT: texts and parameterSets count at least what the real statement's batch holds.
    private final Gate gate;
    private final Statement real;
    private final @Nullable String preparedText;
    private final Parameters parameters;
    private List<String> texts = List.of();
    private int parameterSets;

    /** Whether the prepared statement was made to tell keys, and so tells how many rows it changed. */
    private boolean tellsKeys;

    /** Of each text that runs whether it may give rows back, for which pgjdbc tells that it changed none. */
    private List<Boolean> mayReturn = List.of();

    /** Whether all that runs is the prepared text with its parameters. */
    private boolean isOfSets;

    /** Whether texts run beside it, in an order that is the driver's. */
    private boolean isMixed;

    private @Nullable DenialException poison;

    StatementBatch(Gate gate, Statement real, @Nullable String preparedText, Parameters parameters) {
        this.gate = gate;
        this.real = real;
        this.preparedText = preparedText;
        this.parameters = parameters;
    }

    /** The prepared statement was made to tell keys. */
    void tellingKeys() {
        tellsKeys = true;
    }

    /** Adds a text; a denied one spoils the whole batch, so that half a unit of work cannot run. */
    synchronized void add(@Nullable String sql) throws SQLException {
        try {
            gate.prepare(sql, Placeholders.NONE);
        } catch (DenialException denied) {
            poison = denied;
            throw denied;
        }
        real.addBatch(sql);
        if (sql == null) {
            return; // nothing that could run
        }
        if (texts.isEmpty()) {
            texts = new ArrayList<>();
        }
        texts.add(sql);
    }

    /** Adds the parameters that are set now. */
    synchronized void addParameters(PreparedStatement prepared) throws SQLException {
        prepared.addBatch();
        parameterSets++;
        parameters.batch();
    }

    synchronized void clear() throws SQLException {
        real.clearBatch();
        forget();
    }

    synchronized int[] execute() throws SQLException {
        List<Execution> executions = admitAll();
        int[] counts;
        try {
            counts = real.executeBatch();
        } catch (Throwable failure) {
            failed(executions, failure);
            throw failure;
        }
        forget();
        completed(executions, widened(counts));
        return counts;
    }

    synchronized long[] executeLarge() throws SQLException {
        List<Execution> executions = admitAll();
        long[] counts;
        try {
            counts = real.executeLargeBatch();
        } catch (Throwable failure) {
            failed(executions, failure);
            throw failure;
        }
        forget();
        completed(executions, counts == null ? new long[] {-1} : counts);
        return counts;
    }

    /** The counts, one that tells nothing where the driver gives none. */
    private static long[] widened(int @Nullable [] counts) {
        if (counts == null) {
            return new long[] {-1};
        }
        long[] wide = new long[counts.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = counts[i];
        }
        return wide;
    }

    private List<Execution> admitAll() throws SQLException {
        if (poison != null) {
            throw gate.again(poison);
        }
        isOfSets = texts.isEmpty() && parameterSets > 0;
        isMixed = !texts.isEmpty() && parameterSets > 0;
        List<BatchedText> batched = new ArrayList<>(texts.size() + 1);
        for (String text : texts) {
            batched.add(new BatchedText(text, Placeholders.NONE, 1, BoundValues.UNKNOWN));
        }
        if (parameterSets > 0 && preparedText != null) {
            batched.add(new BatchedText(preparedText, Placeholders.QUESTION_MARKS, parameterSets, parameters::ofBatch));
        }
        mayReturn = mayReturn(batched);
        return batched.isEmpty() ? List.of() : gate.admitBatch(batched);
    }

    private List<Boolean> mayReturn(List<BatchedText> batched) {
        if (!gate.countsRowsOfPostgresql() || (isOfSets && tellsKeys)) {
            return List.of();
        }
        List<Boolean> each = new ArrayList<>(batched.size());
        for (BatchedText text : batched) {
            each.add(ReturningClause.mayBeIn(text.sql()));
        }
        return each;
    }

    /** Tells each text's own outcome; the parameter sets of a prepared text are one execution. */
    private void completed(List<Execution> executions, long[] counts) throws SQLException {
        if (executions.isEmpty()) {
            return;
        }
        long[] rows = new long[executions.size()];
        boolean isParallel = !isMixed && parallel(executions, counts);
        long together = executions.size() == 1 ? sum(counts) : -1;
        for (int i = 0; i < rows.length; i++) {
            rows[i] = isParallel ? Math.max(counts[i], -1) : together;
            if (rows[i] == 0 && i < mayReturn.size() && mayReturn.get(i)) {
                rows[i] = -1;
            }
        }
        try {
            gate.completed(executions, rows);
        } catch (BatchUpdateException | DenialException told) {
            throw told;
        } catch (SQLException failure) {
            throw ofBatch(failure, counts.length);
        }
    }

    /** The guard's own commit has failed, as by a deferred constraint: that is the batch's failure, as drivers tell it in auto-commit. */
    private static BatchUpdateException ofBatch(SQLException failure, int entries) {
        int[] counts = new int[entries];
        Arrays.fill(counts, Statement.EXECUTE_FAILED);
        BatchUpdateException whole = new BatchUpdateException(
                "the batch was aborted: " + failure.getMessage(),
                failure.getSQLState(),
                failure.getErrorCode(),
                counts,
                failure);
        whole.setNextException(failure);
        return whole;
    }

    private void failed(List<Execution> executions, Throwable failure) {
        boolean isUndone = !executions.isEmpty() && gate.undo(failure);
        long[] counts = failure instanceof BatchUpdateException batch && batch.getLargeUpdateCounts() != null
                ? batch.getLargeUpdateCounts()
                : new long[0];
        boolean ofTexts = parameterSets == 0 && !isUndone;
        for (int i = 0; i < executions.size(); i++) {
            if (ofTexts && i < counts.length && counts[i] != Statement.EXECUTE_FAILED) {
                executions.get(i).completed(Math.max(counts[i], -1));
            } else {
                Gate.tellFailed(executions.get(i), failure);
            }
        }
        try {
            // Whether a failed batch is emptied is left to the driver; after this it is, and our count is right.
            real.clearBatch();
            forget();
        } catch (SQLException | RuntimeException closed) {
            LOG.debug("a failed batch could not be cleared", closed); // the failure itself goes on unchanged
        }
    }

    private void forget() {
        texts = List.of();
        parameterSets = 0;
        parameters.forgetBatch();
        poison = null;
    }

    private static boolean parallel(List<Execution> executions, long[] counts) {
        return executions.size() > 1 && executions.size() == counts.length;
    }

    /** A driver that makes one statement of several inserts tells of none how many rows it changed: then at most one. */
    private long sum(long[] counts) {
        long sum = 0;
        int untold = 0;
        for (long count : counts) {
            if (count < 0 && count != Statement.SUCCESS_NO_INFO) {
                return -1;
            }
            sum += Math.max(count, 0);
            untold += count < 0 ? 1 : 0;
        }
        return untold == 0 || addsOneRow() ? sum + untold : -1;
    }

    private boolean addsOneRow() {
        return isOfSets && preparedText != null && SingleRowInsert.is(preparedText, gate.dialect());
    }
}
