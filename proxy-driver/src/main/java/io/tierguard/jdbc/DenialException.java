package io.tierguard.jdbc;

import io.tierguard.guard.Refusal;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Reason;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.List;

/** The policy, or the guard's own safety, forbids what the application asked for; the real driver has not seen it. */
public final class DenialException extends SQLInvalidAuthorizationSpecException {
    private static final long serialVersionUID = 1L;

    /** The SQLState of every denial: insufficient privilege. */
    public static final String SQL_STATE = "42501";

    @SuppressWarnings("serial") // the lists are JDK lists of records of strings; a deserialized denial is only read
    private final List<Denial> denials;

    private final String auditId;
    private final String help;
    private final String callingFrame;

    DenialException(Refusal refusal) {
        super(refusal.message(), SQL_STATE);
        this.help = refusal.help();
        this.callingFrame = CallingFrame.find();
        this.denials = refusal.denials();
        this.auditId = refusal.auditId();
    }

    /** What was refused. */
    Refusal refusal() {
        return new Refusal(auditId, denials, help);
    }

    /** The reason that comes first. */
    public Reason reason() {
        return denials.get(0).reason();
    }

    /** Where the policy says so, as {@code file:line}; empty when no line of the policy does. */
    public String rule() {
        return denials.get(0).rule();
    }

    /** The id of the denial's audit record; empty when it could not be written. */
    public String auditId() {
        return auditId;
    }

    /**
     * The application's own frame that made the call, as a stack trace shows it: the first that is not of a driver, a pool,
     * a framework or the JDK; empty where there is none.
     */
    public String callingFrame() {
        return callingFrame;
    }

    /** Every reason, the first one first. */
    public List<Denial> denials() {
        return denials;
    }
}
