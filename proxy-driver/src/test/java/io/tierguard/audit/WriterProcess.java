package io.tierguard.audit;

import io.tierguard.policy.model.Durability;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process of its own that writes records from four threads and acknowledges each on its standard output. */
final class WriterProcess {
    private WriterProcess() {}

    /** Starts one that writes {@code records} records a thread into {@code file}. */
    static Process start(Path file, int records) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path").replace(";", File.pathSeparator),
                        WriterProcess.class.getName(),
                        file.toString(),
                        Integer.toString(records))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public static void main(String[] arguments) throws Exception {
        AuditLog log = AuditLogs.open(Path.of(arguments[0]));
        int records = Integer.parseInt(arguments[1]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (int i = 0; i < 4; i++) {
            Durability durability = i == 0 ? Durability.FSYNC : Durability.FLUSH;
            new Thread(() -> write(log, records, durability, out)).start();
        }
    }

    private static void write(AuditLog log, int records, Durability durability, PrintStream out) {
        try {
            for (int i = 0; i < records; i++) {
                String id = log.decided(Records.CHECKOUT, Records.DELETE, 0, durability);
                out.println(id + ";");
                log.completed(id, Records.CHECKOUT, Records.UPDATE, 1, 1);
            }
        } catch (AuditException e) {
            out.println("failed: " + e.getMessage());
        }
    }
}
