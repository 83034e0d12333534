package io.tierguard.policy.format;

import io.tierguard.policy.source.SourceText;
import io.tierguard.policy.source.Span;
import io.tierguard.policy.syntax.Lexemes;
import java.util.ArrayList;
import java.util.List;

/**
 * A word, mark or comment of a file without errors, in which a comment alone begins with {@code #}.
 *
 * @param text the piece as written, without blanks at its end
 * @param start its offset
 * @param breaks how many line breaks stand between it and the piece before it
 */
record Piece(String text, int start, int breaks) {

    /** The pieces of a text in its order. */
    static List<Piece> all(SourceText source) {
        List<Piece> pieces = new ArrayList<>();
        int breaks = 0;
        for (Span span : Lexemes.of(source)) {
            String text = span.text();
            if (text.equals("\n")) {
                breaks++;
            } else {
                pieces.add(new Piece(text.stripTrailing(), span.start(), breaks));
                breaks = 0;
            }
        }
        return pieces;
    }

    boolean isComment() {
        return text.startsWith("#");
    }

    /** A comment that stands behind something on the same line. */
    boolean isRemark() {
        return isComment() && breaks == 0;
    }

    boolean is(String mark) {
        return text.equals(mark);
    }

    boolean followsBlankLine() {
        return breaks > 1;
    }

    /** The same after a blank line. */
    Piece afterBlankLine() {
        return new Piece(text, start, Math.max(2, breaks));
    }
}
