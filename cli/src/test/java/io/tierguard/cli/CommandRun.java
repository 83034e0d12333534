package io.tierguard.cli;

import io.tierguard.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What came of running the command in this process.
 *
 * @param exitCode what the shell would be told
 * @param out what it printed
 * @param err what it said about its work
 */
public record CommandRun(int exitCode, String out, String err) {

    /** Runs the command as in a pipe, with nothing on standard input. */
    public static CommandRun of(Object... arguments) {
        return with("", false, arguments);
    }

    /** Runs the command with this on standard input. */
    public static CommandRun with(String input, boolean isColoured, Object... arguments) {
        InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(in, new PrintWriter(out), new PrintWriter(err), isColoured);
        String[] texts = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
        int code = TierguardCommand.run(terminal, texts);
        return new CommandRun(code, unified(out), unified(err));
    }

    private static String unified(StringWriter text) {
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
