package io.tierguard.policy.model;

/** Over what a limit counts rows. */
public enum LimitScope {
    /** One execute call, of which a batch is one. */
    EXECUTE,
    /** Everything from the begin of a transaction to its end. */
    TRANSACTION
}
