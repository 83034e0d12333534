package io.tierguard.jdbc;

import io.tierguard.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * What a text does with savepoints, told by its words alone: where it is written in any way but the plainest, it may do anything with
 * any of them.
 *
 * @param name of the savepoint as {@link #fold} has it; empty where the text has none
 */
record SavepointText(Kind kind, String name) {
    /** What is done. */
    enum Kind {
        /** One is set. */
        SET,
        /** The transaction returns to one. */
        RETURN,
        /** None is set. */
        NOTHING,
        /** Some may be set. */
        UNKNOWN
    }

    private static final SavepointText NOTHING = new SavepointText(Kind.NOTHING, "");
    private static final SavepointText UNKNOWN = new SavepointText(Kind.UNKNOWN, "");

    /** Shorter than what any database cuts a name to, and than those that drivers make up of random numbers. */
    private static final int LONGEST_NAME = 30;

    /** As many as a text has that returns to a savepoint. */
    private static final int MOST_WORDS = 5;

    private static final String WORD = "savepoint";
    private static final String BLANKS = " \t\r\n";

    /** How names begin that drivers and the guard give to savepoints of their own. */
    private static final List<String> TAKEN =
            List.of("tierguard", "pgjdbc", "jdbc_savepoint", "system_savepoint", "_jid", "sqlite_savepoint");

    /** What ends no transaction, and sets no savepoints beside those of who runs it: a function or trigger of MySQL has its own. */
    private static final Set<String> QUERIES_AND_CHANGES =
            Set.of("select", "insert", "update", "delete", "merge", "replace", "values", "table", "show");

    /**
     * A name as it is compared here, where two that are one to any database are one; empty for one of which that is not certain, as
     * with accents, which are nothing to MySQL, or that a driver may set.
     */
    static String fold(String written) {
        if (written.isEmpty() || written.length() > LONGEST_NAME) {
            return "";
        }
        for (int at = 0; at < written.length(); at++) {
            char c = written.charAt(at);
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!isLetter && !(at > 0 && c >= '0' && c <= '9')) {
                return "";
            }
        }
        String name = written.toLowerCase(Locale.ROOT);
        return name.equals(WORD) || isTaken(name) ? "" : name;
    }

    private static boolean isTaken(String name) {
        for (String beginning : TAKEN) {
            if (name.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    /** Reads a text. */
    static SavepointText of(String sql, Dialect dialect) {
        SavepointText read = ofWords(words(sql));
        if (read.kind() != Kind.UNKNOWN || isNamed(sql)) {
            return read;
        }
        boolean setsNone = switch (dialect) {
            case POSTGRESQL, SQLITE -> true; // their servers let no code set any
            case H2, MYSQL, MARIADB, ANSI, ORACLE, SQLSERVER -> isOneOf(sql, QUERIES_AND_CHANGES);
        };
        return setsNone ? NOTHING : UNKNOWN;
    }

    /** Whether the word is anywhere in the text, without which nothing is set by it. */
    private static boolean isNamed(String sql) {
        for (int at = 0; at <= sql.length() - WORD.length(); at++) {
            if (sql.regionMatches(true, at, WORD, 0, WORD.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOneOf(String sql, Set<String> first) {
        String text = sql.strip();
        int semicolon = text.indexOf(';');
        int end = 0;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        boolean isSingle = semicolon < 0 || semicolon == text.length() - 1;
        return isSingle && first.contains(text.substring(0, end).toLowerCase(Locale.ROOT));
    }

    /** The first words, as many as a text of savepoints may have and one more; no other text is looked at further. */
    private static List<String> words(String sql) {
        List<String> words = new ArrayList<>();
        String text = sql.strip();
        StringTokenizer tokens =
                new StringTokenizer(text.endsWith(";") ? text.substring(0, text.length() - 1) : text, BLANKS);
        while (tokens.hasMoreTokens() && words.size() <= MOST_WORDS) {
            words.add(tokens.nextToken());
        }
        return words;
    }

    private static SavepointText ofWords(List<String> words) {
        int last = words.size() - 1;
        if (last < 1 || last >= MOST_WORDS) {
            return UNKNOWN;
        }
        String name = fold(unquoted(words.get(last)));
        if (name.isEmpty()) {
            return UNKNOWN;
        }
        return switch (String.join(" ", words.subList(0, last)).toLowerCase(Locale.ROOT)) {
            case "savepoint" -> new SavepointText(Kind.SET, name);
            case "release", "release savepoint" -> NOTHING;
            case "rollback to",
                    "rollback to savepoint",
                    "rollback work to",
                    "rollback work to savepoint",
                    "rollback transaction to",
                    "rollback transaction to savepoint" -> new SavepointText(Kind.RETURN, name);
            default -> UNKNOWN;
        };
    }

    private static String unquoted(String word) {
        int last = word.length() - 1;
        boolean isQuoted =
                last > 1 && (word.charAt(0) == '"' || word.charAt(0) == '`') && word.charAt(last) == word.charAt(0);
        return isQuoted ? word.substring(1, last) : word;
    }
}
