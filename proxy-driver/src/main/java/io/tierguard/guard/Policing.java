package io.tierguard.guard;

import io.tierguard.audit.AuditException;
import io.tierguard.audit.AuditStatement;
import io.tierguard.audit.AuditSubject;
import io.tierguard.audit.BoundValues;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.Reason;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The guard that a statement goes by from its beginning to its outcome, and who its connection is in that guard's records.
 *
 * @param guard the guard
 * @param subject who runs statements, under the guard's policy
 * @param allowsUser whether the component may be connected as the connection's user
 */
record Policing(Guard guard, AuditSubject subject, boolean allowsUser) {

    Policing(Guard guard, AuditSubject subject) {
        this(guard, subject, guard.component().allowsUser(subject.user()));
    }

    /** The same connection under another guard. */
    Policing under(Guard next) {
        Policy policy = next.policy();
        return new Policing(next, subject.under(policy.name(), policy.hash()));
    }

    /** Refuses a text that was judged. */
    Refusal refuse(Verdict verdict, int batchSize, Supplier<BoundValues> bound) {
        return guard.refuse(subject, verdict, batchSize, bound);
    }

    /** Refuses a call. */
    Refusal refuse(String operation, Reason reason, String because) {
        Denial denial = denial(reason, "call " + operation + ": " + because);
        return guard.refuse(subject, AuditStatements.of(operation, "", List.of(), List.of(denial)), 0);
    }

    /** Refuses a statement whose transaction is doomed. */
    Refusal refuseDoomed(Refusal doom, AuditStatement statement, int batchSize, Supplier<BoundValues> bound) {
        Denial denial = denial(Reason.TRANSACTION_DENIED, "run this " + statement.operation() + ": " + doom.dooming());
        return guard.refuse(subject, statement.against(List.of(denial), false), batchSize, bound);
    }

    private Denial denial(Reason reason, String what) {
        String sentence = guard.component().name() + " may not " + what;
        return new Denial(reason, sentence, "", guard.policy().contact());
    }

    boolean mayUnwrap() {
        return guard.policy()
                .trust(guard.component(), Power.UNWRAP, guard.now())
                .isPresent();
    }

    /** Records a call that was let pass; a refusal where that cannot be. */
    Optional<Refusal> recordCall(String operation) {
        return recorded(AuditStatements.of(operation, "", List.of(), List.of()));
    }

    /** A statement is over a limit: a denial, or where that is only observed a record. */
    Optional<Refusal> overLimit(Verdict.Allow verdict, Denial denial) {
        boolean observed = ObservedDenials.areAll(guard.policy(), guard.component(), List.of(denial), guard.now());
        AuditStatement statement = verdict.statement().against(List.of(denial), observed);
        return observed ? recorded(statement) : Optional.of(guard.refuse(subject, statement, 0));
    }

    private Optional<Refusal> recorded(AuditStatement statement) {
        try {
            String id = guard.audit().decided(subject, statement, 0, Durability.FSYNC);
            if (statement.isObserved()) {
                guard.warnOfObserved(statement, id);
            }
            return Optional.empty();
        } catch (AuditException e) {
            return Optional.of(new Refusal("", List.of(guard.unrecordable(e))));
        }
    }

    /** Records a statement that is about to run; gives the record's id. */
    String recorded(Verdict.Allow verdict, int batchSize) throws AuditException {
        return guard.audit().decided(subject, verdict.statement(), batchSize, verdict.durability());
    }

    /** Records that a statement has run; {@code auditId} is empty where it is not recorded. */
    void completed(String auditId, Verdict.Allow verdict, long rows, long durationNanos) {
        if (!auditId.isEmpty()) {
            guard.audit().completed(auditId, subject, verdict.statement(), rows, durationNanos);
        }
    }

    /** Records that the real driver refused a statement; {@code auditId} is empty where it is not recorded. */
    void failed(String auditId, Verdict.Allow verdict, String sqlState, long durationNanos) {
        if (!auditId.isEmpty()) {
            guard.audit().failed(auditId, subject, verdict.statement(), sqlState, durationNanos);
        }
    }
}
