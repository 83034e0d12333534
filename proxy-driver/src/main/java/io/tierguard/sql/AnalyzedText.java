package io.tierguard.sql;

import java.util.List;

/**
 * Everything a text could do, statement by statement.
 *
 * @param statements the text's statements in order; empty when the text holds nothing but blanks and comments
 * @param maskedText the text without comments and with every literal as {@code ?}, fit for a log; for a text that could
 *     not be cut into tokens, a placeholder that shows nothing of it
 * @param isOfShape whether every text of the same shape is analysed to the same
 */
public record AnalyzedText(List<StatementEffects> statements, String maskedText, boolean isOfShape) {

    public AnalyzedText {
        statements = List.copyOf(statements);
    }

    /** An analysis that holds of this text alone. */
    public AnalyzedText(List<StatementEffects> statements, String maskedText) {
        this(statements, maskedText, false);
    }
}
