package io.tierguard.sql;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A statement of MySQL or MariaDB that prepares or runs a text which is computed from constants and variables of the session alone:
 * {@code PREPARE p FROM @text}, {@code EXECUTE IMMEDIATE CONCAT('DELETE FROM ', @table)}. To compute it changes nothing, so the
 * session itself can be asked what the text is.
 *
 * @param head what stands before the text
 * @param expression what computes it
 */
public record PreparedExpression(String head, String expression) {
    /** Marks that mean something else in some mode, or to the driver, so that nobody could say what would be asked. */
    private static final String AMBIGUOUS = "\"\\#{";

    private static final Pattern BEGINNING = Pattern.compile("\\b(?:PREPARE|EXECUTE)\\b", Pattern.CASE_INSENSITIVE);

    /** The statement that a text is; empty of any other text, also where there is more than one in it. */
    public static Optional<PreparedExpression> of(Dialect dialect, String sql) {
        if (!dialect.isOfMySqlFamily() || !couldBeOne(sql)) {
            return Optional.empty();
        }
        try {
            List<Token> tokens = Tokenizer.of(LexicalModes.defaultsOf(dialect), Placeholders.NONE, sql)
                    .tokenize();
            List<List<Token>> statements = StatementSplitter.split(dialect, tokens);
            return statements.size() == 1 ? of(sql, statements.get(0)) : Optional.empty();
        } catch (UnreadableTextException notCut) {
            return Optional.empty();
        }
    }

    private static Optional<PreparedExpression> of(String sql, List<Token> statement) {
        StatementTokens tokens = new StatementTokens(sql, statement);
        boolean isHead = tokens.accept("execute", "immediate")
                || (tokens.accept("prepare") && tokens.next().isIdentifier() && tokens.accept("from"));
        boolean isComputed = isHead
                && tokens.rest().stream().anyMatch(PreparedExpression::isVariable)
                && tokens.rest().stream().allMatch(PreparedExpression::isPlain);
        if (!isComputed) {
            return Optional.empty();
        }
        int start = tokens.peek().start();
        int end = statement.get(statement.size() - 1).end();
        String head = sql.substring(statement.get(0).start(), start);
        String expression = sql.substring(start, end);
        return isAmbiguous(head) || isAmbiguous(expression)
                ? Optional.empty()
                : Optional.of(new PreparedExpression(head, expression));
    }

    /** Looked at first, because hardly any text is one; comments beside it are none of it, but for those that servers run. */
    private static boolean couldBeOne(String sql) {
        return sql.indexOf('@') >= 0
                && BEGINNING.matcher(sql).find()
                && !sql.contains("/*!")
                && !sql.contains("/*M!")
                && sql.indexOf('{') < 0;
    }

    private static boolean isAmbiguous(String sql) {
        return sql.contains("/*") || sql.contains("--") || sql.chars().anyMatch(c -> AMBIGUOUS.indexOf(c) >= 0);
    }

    private static boolean isVariable(Token token) {
        return token.kind() == Token.Kind.PARAMETER
                && token.text().startsWith("@")
                && !token.text().startsWith("@@");
    }

    private static boolean isPlain(Token token) {
        return isVariable(token)
                || token.kind() == Token.Kind.STRING
                || token.kind() == Token.Kind.NUMBER
                || token.is("concat")
                || token.isSymbol("(")
                || token.isSymbol(")")
                || token.isSymbol(",");
    }

    /** The same statement with the text that the session has computed. */
    public String running(String value) {
        return head + '\'' + value.replace("'", "''") + '\'';
    }
}
