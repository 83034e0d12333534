package io.tierguard.cli.audit;

import io.tierguard.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;

/** Prints parts of a log for another command. */
public final class AuditExcerpt {
    private AuditExcerpt() {}

    /** Prints the last records of the log, one sentence for each. */
    public static void printSentences(Path log, int lines, Terminal terminal) throws IOException {
        print(log, lines, terminal, new RecordPrinter(terminal, log.toString(), OutputFormat.TEXT));
    }

    /** Prints the last record of the log as it stands. */
    public static void printLastRecord(Path log, Terminal terminal) throws IOException {
        print(log, 1, terminal, new RecordPrinter(terminal, log.toString(), OutputFormat.JSON));
    }

    private static void print(Path log, int lines, Terminal terminal, RecordPrinter printer) throws IOException {
        try (FileTail tail = new FileTail(log, terminal, printer)) {
            tail.printLast(lines);
            tail.finish();
        }
    }
}
