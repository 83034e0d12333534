package io.tierguard.cli.format;

import io.tierguard.cli.terminal.ExitCode;
import io.tierguard.cli.terminal.HelpOption;
import io.tierguard.cli.terminal.Terminal;
import io.tierguard.policy.PolicyLoader;
import io.tierguard.policy.format.FormatOutcome;
import io.tierguard.policy.format.Formatter;
import io.tierguard.policy.source.Style;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code tierguard fmt}. */
@Command(
        name = "fmt",
        description =
                "Lays policy and test files out as the language wants them, and prints the names of those it changed.",
        sortOptions = false,
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  every file is formatted now",
            "  1  a file has errors of syntax; with --check, or is not formatted",
            "  2  the command was not understood, or a file cannot be read or written"
        })
public final class FormatCommand implements Callable<Integer> {
    private static final Path STANDARD_INPUT = Path.of("-");

    private final Terminal terminal;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Parameters(
            paramLabel = "FILE|FOLDER",
            arity = "1..*",
            description = {
                "The files; a folder is every *.tierguard in it and below;",
                "- reads standard input and writes standard output."
            })
    private List<Path> paths = List.of();

    @Option(
            names = "--check",
            description = "Changes nothing; shows the first line of each file that would be otherwise.")
    private boolean isChecking;

    /** The command on a terminal. */
    public FormatCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        int worst = ExitCode.OK;
        for (Path path : paths) {
            worst = Math.max(worst, formatAll(path));
        }
        return worst;
    }

    private int formatAll(Path path) {
        int worst = ExitCode.OK;
        try {
            for (Path file : path.equals(STANDARD_INPUT) ? List.of(path) : PolicyFiles.of(path)) {
                worst = Math.max(worst, format(file));
            }
        } catch (IOException unreadable) {
            worst = failed(path, unreadable);
        }
        return worst;
    }

    private int format(Path file) {
        boolean isStream = file.equals(STANDARD_INPUT);
        try {
            byte[] content = isStream ? terminal.in().readNBytes(PolicyLoader.LONGEST + 1) : PolicyFiles.read(file);
            String name = isStream ? "standard input" : file.toString();
            FormatOutcome outcome = Formatter.format(name, content);
            if (outcome instanceof FormatOutcome.Formatted formatted) {
                byte[] text = formatted.text().getBytes(StandardCharsets.UTF_8);
                boolean isSame = Arrays.equals(content, text);
                return isChecking
                        ? checked(name, isSame, content, formatted.text())
                        : written(file, isStream, isSame, text);
            }
            return left(name, outcome);
        } catch (IOException failure) {
            return failed(file, failure);
        }
    }

    private int checked(String name, boolean isSame, byte[] content, String formatted) {
        if (!isSame) {
            FirstDifference difference = FirstDifference.of(new String(content, StandardCharsets.UTF_8), formatted);
            terminal.say(name + ":" + difference.line() + ": not formatted");
            terminal.say("  found   " + difference.found());
            terminal.say("  wanted  " + difference.wanted());
        }
        return isSame ? ExitCode.OK : ExitCode.FAILED;
    }

    private int written(Path file, boolean isStream, boolean isSame, byte[] text) throws IOException {
        if (isStream) {
            terminal.out().print(new String(text, StandardCharsets.UTF_8));
        } else if (!isSame) {
            PolicyFiles.replace(file, text);
            terminal.say(file.toString());
        }
        return ExitCode.OK;
    }

    /** Says why a file is left as it is. */
    private int left(String name, FormatOutcome outcome) {
        if (outcome instanceof FormatOutcome.Unreadable unreadable) {
            Style style = terminal.isColoured() ? Style.ANSI : Style.PLAIN;
            unreadable.diagnostics().forEach(diagnostic -> terminal.remark(diagnostic.render(style)));
            terminal.remark("tierguard: " + name + " has errors and is left as it is");
        } else if (outcome instanceof FormatOutcome.Refused refused) {
            terminal.remark("tierguard: " + name + " is left as it is: formatted, " + refused.difference()
                    + "; please report this");
        }
        return ExitCode.FAILED;
    }

    private int failed(Path path, IOException failure) {
        terminal.remark("tierguard: " + path + " " + PolicyFiles.said(failure));
        return ExitCode.USAGE;
    }
}
