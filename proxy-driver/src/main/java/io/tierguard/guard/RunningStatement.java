package io.tierguard.guard;

import io.tierguard.policy.model.Limit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A statement on its way through the real driver, whose outcome matters to the audit log or to the session. */
final class RunningStatement implements Execution {
    private final LiveSession session;
    private final Policing policing;
    private final Verdict.Allow verdict;
    private final Optional<UnreadChanges> afterwards;
    private final int forgotten;
    private final String auditId;
    private final long startNanos = System.nanoTime();

    /**
     * A statement that starts now.
     *
     * @param afterwards what is unread of the schema once it has run; empty where that has to be read
     * @param forgotten how often the session has forgotten what was unread, when it has begun
     * @param auditId its decision's record; empty when it has none
     */
    RunningStatement(
            LiveSession session,
            Policing policing,
            Verdict.Allow verdict,
            Optional<UnreadChanges> afterwards,
            int forgotten,
            String auditId) {
        this.session = session;
        this.policing = policing;
        this.verdict = verdict;
        this.afterwards = afterwards;
        this.forgotten = forgotten;
        this.auditId = auditId;
    }

    @Override
    public boolean changesSession() {
        return verdict.changesSession();
    }

    @Override
    public List<Limit> limits() {
        return verdict.limits();
    }

    @Override
    public Optional<Refusal> exceeded(Limit limit, long rows) {
        return policing.overLimit(verdict, RowDenials.of(policing.guard(), verdict.statement(), limit, rows));
    }

    @Override
    public Optional<Refusal> uncounted(Limit limit, String because) {
        return policing.overLimit(verdict, RowDenials.uncounted(policing.guard(), verdict.statement(), limit, because));
    }

    @Override
    public void completed(long rows) {
        policing.completed(auditId, verdict, rows, System.nanoTime() - startNanos);
        if (afterwards.isPresent()) {
            session.completed(verdict, afterwards.get(), forgotten);
        } else {
            session.completed(verdict);
        }
    }

    @Override
    public void failed(@Nullable String sqlState) {
        policing.failed(auditId, verdict, sqlState == null ? "" : sqlState, System.nanoTime() - startNanos);
        session.failed(verdict);
    }
}
