package io.tierguard.cli.audit;

import io.tierguard.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code tierguard audit}. */
@Command(
        name = "audit",
        description = "Reads audit logs.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class AuditCommand {
    private AuditCommand() {}

    /** The command with its subcommands. */
    public static CommandLine commandLine(Terminal terminal) {
        return new CommandLine(new AuditCommand()).addSubcommand(new TailCommand(terminal));
    }
}
