package io.tierguard.sql;

/**
 * The settings of a live connection that change how its database cuts text.
 *
 * @param dialect whose text it is
 * @param backslashes what a backslash means in a plain string literal
 * @param doubleQuotes what double quotes enclose
 * @param squareBracketNames whether {@code [name]} is a quoted identifier (H2 and MariaDB in their MSSQL modes)
 * @param server what else cuts text in MySQL and MariaDB; the same for all others
 */
public record LexicalModes(
        Dialect dialect,
        Backslashes backslashes,
        DoubleQuotes doubleQuotes,
        boolean squareBracketNames,
        MySqlServer server) {

    /** Those of a dialect whose double quotes enclose what they do by default. */
    public LexicalModes(Dialect dialect, Backslashes backslashes, boolean squareBracketNames) {
        this(
                dialect,
                backslashes,
                dialect.isOfMySqlFamily() ? DoubleQuotes.STRINGS : DoubleQuotes.NAMES,
                squareBracketNames,
                MySqlServer.UNKNOWN);
    }

    /** The same, told by whether a backslash escapes. */
    public LexicalModes(Dialect dialect, boolean backslashEscapes, boolean squareBracketNames) {
        this(dialect, backslashEscapes ? Backslashes.ESCAPE : Backslashes.PLAIN, squareBracketNames);
    }

    /** The dialect's own defaults. */
    public static LexicalModes defaultsOf(Dialect dialect) {
        return new LexicalModes(dialect, dialect.isOfMySqlFamily(), false);
    }

    /**
     * Those of a session of MySQL or MariaDB.
     *
     * @param sqlMode its {@code @@sql_mode}
     * @param server its version and character set
     */
    public static LexicalModes ofMySql(Dialect dialect, String sqlMode, MySqlServer server) {
        SqlMode mode = SqlMode.of(sqlMode);
        return new LexicalModes(dialect, mode.backslashes(), mode.doubleQuotes(), mode.has("mssql"), server.with(mode));
    }

    /** The same with backslashes that mean something else. */
    public LexicalModes with(Backslashes others) {
        return others == backslashes
                ? this
                : new LexicalModes(dialect, others, doubleQuotes, squareBracketNames, server);
    }

    /** The same with double quotes that mean something else. */
    public LexicalModes with(DoubleQuotes others) {
        return others == doubleQuotes
                ? this
                : new LexicalModes(dialect, backslashes, others, squareBracketNames, server);
    }

    /** Those of which nobody knows whether the client's character set hides quotes, so that no text is cut. */
    public LexicalModes withoutCharacterSet() {
        MySqlServer hiding = new MySqlServer(
                server.version(), false, server.hasOracleCode(), server.isSpaceIgnored(), server.isStrict());
        return new LexicalModes(dialect, backslashes, doubleQuotes, squareBracketNames, hiding);
    }

    /** Those of which nobody knows whether a blank may stand before a parenthesis: what stands so may be anybody's function. */
    public LexicalModes withoutBlanks() {
        MySqlServer counting = new MySqlServer(
                server.version(), server.isCharacterSetReadable(), server.hasOracleCode(), false, server.isStrict());
        return new LexicalModes(dialect, backslashes, doubleQuotes, squareBracketNames, counting);
    }

    /** Those of which nobody knows whether the server cuts a value to one that its column can hold. */
    public LexicalModes withoutStrictness() {
        MySqlServer lenient = new MySqlServer(
                server.version(),
                server.isCharacterSetReadable(),
                server.hasOracleCode(),
                server.isSpaceIgnored(),
                false);
        return new LexicalModes(dialect, backslashes, doubleQuotes, squareBracketNames, lenient);
    }

    /** What is known of strings and names where either may hold. */
    public LexicalModes or(LexicalModes other) {
        return with(backslashes.or(other.backslashes)).with(doubleQuotes.or(other.doubleQuotes));
    }
}
