package io.tierguard.policy.source;

import java.util.ArrayList;
import java.util.List;

/**
 * One thing said of a policy file: what, where, and what to do about it.
 *
 * @param kind its entry in the register
 * @param message one sentence, lowercase, without a full stop
 * @param source the text it speaks of; a related place may be in another
 * @param places the place itself, then related places; empty when it speaks of the file as a whole
 * @param helps proposals for a fix, never one that widens access
 * @param notes context
 */
public record Diagnostic(
        DiagnosticCode kind,
        String message,
        SourceText source,
        List<Label> places,
        List<String> helps,
        List<String> notes) {

    private static final int LONGEST_MESSAGE = 400;

    public Diagnostic {
        message = shortened(message);
        places = List.copyOf(places);
        helps = List.copyOf(helps);
        notes = List.copyOf(notes);
    }

    /** A diagnostic of one place. */
    public static Diagnostic at(DiagnosticCode kind, Span span, String message, String label) {
        return new Diagnostic(kind, message, span.source(), List.of(new Label(span, label)), List.of(), List.of());
    }

    /** A diagnostic of the file as a whole. */
    public static Diagnostic ofFile(SourceText source, DiagnosticCode kind, String message) {
        return new Diagnostic(kind, message, source, List.of(), List.of(), List.of());
    }

    /** The same diagnostic with a related place. */
    public Diagnostic withRelated(Span span, String label) {
        return new Diagnostic(kind, message, source, plus(places, new Label(span, label)), helps, notes);
    }

    /** The same diagnostic with a proposal for a fix; an empty text proposes nothing. */
    public Diagnostic withHelp(String help) {
        return help.isEmpty() ? this : new Diagnostic(kind, message, source, places, plus(helps, help), notes);
    }

    /** The same diagnostic with context; an empty text adds nothing. */
    public Diagnostic withNote(String note) {
        return note.isEmpty() ? this : new Diagnostic(kind, message, source, places, helps, plus(notes, note));
    }

    /** How much it weighs. */
    public Severity severity() {
        return kind.severity();
    }

    /** Whether it keeps the policy from loading. */
    public boolean isError() {
        return severity() == Severity.ERROR;
    }

    /** Its code, for example {@code TG204}. */
    public String code() {
        return kind.code();
    }

    /** The line of its place, from 1; 0 when it speaks of the file as a whole. */
    public int line() {
        return places.isEmpty() ? 0 : source.lineAt(places.get(0).span().start());
    }

    /** The column of its place, from 1; 0 when it speaks of the file as a whole. */
    public int column() {
        return places.isEmpty() ? 0 : source.columnAt(places.get(0).span().start());
    }

    /** The diagnostic as a reader sees it, in plain text of several lines. */
    public String render() {
        return render(Style.PLAIN);
    }

    /** The diagnostic as a reader sees it, in the given style. */
    public String render(Style style) {
        return new DiagnosticRenderer(this, style).render();
    }

    @Override
    public String toString() {
        String place = places.isEmpty() ? "" : ":" + line() + ":" + column();
        return severity().word() + "[" + code() + "]: " + message + " (" + source.path() + place + ")";
    }

    /** A message quotes the file, and a file may hold a word of any length. */
    private static String shortened(String message) {
        int length = message.codePointCount(0, message.length());
        return length <= LONGEST_MESSAGE
                ? message
                : message.substring(0, message.offsetByCodePoints(0, LONGEST_MESSAGE)) + "…";
    }

    private static <T> List<T> plus(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }
}
