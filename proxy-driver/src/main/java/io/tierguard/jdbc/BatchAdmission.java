package io.tierguard.jdbc;

import io.tierguard.guard.Execution;
import io.tierguard.guard.GuardSession;
import io.tierguard.policy.model.Reason;
import io.tierguard.sql.Dialect;
import java.util.ArrayList;
import java.util.List;

/** Asks for the texts of one batch, all before any of them runs. */
final class BatchAdmission {
    private final Gate gate;
    private final GuardSession session;

    BatchAdmission(Gate gate, GuardSession session) {
        this.gate = gate;
        this.session = session;
    }

    /** The executions of the texts; where one is refused, those before it are told as failed. */
    List<Execution> admit(List<BatchedText> texts) throws DenialException {
        List<Execution> executions = new ArrayList<>(texts.size());
        try {
            boolean changesSession = false;
            boolean isLimited = false;
            for (BatchedText text : texts) {
                Execution execution =
                        gate.check(session.admit(text.sql(), text.placeholders(), text.times(), text.bound()));
                executions.add(execution);
                changesSession |= execution.changesSession();
                isLimited |= !execution.limits().isEmpty();
            }
            if (isLimited
                    && gate.dialect() != Dialect.POSTGRESQL
                    && texts.size() > 1
                    && !BatchedText.onlyChangeRows(texts)) {
                gate.check(session.refuse(
                        "Statement.executeBatch",
                        Reason.ROW_LIMIT,
                        "it holds a statement whose rows are limited beside one that is no plain INSERT, UPDATE, DELETE or"
                                + " MERGE, which could keep what is over the limit; run them apart"));
            }
            if (changesSession && BatchedText.areSeveral(texts) && !areDefinitionsOfOneEach(texts)) {
                gate.check(session.prepare(BatchedText.joined(texts), BatchedText.placeholders(texts)));
            }
        } catch (Throwable refused) {
            for (Execution execution : executions) {
                Gate.tellFailed(execution, refused);
            }
            throw refused;
        }
        return executions;
    }

    /**
     * Whether the texts hold one statement each by what the database lets a text hold, so that they are never read as one, and need
     * not be: each was read as a definition that means the same whichever of the others have run.
     */
    private boolean areDefinitionsOfOneEach(List<BatchedText> texts) {
        boolean holdsOne = gate.dialect() == Dialect.ANSI || gate.dialect() == Dialect.ORACLE;
        return holdsOne && BatchedText.onlyDefineTables(texts);
    }
}
