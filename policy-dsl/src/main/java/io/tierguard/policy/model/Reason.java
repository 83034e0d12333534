package io.tierguard.policy.model;

import java.util.Locale;

/**
 * Why a statement was denied; each reason has one name, the same in code, message, audit, tests and docs.
 *
 * <p>The order is the one in which several reasons of one denial are listed: ceilings first, then forbid, limit, grant.
 */
public enum Reason {
    FROZEN_TIER,
    IMMUTABLE_TIER,
    IMMUTABLE_COLUMN,
    CASCADE,
    FORBIDDEN_VERB,
    MISSING_WHERE,
    ROW_LIMIT,
    NOT_GRANTED,
    UNCLASSIFIED_TABLE,
    UNREADABLE_SQL,
    UNKNOWN_ROUTINE,
    DEFINES_CODE,
    SESSION_CHANGE,
    ESCAPES_GUARD,
    WRONG_USER,
    WAIVER_EXPIRED,
    TRANSACTION_DENIED,
    NO_AUDIT;

    private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The reason's name as messages, the audit log and policy tests write it, for example {@code immutable-tier}. */
    public String code() {
        return code;
    }
}
