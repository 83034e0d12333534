package io.tierguard.integration.oracle;

import java.util.List;
import java.util.regex.Pattern;

/** One cell of the grid: a form, written with a trick, sent by a way in. */
record Cell(Engine engine, Form form, Trick trick, WayIn way) {
    private static final Pattern UNSEEN = Pattern.compile("[^\\x20-\\x7e]");

    List<String> statements() {
        return form.on(engine, trick);
    }

    /** Whether the trick writes anything differently. */
    boolean isWrittenDifferently() {
        return trick.isPlain() || !statements().equals(form.on(engine, Trick.PLAIN));
    }

    @Override
    public String toString() {
        String text = String.join(" ;; ", statements());
        String start = text.length() > 300 ? text.substring(0, 300) + "…" : text;
        String shown = UNSEEN.matcher(start)
                .replaceAll(
                        found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
        return engine + " | " + form.name() + " | " + trick.name() + " | " + way + " | " + shown;
    }
}
