package io.tierguard.cli.terminal;

/**
 * Makes text that somebody else wrote safe to print: a control character or a bidirectional override in a statement must
 * not move the cursor, change a colour or reverse a line.
 */
public final class Printable {
    private Printable() {}

    /** The text with everything that could steer a terminal as a {@code \\u} escape; fit for JSON, too. */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (steers(text.charAt(i))) {
                return escaped(text);
            }
        }
        return text;
    }

    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (steers(c)) {
                safe.append(String.format("\\u%04x", (int) c));
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }

    private static boolean steers(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
