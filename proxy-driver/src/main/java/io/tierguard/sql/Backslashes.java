package io.tierguard.sql;

/** What a backslash means in a plain string literal. */
public enum Backslashes {
    /** A character like others. */
    PLAIN,
    /** It escapes the next character (PostgreSQL with {@code standard_conforming_strings} off). */
    ESCAPE,
    /** Either, so that a plain literal with a backslash in it cannot be cut. */
    UNKNOWN;

    /** What is known where either may hold. */
    public Backslashes or(Backslashes other) {
        return this == other ? this : UNKNOWN;
    }
}
