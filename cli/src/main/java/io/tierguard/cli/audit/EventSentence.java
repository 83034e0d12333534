package io.tierguard.cli.audit;

import io.tierguard.cli.terminal.Colour;
import io.tierguard.cli.terminal.Printable;
import io.tierguard.cli.terminal.Terminal;
import java.util.Locale;
import java.util.StringJoiner;

/** Tells an event in one English sentence. */
final class EventSentence {
    private final Terminal terminal;

    /** Sentences for this terminal. */
    EventSentence(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The event's time, sentence, and how to find more of it. */
    String of(LoggedEvent event) {
        String sentence = Printable.of(sentence(event));
        return terminal.paint(Colour.FAINT, Printable.of(second(event.text("time"))))
                + " "
                + (event.isDenial() ? terminal.paint(Colour.RED, sentence) : sentence)
                + terminal.paint(Colour.FAINT, Printable.of(origin(event)));
    }

    private static String sentence(LoggedEvent event) {
        String who = event.text("component").isEmpty() ? "somebody" : event.text("component");
        String what = event.text("db.query.summary").isEmpty()
                ? event.text("db.operation.name")
                : event.text("db.query.summary");
        return switch (event.text("stage")) {
            case "decision" -> decision(event, who, what);
            case "completed" -> who + " ran " + what + rows(event) + duration(event);
            case "failed" -> "the database refused " + what + " of " + who + sqlState(event) + duration(event);
            case "note" -> "the log notes: " + event.text("note");
            default -> who + ", stage " + event.text("stage") + ": " + what;
        };
    }

    private static String decision(LoggedEvent event, String who, String what) {
        if (event.isDenial()) {
            return denial(event, who, what);
        }
        return event.isObserved()
                ? "only observed: " + denial(event, who, what)
                : who + " may run " + what + batch(event);
    }

    private static String denial(LoggedEvent event, String who, String what) {
        if (event.reasons().isEmpty()) {
            return who + " may not run " + what;
        }
        StringJoiner sentences = new StringJoiner("; also: ");
        event.reasons().forEach(reason -> sentences.add(reason.toString()));
        return sentences + batch(event);
    }

    private static String batch(LoggedEvent event) {
        String size = event.text("db.operation.batch.size");
        return size.isEmpty() ? "" : ", a batch of " + size;
    }

    private static String rows(LoggedEvent event) {
        String rows = event.text("rows");
        return rows.isEmpty() ? "" : ": " + rows + (rows.equals("1") ? " row" : " rows");
    }

    private static String sqlState(LoggedEvent event) {
        String state = event.text("db.response.status_code");
        return state.isEmpty() ? "" : ", SQLState " + state;
    }

    private static String duration(LoggedEvent event) {
        try {
            double millis = Long.parseLong(event.text("duration_ns")) / 1e6;
            return String.format(Locale.ROOT, " in %.1f ms", millis);
        } catch (NumberFormatException e) {
            return "";
        }
    }

    private static String origin(LoggedEvent event) {
        StringJoiner origin = new StringJoiner(", ", " [", "]");
        if (!event.text("release").isEmpty()) {
            origin.add("release " + event.text("release"));
        }
        return origin.add(event.text("id")).toString();
    }

    /** The time to the second; as it stands where it is no time of ours. */
    private static String second(String time) {
        int point = time.indexOf('.');
        return point > 0 && time.endsWith("Z") ? time.substring(0, point) + "Z" : time;
    }
}
