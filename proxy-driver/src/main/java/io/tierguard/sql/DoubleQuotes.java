package io.tierguard.sql;

/** What double quotes enclose. */
public enum DoubleQuotes {
    /** A name. */
    NAMES,
    /** A character string (MySQL and MariaDB without {@code ANSI_QUOTES}). */
    STRINGS,
    /** Either, so that a text with a double quote in it cannot be cut. */
    UNKNOWN;

    /** What is known where either may hold. */
    public DoubleQuotes or(DoubleQuotes other) {
        return this == other ? this : UNKNOWN;
    }
}
