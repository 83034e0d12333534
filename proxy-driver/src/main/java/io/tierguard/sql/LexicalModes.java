package io.tierguard.sql;

/**
 * The settings of a live connection that change how its database cuts text.
 *
 * @param dialect whose text it is
 * @param backslashEscapes whether a backslash escapes in a plain string literal (PostgreSQL with
 *     {@code standard_conforming_strings} off)
 * @param squareBracketNames whether {@code [name]} is a quoted identifier (H2 in its MSSQLServer mode)
 */
public record LexicalModes(Dialect dialect, boolean backslashEscapes, boolean squareBracketNames) {

    /** The dialect's own defaults. */
    public static LexicalModes defaultsOf(Dialect dialect) {
        return new LexicalModes(dialect, false, false);
    }
}
