package io.tierguard.cli.terminal;

import picocli.CommandLine.Option;

/** The option that every subcommand has. */
public final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean isRequested;

    /** Whether help was asked for. */
    public boolean isRequested() {
        return isRequested;
    }
}
