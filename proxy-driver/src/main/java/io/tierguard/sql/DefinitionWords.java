package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the parser leaves of a definition as plain words: options of a column or table, and conditions in parentheses.
 *
 * <p>Options are an allow-list. In parentheses a word before a further parenthesis is a call, and a query is refused.
 */
final class DefinitionWords {

    private static final Set<String> OPTIONS = Set.of(
            "primary",
            "key",
            "not",
            "null",
            "unique",
            "auto_increment",
            "identity",
            "invisible",
            "visible",
            "global",
            "local",
            "temp",
            "temporary",
            "unlogged",
            "cached",
            "memory",
            "on",
            "commit",
            "preserve",
            "delete",
            "rows",
            "drop",
            "cascade",
            "restrict",
            "check",
            "generated",
            "always",
            "as",
            "stored",
            "virtual",
            "by",
            "default",
            "transactional");

    /** Options behind which any one word is a name. */
    private static final Set<String> NAMING = Set.of("collate", "constraint");

    private static final Set<String> OPERATORS = Set.of(
            "and", "or", "not", "in", "like", "ilike", "between", "is", "then", "else", "when", "case", "distinct");

    private static final Set<String> QUERIES = Set.of("select", "values", "table", "with");

    private DefinitionWords() {}

    /** Reads words that follow each other. */
    static void read(@Nullable List<String> words, TreeVisit visit) {
        if (words == null) {
            return;
        }
        boolean isName = false;
        for (String word : words) {
            String folded = TableName.fold(word);
            if (folded.startsWith("(")) {
                condition(word, visit);
            } else if (!isName && !OPTIONS.contains(folded) && !NAMING.contains(folded)) {
                visit.refuse("the word " + word + " in a definition");
            }
            isName = !isName && NAMING.contains(folded);
        }
    }

    private static void condition(String text, TreeVisit visit) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '\'') {
                i = endOfLiteral(text, i);
                word.setLength(0);
            } else if (Character.isJavaIdentifierPart(letter) || letter == '.') {
                word.append(letter);
            } else if (!Character.isWhitespace(letter)) {
                if (letter == '(' && word.length() > 0) {
                    before(word.toString(), visit);
                } else if (letter == '"' || letter == '`' || letter == '[') {
                    visit.refuse("a quoted name in a definition");
                }
                word.setLength(0);
            } else if (i + 1 < text.length() && !isNextParenthesis(text, i)) {
                query(word.toString(), visit);
                word.setLength(0);
            }
        }
        query(word.toString(), visit);
    }

    private static void before(String word, TreeVisit visit) {
        query(word, visit);
        if (!OPERATORS.contains(TableName.fold(word))) {
            visit.call(List.of(word.split("\\.", -1)));
        }
    }

    private static void query(String word, TreeVisit visit) {
        if (QUERIES.contains(TableName.fold(word))) {
            visit.refuse("a query in a definition");
        }
    }

    private static boolean isNextParenthesis(String text, int from) {
        int next = from;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return next < text.length() && text.charAt(next) == '(';
    }

    private static int endOfLiteral(String text, int start) {
        int end = text.indexOf('\'', start + 1);
        return end < 0 ? text.length() : end;
    }
}
