package io.tierguard.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Durability;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WriterProcessTest {
    @TempDir
    private Path folder;

    @RepeatedTest(3)
    void aKilledProcessLeavesEveryRecordItAcknowledgedAndAtMostOneTornLine() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        Process process = WriterProcess.start(file, Integer.MAX_VALUE);
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            while (acknowledged.size() < 2000) {
                acknowledged.add(out.readLine());
            }
            // Through its handle: Process.destroyForcibly() would also close the stream we still read.
            process.toHandle().destroyForcibly();
            out.lines().filter(line -> line.endsWith(";")).forEach(acknowledged::add);
        }
        process.waitFor();

        List<String> lines = Records.lines(file);
        List<String> torn =
                lines.stream().filter(line -> Records.parse(line).isEmpty()).toList();
        assertThat(torn.size()).isLessThanOrEqualTo(1);
        assertThat(torn).isSubsetOf(lines.get(lines.size() - 1));
        assertThat(ids(lines))
                .containsAll(
                        acknowledged.stream().map(id -> id.replace(";", "")).toList());

        try (AuditLog log = AuditLogs.open(file)) {
            log.decided(Records.CHECKOUT, Records.DELETE, 0, Durability.FSYNC);
        }
        assertThat(Files.readString(file)).endsWith("}\n");
    }

    @Test
    void aProcessThatEndsWritesWhatIsQueued() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        Process process = WriterProcess.start(file, 1000);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.lines()).hasSize(4000);
        }
        assertThat(process.waitFor()).isZero();

        assertThat(Records.read(file)).hasSize(8000);
        assertThat(Records.read(file))
                .filteredOn(record -> "completed".equals(record.get("stage")))
                .hasSize(4000);
    }

    @Test
    void twoProcessesNeverWriteOneFile() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        try (AuditLog log = AuditLogs.open(file)) {
            log.decided(Records.CHECKOUT, Records.DELETE, 0, Durability.FLUSH);
            // Reading the log in this process must not give its lock away.
            assertThat(Records.read(file)).hasSize(1);
            Process process = WriterProcess.start(file, 10);
            assertThat(process.waitFor()).isZero();

            assertThat(Records.read(file)).hasSize(1);
            assertThat(Records.read(folder.resolve("audit." + process.pid() + ".jsonl")))
                    .hasSize(80);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(path -> path.toString().endsWith(".jsonl"))).hasSize(2);
        }
    }

    private static Set<String> ids(List<String> lines) throws IOException {
        Set<String> ids = new HashSet<>();
        for (String line : lines) {
            Records.parse(line)
                    .map((Map<String, String> record) -> record.get("id"))
                    .ifPresent(ids::add);
        }
        return ids;
    }
}
