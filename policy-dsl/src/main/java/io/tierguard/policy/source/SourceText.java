package io.tierguard.policy.source;

import java.util.Arrays;

/** The text of one policy file and its places; immutable. */
public final class SourceText {

    private final String path;
    private final String shortName;
    private final String text;
    private final int[] lineStarts;

    private SourceText(String path, String shortName, String text) {
        this.path = path;
        this.shortName = shortName;
        this.text = text;
        this.lineStarts = lineStarts(text);
    }

    /** A text under the name that diagnostics show, which may be a path. */
    public static SourceText of(String path, String text) {
        int cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
        return new SourceText(path, path.substring(cut + 1), text);
    }

    /**
     * A text that belongs to another one.
     *
     * @param path the name that diagnostics show
     * @param shortName the name by which a rule is quoted
     */
    public static SourceText of(String path, String shortName, String text) {
        return new SourceText(path, shortName, text);
    }

    /** The name that diagnostics show. */
    public String path() {
        return path;
    }

    /** How a rule names the file: the last part of the path, or of an included file its place beside the first. */
    public String shortName() {
        return shortName;
    }

    /** A stretch of this text. */
    public Span span(int start, int end) {
        return new Span(this, start, end);
    }

    /** The whole text. */
    public String text() {
        return text;
    }

    /** The number of the line, from 1, that holds an offset. */
    public int lineAt(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The column, in characters as a reader counts them from 1, of an offset. */
    public int columnAt(int offset) {
        return text.codePointCount(lineStarts[lineAt(offset) - 1], offset) + 1;
    }

    /** The span of a line's text, without its line break. */
    public Span lineSpan(int line) {
        int start = lineStarts[line - 1];
        int end = line < lineStarts.length ? lineStarts[line] - 1 : text.length();
        if (end > start && text.charAt(end - 1) == '\r') {
            end--;
        }
        return span(start, end);
    }

    private static int[] lineStarts(String text) {
        int lines = 1;
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '\n') {
                lines++;
            }
        }
        int[] starts = new int[lines];
        int line = 1;
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '\n') {
                starts[line++] = at + 1;
            }
        }
        return starts;
    }
}
