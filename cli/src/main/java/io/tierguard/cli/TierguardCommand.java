package io.tierguard.cli;

import io.tierguard.cli.audit.AuditCommand;
import io.tierguard.cli.check.CheckCommand;
import io.tierguard.cli.demo.DemoCommand;
import io.tierguard.cli.explain.ExplainCommand;
import io.tierguard.cli.format.FormatCommand;
import io.tierguard.cli.terminal.ExitCode;
import io.tierguard.cli.terminal.Terminal;
import io.tierguard.cli.test.TestCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;

/** The command {@code tierguard}. */
@Command(
        name = "tierguard",
        description = "Keeps a bad release from damaging the data that matters.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  all is well, or something was found",
            "  1  a file has errors or is not formatted, a test failed, a statement would be",
            "     denied, the demonstration went wrong, or nothing was found",
            "  2  the command was not understood, or what it names cannot be read",
            "  3  a file holds what is no audit record",
            "",
            "`tierguard COMMAND --help` tells more about each. Set NO_COLOR for plain output."
        })
public final class TierguardCommand {
    private TierguardCommand() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(Terminal.ofProcess(), arguments));
    }

    /** Runs the command and returns its exit code. */
    public static int run(Terminal terminal, String... arguments) {
        CommandLine line = new CommandLine(new TierguardCommand())
                .addSubcommand(new CheckCommand(terminal))
                .addSubcommand(new FormatCommand(terminal))
                .addSubcommand(new TestCommand(terminal))
                .addSubcommand(new ExplainCommand(terminal))
                .addSubcommand(new DemoCommand(terminal))
                .addSubcommand(AuditCommand.commandLine(terminal))
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(Help.defaultColorScheme(terminal.isColoured() ? Help.Ansi.ON : Help.Ansi.OFF))
                .setUsageHelpAutoWidth(false)
                .setCaseInsensitiveEnumValuesAllowed(true);
        if (arguments.length == 0) {
            line.usage(terminal.err());
            return ExitCode.USAGE;
        }
        int code = line.execute(arguments);
        // Whoever redirects results to a full disk must not take them for written.
        boolean isLost = terminal.out().checkError();
        if (isLost) {
            terminal.remark("tierguard: the output cannot be written");
        }
        terminal.err().flush();
        return isLost ? ExitCode.USAGE : code;
    }
}
