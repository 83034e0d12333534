package io.tierguard.cli.terminal;

/** What the command tells the shell that ran it. */
public final class ExitCode {
    /** Everything is as it should be; something was found. */
    public static final int OK = 0;
    /** The policy has errors, a test failed, a statement would be denied, or nothing was found. */
    public static final int FAILED = 1;
    /** The command was not understood, or what it names cannot be read. */
    public static final int USAGE = 2;
    /** A file holds what is no audit record. */
    public static final int INTEGRITY = 3;

    private ExitCode() {}
}
