package io.tierguard.cli.audit;

import io.tierguard.cli.terminal.ExitCode;
import io.tierguard.cli.terminal.Printable;
import io.tierguard.cli.terminal.Terminal;
import java.nio.charset.StandardCharsets;

/** Prints records and keeps count of the lines that are none. */
final class RecordPrinter {
    private final Terminal terminal;
    private final String source;
    private final OutputFormat format;
    private final RecordReader reader = new RecordReader();
    private final EventSentence sentence;
    private long found;
    private long malformed;

    /** A printer of the records of {@code source}. */
    RecordPrinter(Terminal terminal, String source, OutputFormat format) {
        this.terminal = terminal;
        this.source = source;
        this.format = format;
        this.sentence = new EventSentence(terminal);
    }

    /** Prints a line's record, or says that it holds none; blank lines hold nothing to miss. */
    void line(Line line) {
        if (line.isBlank()) {
            return;
        }
        try {
            LoggedEvent event = reader.read(line.whole());
            found++;
            terminal.say(
                    format == OutputFormat.JSON
                            ? Printable.of(new String(line.whole(), StandardCharsets.UTF_8).strip())
                            : sentence.of(event));
        } catch (MalformedRecordException e) {
            malformed++;
            String torn = line.isTorn() ? "the last line is torn, " : "";
            terminal.remark(Printable.of(source + ", byte " + line.offset() + ": " + torn + e.getMessage()));
        }
    }

    /** What the shell is told; says how many lines were malformed. */
    int exitCode() {
        if (malformed > 0) {
            terminal.remark(malformed + (malformed == 1 ? " line is" : " lines are") + " malformed");
            return ExitCode.INTEGRITY;
        }
        return found > 0 ? ExitCode.OK : ExitCode.FAILED;
    }
}
