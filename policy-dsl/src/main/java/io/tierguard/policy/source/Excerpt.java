package io.tierguard.policy.source;

/**
 * One line of source as it is shown under a diagnostic: cut to a window, with nothing in it that moves a cursor.
 *
 * @param text the line, or the part of it around the span
 * @param indent how many characters stand before the span
 * @param width how many characters the span covers on this line, at least one
 */
record Excerpt(String text, int indent, int width) {

    private static final int LONGEST = 160;
    private static final int BEFORE = 60;
    private static final String CUT = "…";

    static Excerpt of(Span span) {
        SourceText source = span.source();
        Span line = source.lineSpan(source.lineAt(span.start()));
        int start = Math.min(span.start(), line.end());
        int end = Math.max(start, Math.min(span.end(), line.end()));
        int from = line.start();
        int to = line.end();
        if (to - from > LONGEST) {
            from = boundary(source.text(), Math.max(from, start - BEFORE));
            to = boundary(source.text(), Math.min(to, from + LONGEST));
        }
        end = Math.min(end, Math.max(to, start));
        String before = (from > line.start() ? CUT : "") + visible(source.text().substring(from, start));
        String marked = visible(source.text().substring(start, end));
        String after = visible(source.text().substring(end, Math.max(end, to))) + (to < line.end() ? CUT : "");
        return new Excerpt(before + marked + after, length(before), Math.max(1, length(marked)));
    }

    /** The text with controls and formatting characters made visible, so that it reads as it is. */
    static String visible(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> shown.appendCodePoint(visible(point)));
        return shown.toString();
    }

    private static int visible(int point) {
        if (point == '\t') {
            return ' ';
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> '\uFFFD';
            default -> point;
        };
    }

    private static int boundary(String text, int at) {
        boolean inside = at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at));
        return inside ? at - 1 : at;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
