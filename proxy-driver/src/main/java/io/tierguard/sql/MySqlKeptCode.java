package io.tierguard.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Says whether the text of code that a catalog of MySQL or MariaDB tells is certainly cut as the server cut what was written.
 *
 * <p>MySQL tells a string without the signs that quoted a quote in it, and MariaDB one without those that quoted a backslash:
 * {@code 'it''s'} as {@code 'it's'}. MariaDB tells line breaks and their like by their escapes besides. What is cut by such a text
 * may take code for a string or a comment.
 *
 * <p>INVARIANT: code that was hidden in that way stands in a string or comment; where none of them holds what could change
 * anything, nothing is hidden that matters.
 */
final class MySqlKeptCode {
    /** Words with which what matters begins, whichever statement it is. */
    private static final Set<String> CHANGING = Words.of("""
            insert update delete replace truncate drop alter create rename call execute prepare import commit rollback xa
            grant revoke install uninstall names charset
            """);

    /** Words with which a query goes on to a table or a view, whose own query may run code. */
    private static final Set<String> ASKING = Set.of("from", "join", "select", "table", "with", "into", "union");

    /** What a statement may begin behind, or go on behind with the word that tells what it does. */
    private static final Set<String> BEFORE_STATEMENT =
            Set.of("then", "else", "do", "begin", "loop", "repeat", "set", "analyze", "explain", "atomic");

    private MySqlKeptCode() {}

    /** Whether nothing that changes anything could be hidden in the strings and comments of a body. */
    static boolean isCertain(Dialect dialect, String body, List<Token> tokens) {
        boolean isToldAsWritten = dialect == Dialect.MARIADB && body.indexOf('\\') < 0;
        if (!dialect.isOfMySqlFamily() || isToldAsWritten) {
            return true;
        }
        int end = 0;
        for (Token token : tokens) {
            // What is prepared is the text of a string itself.
            if (token.is("prepare") || token.is("immediate")) {
                return false;
            }
            if (isHiding(body.substring(token.start(), token.end())) || isHiding(body.substring(end, token.start()))) {
                return false;
            }
            end = token.end();
        }
        return !isHiding(body.substring(end));
    }

    /** Whether what a catalog tells may end in a string of what was written, though it reads as a whole. */
    static boolean mayBeCutOff(Dialect dialect, List<Token> told) {
        boolean isLabelled = told.size() > 2 && told.get(1).isSymbol(":");
        boolean isBlock = MySqlLists.at(told, isLabelled ? 2 : 0).is("begin"); // which ends with its END
        return dialect == Dialect.MYSQL
                && !isBlock
                && told.stream().anyMatch(token -> token.kind() == Token.Kind.STRING);
    }

    /** Whether the catalog tells a body so that is written in this way; MySQL does up to the first NUL. */
    static boolean isToldAs(Dialect dialect, String body, List<Token> tokens, String told) {
        String whole = told(dialect, body, tokens);
        int end = dialect == Dialect.MYSQL ? whole.indexOf('\0') : -1;
        return told.equals(whole) || (end >= 0 && told.equals(whole.substring(0, end)));
    }

    /**
     * How the catalog tells a body that is written so: each string by its value, on MariaDB with its quotes doubled and with line
     * breaks and their like as it escapes them.
     */
    static String told(Dialect dialect, String body, List<Token> tokens) {
        StringBuilder told = new StringBuilder();
        int end = 0;
        for (Token token : tokens) {
            told.append(body, end, token.start());
            char quote = body.charAt(token.start());
            if (token.kind() == Token.Kind.STRING && (quote == '\'' || quote == '"')) {
                String sign = String.valueOf(quote);
                boolean isEscaped = dialect == Dialect.MARIADB;
                String value = isEscaped ? escaped(token.text().replace(sign, sign + sign)) : token.text();
                told.append(quote).append(value).append(quote);
            } else {
                told.append(body, token.start(), token.end());
            }
            end = token.end();
        }
        return told.append(body.substring(end)).toString();
    }

    /** As MariaDB has it of code that is made where a backslash escapes; a backslash itself it leaves as it is. */
    private static String escaped(String value) {
        return value.replace("\0", "\\0")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\032", "\\Z");
    }

    /** Whatever is cut there, a string, a comment or a name, holds the quote with which the string that was written ends. */
    private static boolean isHiding(String piece) {
        boolean hasQuote = piece.indexOf('\'') >= 0 || piece.indexOf('"') >= 0;
        return hasQuote && couldHide(piece);
    }

    /**
     * Whether a statement ends in it, or a call, an assignment, a query or a change is begun. What is hidden goes on to the next
     * string: a statement that begins there ends in it too, but for those that take a string behind words which are told.
     */
    private static boolean couldHide(String text) {
        StringBuilder word = new StringBuilder();
        boolean hasComments = text.contains("/*") || text.contains("--") || text.indexOf('#') >= 0;
        boolean begins = true;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (Character.isLetterOrDigit(c) || c == '_') {
                word.append(c);
                continue;
            }
            String ended = word.toString().toLowerCase(Locale.ROOT);
            boolean changes = (begins || hasComments) && CHANGING.contains(ended);
            if (c == '(' || c == '=' || c == ';' || changes || ASKING.contains(ended)) {
                return true;
            }
            begins = c == ':' || BEFORE_STATEMENT.contains(ended) || (begins && ended.isEmpty());
            word.setLength(0);
        }
        return false;
    }
}
