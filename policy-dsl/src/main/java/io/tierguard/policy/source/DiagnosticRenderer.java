package io.tierguard.policy.source;

import java.util.List;

/** Lays one diagnostic out with the lines of source it speaks of. */
final class DiagnosticRenderer {

    private static final String BOLD = "\u001b[1m";
    private static final String RED = "\u001b[1;31m";
    private static final String YELLOW = "\u001b[1;33m";
    private static final String BLUE = "\u001b[1;34m";
    private static final String GREEN = "\u001b[1;32m";
    private static final String RESET = "\u001b[0m";

    private final Diagnostic diagnostic;
    private final SourceText source;
    private final Style style;
    private final StringBuilder out = new StringBuilder();
    private final String margin;

    DiagnosticRenderer(Diagnostic diagnostic, Style style) {
        this.diagnostic = diagnostic;
        this.source = diagnostic.source();
        this.style = style;
        int highest = 0;
        for (Label label : diagnostic.places()) {
            Span span = label.span();
            highest = Math.max(highest, span.source().lineAt(span.start()));
        }
        this.margin = " ".repeat(Integer.toString(highest).length() + 1);
    }

    String render() {
        String head = diagnostic.severity().word() + "[" + diagnostic.code() + "]";
        line(paint(severityColour(), head) + paint(BOLD, ": " + Excerpt.visible(diagnostic.message())));
        List<Label> places = diagnostic.places();
        if (places.isEmpty()) {
            line(paint(BLUE, " --> ") + Excerpt.visible(source.path()));
        }
        for (int index = 0; index < places.size(); index++) {
            place(places.get(index), index == 0);
        }
        if (!places.isEmpty()
                && !(diagnostic.helps().isEmpty() && diagnostic.notes().isEmpty())) {
            line(bar());
        }
        for (String help : diagnostic.helps()) {
            line(paint(GREEN, "help") + ": " + Excerpt.visible(help));
        }
        for (String note : diagnostic.notes()) {
            line(paint(BLUE, "note") + ": " + Excerpt.visible(note));
        }
        return out.toString();
    }

    private void place(Label label, boolean primary) {
        int start = label.span().start();
        SourceText source = label.span().source();
        int number = source.lineAt(start);
        Excerpt excerpt = Excerpt.of(label.span());
        String arrow = margin.substring(1) + (primary ? "--> " : "::: ");
        if (!primary) {
            line(bar());
        }
        line(paint(BLUE, arrow) + Excerpt.visible(source.path()) + ":" + number + ":" + source.columnAt(start));
        line(bar());
        String padded = Integer.toString(number);
        padded = " ".repeat(margin.length() - 1 - padded.length()) + padded;
        line(paint(BLUE, padded + " |") + " " + excerpt.text());
        String mark =
                (primary ? "^" : "-").repeat(excerpt.width()) + (label.text().isEmpty() ? "" : " ");
        String colour = primary ? severityColour() : BLUE;
        line(bar() + " " + " ".repeat(excerpt.indent()) + paint(colour, mark + Excerpt.visible(label.text())));
    }

    private String bar() {
        return paint(BLUE, margin + "|");
    }

    private String severityColour() {
        return switch (diagnostic.severity()) {
            case ERROR -> RED;
            case WARNING -> YELLOW;
        };
    }

    private String paint(String colour, String text) {
        return switch (style) {
            case PLAIN -> text;
            case ANSI -> colour + text + RESET;
        };
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
