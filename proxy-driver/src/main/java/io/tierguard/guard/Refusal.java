package io.tierguard.guard;

import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.DenialText;
import io.tierguard.policy.model.Reason;
import java.util.List;

/**
 * A statement that must not run; it is already in the audit log.
 *
 * @param auditId the id of its record; empty when not even that could be written
 * @param denials why, the first one first; never empty
 * @param help how to write what could be meant instead; empty where nobody can tell
 */
public record Refusal(String auditId, List<Denial> denials, String help) implements Admission {

    public Refusal {
        denials = List.copyOf(denials);
        if (denials.isEmpty()) {
            throw new IllegalArgumentException("a refusal has a reason");
        }
    }

    /** A statement for which nothing else can be proposed. */
    public Refusal(String auditId, List<Denial> denials) {
        this(auditId, denials, "");
    }

    /** The reason that comes first. */
    public Reason reason() {
        return denials.get(0).reason();
    }

    /** Why nothing more of a transaction runs or is kept in which this was refused, as a clause. */
    public String dooming() {
        String record = auditId.isEmpty() ? "unrecorded" : "audit " + auditId;
        return "an earlier statement of the transaction was denied (" + reason().code() + ", " + record
                + "); roll the transaction back, or to a savepoint that was set before it";
    }

    /** What the application's developer reads: every reason, and the audit record's id. */
    public String message() {
        String record = auditId.isEmpty() ? "" : " [audit " + auditId + "]";
        String proposal = help.isEmpty() ? "" : "; help: " + help;
        return "denied: " + DenialText.of(denials) + proposal + record;
    }
}
