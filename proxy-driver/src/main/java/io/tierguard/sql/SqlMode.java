package io.tierguard.sql;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A value of {@code sql_mode} in MySQL and MariaDB, as far as text is cut by it.
 *
 * @param words its words, folded
 */
record SqlMode(Set<String> words) {

    /** Words that stand for several others, {@code ANSI_QUOTES} among them. */
    private static final Set<String> ANSI_QUOTES =
            Set.of("ansi_quotes", "ansi", "db2", "maxdb", "mssql", "oracle", "postgresql");

    private static final Set<String> STRICT = Set.of("strict_trans_tables", "strict_all_tables", "traditional");

    SqlMode {
        words = Set.copyOf(words);
    }

    /** The mode of words with commas between. */
    static SqlMode of(String text) {
        Set<String> words = new TreeSet<>();
        for (String word : text.split(",", -1)) {
            words.add(word.strip().toLowerCase(Locale.ROOT));
        }
        return new SqlMode(words);
    }

    boolean has(String word) {
        return words.contains(word);
    }

    /** Whether a value that a column cannot hold is an error, at least in tables with transactions. */
    boolean isStrict() {
        return words.stream().anyMatch(STRICT::contains);
    }

    Backslashes backslashes() {
        return has("no_backslash_escapes") ? Backslashes.PLAIN : Backslashes.ESCAPE;
    }

    DoubleQuotes doubleQuotes() {
        return words.stream().anyMatch(ANSI_QUOTES::contains) ? DoubleQuotes.NAMES : DoubleQuotes.STRINGS;
    }
}
