package io.tierguard.guard;

import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Reason;
import java.util.List;

/**
 * A statement that must not run; it is already in the audit log.
 *
 * @param auditId the id of its record; empty when not even that could be written
 * @param denials why, the first one first; never empty
 */
public record Refusal(String auditId, List<Denial> denials) implements Admission {

    public Refusal {
        denials = List.copyOf(denials);
        if (denials.isEmpty()) {
            throw new IllegalArgumentException("a refusal has a reason");
        }
    }

    /** The reason that comes first. */
    public Reason reason() {
        return denials.get(0).reason();
    }

    /** What the application's developer reads: every reason as a full sentence, and the audit record's id. */
    public String message() {
        StringBuilder message = new StringBuilder("denied: ").append(denials.get(0));
        for (Denial denial : denials.subList(1, denials.size())) {
            message.append("; also: ").append(denial);
        }
        if (!auditId.isEmpty()) {
            message.append(" [audit ").append(auditId).append(']');
        }
        return message.toString();
    }
}
