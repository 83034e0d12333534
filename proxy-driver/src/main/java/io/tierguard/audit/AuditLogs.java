package io.tierguard.audit;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The audit logs that are open in this process: one for each file, however many connections and pools write it. Safe for
 * use by many threads.
 */
public final class AuditLogs {
    private static final AuditLogs OPEN = new AuditLogs();

    private static final class Holding {
        private final FileAuditLog log;
        private int holders;

        Holding(FileAuditLog log) {
            this.log = log;
        }
    }

    private final Map<Path, Holding> holdings = new HashMap<>();

    private AuditLogs() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::drainAll, "tierguard-audit-shutdown"));
    }

    /**
     * The log into this file, the same one for everybody in this process; the file is let go of when everyone who opened
     * it has closed it. Folders that are missing are created; if another process writes the file, this one writes
     * {@code name.<pid>.jsonl} beside it and says so at WARN.
     *
     * @throws AuditException if the file can't be written; its message names the file and the cause
     */
    public static AuditLog open(Path file) throws AuditException {
        return OPEN.hold(canonical(file));
    }

    private synchronized AuditLog hold(Path file) throws AuditException {
        @Nullable Holding holding = holdings.get(file);
        if (holding == null) {
            WriterIds ids = new WriterIds();
            RecordFormat format =
                    new RecordFormat(hostName(), ProcessHandle.current().pid());
            AuditFile continued = AuditFile.continuing(OpenedFile.at(file), format, ids);
            holding = new Holding(new FileAuditLog(continued, ids, log -> letGo(file, log)));
            holdings.put(file, holding);
        }
        holding.holders++;
        return holding.log;
    }

    private synchronized void letGo(Path file, FileAuditLog log) {
        @Nullable Holding holding = holdings.get(file);
        if (holding != null && holding.log == log && --holding.holders == 0) {
            holdings.remove(file);
            log.release();
        }
    }

    private void drainAll() {
        List<Holding> atShutdown;
        synchronized (this) {
            atShutdown = List.copyOf(holdings.values());
        }
        for (Holding holding : atShutdown) {
            holding.log.drain();
        }
    }

    private static Path canonical(Path file) throws AuditException {
        try {
            return file.toFile().getCanonicalFile().toPath();
        } catch (IOException e) {
            throw FileFault.of("cannot open the audit log", file, e);
        }
    }

    private static String hostName() {
        @Nullable String fromEnvironment = System.getenv("HOSTNAME");
        if (fromEnvironment != null && !fromEnvironment.isEmpty()) {
            return fromEnvironment;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "";
        }
    }
}
