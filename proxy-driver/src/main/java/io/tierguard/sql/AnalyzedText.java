package io.tierguard.sql;

import java.util.Collections;
import java.util.List;

/**
 * Everything a text could do, statement by statement.
 *
 * @param statements the text's statements in order; empty when the text holds nothing but blanks and comments
 * @param maskedText the text without comments and with every literal as {@code ?}, fit for a log; for a text that could
 *     not be cut into tokens, a placeholder that shows nothing of it
 * @param isOfShape whether every text of the same shape is analysed to the same
 * @param mentions what each statement names
 * @param restsOnBackslashes whether the text is cut as it is only with what backslashes mean in plain strings now
 */
public record AnalyzedText(
        List<StatementEffects> statements,
        String maskedText,
        boolean isOfShape,
        List<Mentions> mentions,
        boolean restsOnBackslashes) {

    public AnalyzedText {
        statements = List.copyOf(statements);
        mentions = List.copyOf(mentions);
        if (mentions.size() != statements.size()) {
            throw new IllegalArgumentException("each statement has its mentions");
        }
    }

    /** Whether it runs what was kept under a name, so that only its session can tell what it does. */
    public boolean runsPrepared() {
        for (StatementEffects statement : statements) {
            if (statement instanceof StatementEffects.Executed) {
                return true;
            }
        }
        return false;
    }

    /** An analysis that holds of this alone, of which nothing is known to be named. */
    public AnalyzedText(List<StatementEffects> statements, String maskedText) {
        this(statements, maskedText, false, Collections.nCopies(statements.size(), Mentions.NONE), false);
    }
}
