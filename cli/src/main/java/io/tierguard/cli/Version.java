package io.tierguard.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** Tells which build this is. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        @Nullable String version = TierguardCommand.class.getPackage().getImplementationVersion();
        return new String[] {
            "tierguard " + (version == null ? "(unpackaged)" : version),
            "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")"
        };
    }
}
