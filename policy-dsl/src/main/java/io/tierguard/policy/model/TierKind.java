package io.tierguard.policy.model;

import java.util.Locale;

/** The ceiling of a tier, strictest first. */
public enum TierKind {
    /** Rows are read, nothing else. */
    FROZEN,
    /** Rows are read and added; a row that exists is never changed or removed. */
    IMMUTABLE,
    /** Every verb, less what the tier forbids. */
    MUTABLE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word a policy file uses for this kind. */
    public String word() {
        return word;
    }

    /** Whether the ceiling leaves room for a verb, on a table that opens no columns. */
    public boolean permits(Verb verb) {
        return switch (this) {
            case FROZEN -> verb == Verb.SELECT;
            case IMMUTABLE ->
                switch (verb) {
                    case SELECT, INSERT, CREATE, EXTEND -> true;
                    case UPDATE, DELETE, TRUNCATE, ALTER, DROP -> false;
                };
            case MUTABLE -> true;
        };
    }
}
