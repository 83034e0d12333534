package io.tierguard.sql;

/**
 * The settings of a live connection that change how its database cuts text.
 *
 * @param dialect whose text it is
 * @param backslashes what a backslash means in a plain string literal
 * @param squareBracketNames whether {@code [name]} is a quoted identifier (H2 in its MSSQLServer mode)
 */
public record LexicalModes(Dialect dialect, Backslashes backslashes, boolean squareBracketNames) {

    /** The same, told by whether a backslash escapes. */
    public LexicalModes(Dialect dialect, boolean backslashEscapes, boolean squareBracketNames) {
        this(dialect, backslashEscapes ? Backslashes.ESCAPE : Backslashes.PLAIN, squareBracketNames);
    }

    /** The dialect's own defaults. */
    public static LexicalModes defaultsOf(Dialect dialect) {
        return new LexicalModes(dialect, Backslashes.PLAIN, false);
    }

    /** The same with backslashes that mean something else. */
    public LexicalModes with(Backslashes others) {
        return others == backslashes ? this : new LexicalModes(dialect, others, squareBracketNames);
    }
}
