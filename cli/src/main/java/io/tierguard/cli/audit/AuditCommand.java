package io.tierguard.cli.audit;

import io.tierguard.cli.terminal.HelpOption;
import io.tierguard.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code tierguard audit}. */
@Command(name = "audit", description = "Reads audit logs.", synopsisSubcommandLabel = "COMMAND")
public final class AuditCommand {
    @Mixin
    private final HelpOption help = new HelpOption();

    private AuditCommand() {}

    /** The command with its subcommands. */
    public static CommandLine commandLine(Terminal terminal) {
        return new CommandLine(new AuditCommand()).addSubcommand(new TailCommand(terminal));
    }
}
