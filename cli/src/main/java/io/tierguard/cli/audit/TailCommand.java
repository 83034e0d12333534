package io.tierguard.cli.audit;

import io.tierguard.cli.terminal.ExitCode;
import io.tierguard.cli.terminal.HelpOption;
import io.tierguard.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code tierguard audit tail}. */
@Command(
        name = "tail",
        description = "Prints the last records of an audit log, one sentence for each.",
        sortOptions = false,
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  records were found",
            "  1  there is no record",
            "  2  the command was not understood, or the file cannot be read",
            "  3  a line is no audit record; each is reported on standard error"
        })
final class TailCommand implements Callable<Integer> {
    private static final Path STANDARD_INPUT = Path.of("-");

    private final Terminal terminal;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The log; - is standard input.")
    private Path file = STANDARD_INPUT;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "10",
            description = "How many lines from the end (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on printing what is added, across rotation and truncation, until interrupted.")
    private boolean isFollowing;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text: one sentence for each event; json: the records as they stand"
                    + " (default: ${DEFAULT-VALUE}).")
    private OutputFormat format = OutputFormat.TEXT;

    /** The command on a terminal. */
    TailCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (lines < 0) {
            throw new ParameterException(spec.commandLine(), "-n takes a number from 0");
        }
        try {
            return file.equals(STANDARD_INPUT) ? tailStream(terminal.in(), "standard input") : tailPath();
        } catch (IOException e) {
            terminal.remark("tierguard: " + file + " cannot be read: " + e.getMessage());
            return ExitCode.USAGE;
        }
    }

    private int tailPath() throws IOException {
        if (!Files.exists(file)) {
            terminal.remark("tierguard: " + file + " does not exist");
            return ExitCode.USAGE;
        }
        if (Files.isDirectory(file)) {
            terminal.remark("tierguard: " + file + " is a folder, not a log");
            return ExitCode.USAGE;
        }
        if (Files.isRegularFile(file)) {
            return tailFile();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return tailStream(in, file.toString());
        }
    }

    private int tailStream(InputStream in, String name) throws IOException {
        RecordPrinter printer = new RecordPrinter(terminal, name, format);
        if (isFollowing) {
            InputTail.printAll(in, printer);
        } else {
            InputTail.printLast(in, lines, printer);
        }
        return printer.exitCode();
    }

    private int tailFile() throws IOException {
        RecordPrinter printer = new RecordPrinter(terminal, file.toString(), format);
        try (FileTail tail = new FileTail(file, terminal, printer)) {
            tail.printLast(lines);
            if (isFollowing) {
                tail.follow();
            } else {
                tail.finish();
            }
        }
        return printer.exitCode();
    }
}
