package io.tierguard.cli.terminal;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a command reads and prints.
 *
 * @param in what {@code -} stands for
 * @param out results
 * @param err what is said about the work
 * @param isColoured whether results may be coloured
 */
public record Terminal(InputStream in, PrintWriter out, PrintWriter err, boolean isColoured) {

    /** The terminal, files or pipes that this process was started with. */
    public static Terminal ofProcess() {
        return new Terminal(
                System.in,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                wantsColour());
    }

    /** The text in a colour, where colours are shown. */
    public String paint(Colour colour, String text) {
        return isColoured ? colour.paint(text) : text;
    }

    /** Prints a line of results. */
    public void say(String line) {
        out.println(line);
    }

    /** Prints a line about the work. */
    public void remark(String line) {
        out.flush();
        err.println(line);
        err.flush();
    }

    private static boolean wantsColour() {
        @Nullable String noColour = System.getenv("NO_COLOR");
        boolean isUnwanted = (noColour != null && !noColour.isEmpty()) || "dumb".equals(System.getenv("TERM"));
        return !isUnwanted && isTerminal();
    }

    /** Whether results go to a terminal: the start script looks, because not every Java version can. */
    @SuppressWarnings("SystemConsoleNull") // asked only where null still means that there is none
    private static boolean isTerminal() {
        @Nullable String told = System.getProperty("tierguard.terminal");
        return told == null ? Runtime.version().feature() < 22 && System.console() != null : Boolean.parseBoolean(told);
    }
}
