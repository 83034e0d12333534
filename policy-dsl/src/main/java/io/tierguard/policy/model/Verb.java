package io.tierguard.policy.model;

import java.util.Locale;
import java.util.Optional;

/** What a statement does to a table, in the canonical order in which a policy lists verbs. */
public enum Verb {
    SELECT,
    INSERT,
    UPDATE,
    DELETE,
    TRUNCATE,
    CREATE,
    /** Additive change of structure that cannot change a row: a column, an index, a comment. */
    EXTEND,
    /** Any other change of structure, renames included. */
    ALTER,
    DROP;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word a policy file uses for this verb. */
    public String word() {
        return word;
    }

    /** Whether this verb only reads. */
    public boolean reads() {
        return this == SELECT;
    }

    /** Whether rows may be lost by it, or made into others. */
    public boolean losesRows() {
        return switch (this) {
            case UPDATE, DELETE, TRUNCATE, DROP -> true;
            case SELECT, INSERT, CREATE, EXTEND, ALTER -> false;
        };
    }

    /** The verb that a policy file writes as {@code word}, compared without regard to case. */
    public static Optional<Verb> of(String word) {
        String folded = word.toLowerCase(Locale.ROOT);
        for (Verb verb : values()) {
            if (verb.word.equals(folded)) {
                return Optional.of(verb);
            }
        }
        return Optional.empty();
    }
}
