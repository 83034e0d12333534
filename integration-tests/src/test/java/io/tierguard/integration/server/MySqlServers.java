package io.tierguard.integration.server;

import org.jspecify.annotations.Nullable;

/** The servers of the MySQL family that the tests share; each starts when first asked for and ends with the process. */
public enum MySqlServers {
    /** The newest MariaDB that an artifact holds. */
    MARIADB(new MariaDbBinaries("11.4.5")),
    /** The oldest MariaDB that is supported. */
    OLDER_MARIADB(new MariaDbBinaries("10.11.5")),
    /** The only MySQL that an artifact holds: 8.0.15. */
    MYSQL(new MySqlBinaries("0.6"));

    private final ServerBinaries binaries;
    private @Nullable ServerProcess running;

    MySqlServers(ServerBinaries binaries) {
        this.binaries = binaries;
    }

    /** Whether it can run on this platform. */
    public boolean isAvailable() {
        return binaries.arePresent();
    }

    /** The port on this machine's loopback address at which it answers. */
    public synchronized int port() {
        ServerProcess server = running;
        if (server == null) {
            server = ServerProcess.start(binaries);
            running = server;
        }
        return server.port();
    }
}
