package io.tierguard.measure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables of a psql session, and what stands for them in a text. */
final class PsqlVariables {

    private final Map<String, String> values = new HashMap<>();

    void set(String name, String value) {
        values.put(name, value);
    }

    void unset(String name) {
        values.remove(name);
    }

    /**
     * What a reference that begins at a colon stands for.
     *
     * @param text what stands there instead
     * @param end where the reference ends
     */
    record Replacement(String text, int end) {}

    /** The replacement of {@code :name}, {@code :'name'}, {@code :"name"} or {@code :{?name}}; null where none is there. */
    @Nullable
    Replacement at(String text, int colon) {
        int first = colon + 1;
        if (first >= text.length()) {
            return null;
        }
        char mark = text.charAt(first);
        if (text.startsWith("{?", first)) {
            int close = text.indexOf('}', first);
            return close < 0
                    ? null
                    : new Replacement(
                            values.containsKey(text.substring(first + 2, close)) ? "TRUE" : "FALSE", close + 1);
        }
        boolean quoted = mark == '\'' || mark == '"';
        int start = quoted ? first + 1 : first;
        int end = start;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        String value = values.get(text.substring(start, end));
        if (end == start || value == null || (quoted && (end >= text.length() || text.charAt(end) != mark))) {
            return null;
        }
        String doubled = String.valueOf(mark);
        return quoted
                ? new Replacement(mark + value.replace(doubled, doubled + doubled) + mark, end + 1)
                : new Replacement(value, end);
    }

    /** The arguments of a backslash command, its quotes taken off and its variables replaced. */
    List<String> arguments(String line) {
        List<String> arguments = new ArrayList<>();
        StringBuilder argument = new StringBuilder();
        boolean open = false;
        int i = 0;
        while (i < line.length()) {
            char c = line.charAt(i);
            Replacement replacement = c == ':' ? at(line, i) : null;
            if (replacement != null) {
                boolean bare = Character.isLetter(line.charAt(i + 1)) || line.charAt(i + 1) == '_';
                argument.append(bare ? replacement.text() : replacement.text().replaceAll("^['\"]|['\"]$", ""));
                open = true;
                i = replacement.end();
            } else if (c == '\'') {
                int close = line.indexOf('\'', i + 1);
                int end = close < 0 ? line.length() : close;
                argument.append(line, i + 1, end);
                open = true;
                i = end + 1;
            } else if (Character.isWhitespace(c)) {
                if (open) {
                    arguments.add(argument.toString());
                }
                argument.setLength(0);
                open = false;
                i++;
            } else {
                argument.append(c);
                open = true;
                i++;
            }
        }
        if (open) {
            arguments.add(argument.toString());
        }
        return arguments;
    }
}
