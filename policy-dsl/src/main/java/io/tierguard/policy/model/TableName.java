package io.tierguard.policy.model;

import java.util.Locale;

/**
 * The name of a table, folded to lower case; a part that was not given is the empty string.
 *
 * <p>Names compare without regard to case, by {@link Locale#ROOT} folding, because a guard that told {@code LEDGER} from
 * {@code ledger} would protect only one of them.
 *
 * @param catalog the database, or empty
 * @param schema the schema, or empty where the statement left it to the session's schema path
 * @param name the table's own name, never empty
 */
public record TableName(String catalog, String schema, String name) {
    private static final char SIGMA = '\u03c3';
    private static final char FINAL_SIGMA = '\u03c2';
    private static final char DOT_ABOVE = '\u0307';

    public TableName {
        catalog = fold(catalog);
        schema = fold(schema);
        name = fold(name);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a table has a name");
        }
    }

    /** A table named without its schema. */
    public static TableName of(String name) {
        return new TableName("", "", name);
    }

    /** A table named with its schema. */
    public static TableName of(String schema, String name) {
        return new TableName("", schema, name);
    }

    /** Whether the statement named the schema. */
    public boolean isQualified() {
        return !schema.isEmpty();
    }

    /** The same table in the given schema. */
    public TableName in(String otherSchema) {
        return new TableName(catalog, otherSchema, name);
    }

    /**
     * Folds an identifier as table names are folded: letter by letter, as databases do, while Java writes two characters for
     * {@code \u0130} and another sigma at the end of a word.
     */
    public static String fold(String identifier) {
        String folded = identifier.toLowerCase(Locale.ROOT);
        for (int i = 0; i < folded.length(); i++) {
            if (folded.charAt(i) == FINAL_SIGMA || folded.charAt(i) == DOT_ABOVE) {
                return merged(folded);
            }
        }
        return folded;
    }

    private static String merged(String folded) {
        StringBuilder merged = new StringBuilder(folded.length());
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            boolean isBehindI = !merged.isEmpty() && merged.charAt(merged.length() - 1) == 'i';
            if (c != DOT_ABOVE || !isBehindI) {
                merged.append(c == FINAL_SIGMA ? SIGMA : c);
            }
        }
        return merged.toString();
    }

    /** The beginning of an identifier, as a server keeps it that cuts names at so many bytes of UTF-8, between characters. */
    public static String cut(String identifier, int bytes) {
        if (3 * identifier.length() <= bytes) {
            return identifier; // no character takes more than three for each char it is written with
        }
        int end = 0;
        int length = 0;
        while (end < identifier.length()) {
            int character = identifier.codePointAt(end);
            length += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
            if (length > bytes) {
                return identifier.substring(0, end);
            }
            end += Character.charCount(character);
        }
        return identifier;
    }

    /** The name with the parts that were given, dotted. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (!catalog.isEmpty()) {
            text.append(catalog).append('.');
        }
        if (!schema.isEmpty() || !catalog.isEmpty()) {
            text.append(schema).append('.');
        }
        return text.append(name).toString();
    }
}
