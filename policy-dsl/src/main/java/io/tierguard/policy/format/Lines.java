package io.tierguard.policy.format;

import java.util.List;

/** The lines written so far; the first of the file or of a block has no blank line before it. */
final class Lines {

    private final StringBuilder out = new StringBuilder();
    private boolean isFirst = true;

    /**
     * Adds a line, or several that are one fact or head.
     *
     * @param hasBlankBefore whether a blank line is before it, unless it is the first
     * @param behind the comment at its end, or empty
     */
    void add(boolean hasBlankBefore, String text, String behind) {
        out.append(hasBlankBefore && !isFirst ? "\n" : "").append(text);
        out.append(behind.isEmpty() ? "" : " " + behind).append('\n');
        isFirst = false;
    }

    /** Adds comments on lines of their own, with blank lines as they are written. */
    void comments(List<Piece> comments, int indent) {
        for (Piece comment : comments) {
            add(comment.followsBlankLine(), " ".repeat(indent) + comment.text(), "");
        }
    }

    /** The next line is the first of a block. */
    void beginBlock() {
        isFirst = true;
    }

    /** The whole text. */
    String text() {
        return out.toString();
    }
}
