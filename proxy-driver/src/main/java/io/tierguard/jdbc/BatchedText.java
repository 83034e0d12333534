package io.tierguard.jdbc;

import io.tierguard.audit.BoundValues;
import io.tierguard.sql.Placeholders;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;
import java.util.function.Supplier;

/**
 * A text that waits in a batch.
 *
 * @param placeholders which of its characters stand for parameters
 * @param times how many times it runs
 * @param bound what is bound to its parameters
 */
record BatchedText(String sql, Placeholders placeholders, int times, Supplier<BoundValues> bound) {
    private static final List<String> ROW_CHANGES = List.of("insert ", "update ", "delete ", "merge ");

    /** How a text begins that makes, alters or removes a table or what belongs to one, in words that are folded. */
    private static final List<String> TABLE_DEFINITIONS = List.of(
            "create table ",
            "create index ",
            "create unique index ",
            "create sequence ",
            "alter table ",
            "drop table ",
            "drop index ",
            "drop sequence ");

    /** As many as tell how a text begins, and one more. */
    private static final int FIRST_WORDS = 4;

    // A line comment at the end of a text must not swallow the semicolon.
    private static final String SEPARATOR = "\n;\n";

    /** The texts themselves, one for each that was added. */
    static List<String> texts(List<BatchedText> batch) {
        return batch.stream().map(BatchedText::sql).toList();
    }

    /** Whether one text runs after another, be it the same one again. */
    static boolean areSeveral(List<BatchedText> texts) {
        return texts.size() > 1 || texts.get(0).times() > 1;
    }

    /**
     * Whether every text is one change of rows and nothing else, by its first word: of what else stands in a batch some
     * ends the transaction on H2, and then nothing before it can be undone.
     */
    static boolean onlyChangeRows(List<BatchedText> texts) {
        for (BatchedText text : texts) {
            String sql = text.sql().strip();
            boolean changesRows = startsWithChange(sql);
            if (!changesRows || sql.indexOf(';') >= 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether every text defines a table or what belongs to one, and so changes no row and gives no name another meaning:
     * what one of them needs is then the same whichever of the others have run.
     */
    static boolean onlyDefineTables(List<BatchedText> texts) {
        for (BatchedText text : texts) {
            if (!definesTable(text.sql())) {
                return false;
            }
        }
        return true;
    }

    private static boolean definesTable(String sql) {
        StringTokenizer words = new StringTokenizer(sql);
        StringBuilder beginning = new StringBuilder();
        for (int i = 0; i < FIRST_WORDS && words.hasMoreTokens(); i++) {
            beginning.append(words.nextToken().toLowerCase(Locale.ROOT)).append(' ');
        }
        for (String definition : TABLE_DEFINITIONS) {
            if (beginning.indexOf(definition) == 0) {
                return sql.indexOf(';') < 0;
            }
        }
        return false;
    }

    private static boolean startsWithChange(String sql) {
        for (String word : ROW_CHANGES) {
            if (sql.regionMatches(true, 0, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }

    /** The texts as one, in the order in which they run; one that runs again stands twice, for what it does to itself. */
    static String joined(List<BatchedText> texts) {
        StringBuilder joined = new StringBuilder();
        for (BatchedText text : texts) {
            joined.append(joined.isEmpty() ? "" : SEPARATOR).append(text.sql());
            if (text.times() > 1) {
                joined.append(SEPARATOR).append(text.sql());
            }
        }
        return joined.toString();
    }

    /** What stands for parameters in the joined text. */
    static Placeholders placeholders(List<BatchedText> texts) {
        for (BatchedText text : texts) {
            if (text.placeholders() == Placeholders.QUESTION_MARKS) {
                return Placeholders.QUESTION_MARKS;
            }
        }
        return Placeholders.NONE;
    }
}
