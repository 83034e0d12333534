package io.tierguard.sql;

import java.util.List;

/**
 * Everything a text could do, statement by statement.
 *
 * @param statements the text's statements in order; empty when the text holds nothing but blanks and comments
 * @param maskedText the text without comments and with every literal as {@code ?}, fit for a log; for a text that could
 *     not be cut into tokens, a placeholder that shows nothing of it
 */
public record AnalyzedText(List<StatementEffects> statements, String maskedText) {

    public AnalyzedText {
        statements = List.copyOf(statements);
    }
}
