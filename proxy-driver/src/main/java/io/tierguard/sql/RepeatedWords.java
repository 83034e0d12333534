package io.tierguard.sql;

/**
 * The words and signs that texts repeat, so that each text need not make them anew.
 *
 * <p>A table in which a word gives way to the next that comes to its place. Safe for use by many threads without a lock: an
 * entry never changes, and a thread that sees an older one makes its word itself.
 */
final class RepeatedWords {
    /** Longer words are rare, and some databases cut them. */
    static final int LONGEST = 63;

    private static final int PLACES = 4_096;
    private static final Entry[] ENTRIES = new Entry[PLACES];

    private RepeatedWords() {}

    /** How a word is written, and its lower case. */
    private record Entry(String written, String folded) {}

    /**
     * The lower case of a run of ASCII characters.
     *
     * @param hash of the run: of characters that are the same, the same
     */
    static String folded(String sql, int start, int end, int hash) {
        int place = (hash ^ (hash >>> 15)) & (PLACES - 1);
        Entry entry = ENTRIES[place];
        if (entry != null && entry.written.length() == end - start && sql.startsWith(entry.written, start)) {
            return entry.folded;
        }
        String written = sql.substring(start, end);
        Entry made = new Entry(written, lower(written));
        ENTRIES[place] = made;
        return made.folded;
    }

    private static String lower(String written) {
        for (int i = 0; i < written.length(); i++) {
            if (Characters.lower(written.charAt(i)) != written.charAt(i)) {
                StringBuilder folded = new StringBuilder(written.length());
                written.chars().forEach(c -> folded.append(Characters.lower((char) c)));
                return folded.toString();
            }
        }
        return written;
    }
}
