package io.tierguard.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tierguard.policy.model.Durability;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAuditLogTest {
    @TempDir
    private Path folder;

    @Test
    void aDecisionIsInTheFileWhenTheCallReturns() throws Exception {
        Path file = folder.resolve("logs/of/audit.jsonl");
        try (AuditLog log = AuditLogs.open(file)) {
            String flushed = log.decided(Records.CHECKOUT, Records.UPDATE, 0, Durability.FLUSH);
            assertThat(Records.read(file))
                    .last()
                    .satisfies(record -> assertThat(record).containsEntry("id", flushed));

            String synced = log.decided(Records.CHECKOUT, Records.DELETE, 0, Durability.FSYNC);
            assertThat(Records.read(file))
                    .last()
                    .satisfies(record ->
                            assertThat(record).containsEntry("id", synced).containsEntry("decision", "deny"));
        }
    }

    @Test
    void anOutcomeRepeatsItsDecisionsId() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        try (AuditLog log = AuditLogs.open(file)) {
            String id = log.decided(Records.CHECKOUT, Records.UPDATE, 0, Durability.ASYNC);
            log.completed(id, Records.CHECKOUT, Records.UPDATE, 3, 1000);
            log.failed(id, Records.CHECKOUT, Records.UPDATE, "40001", 2000);
        }
        assertThat(Records.read(file))
                .extracting(record -> record.get("id"))
                .hasSize(3)
                .containsOnly(Records.read(file).get(0).get("id"));
        assertThat(Records.read(file))
                .extracting(record -> record.get("stage"))
                .containsExactly("decision", "completed", "failed");
    }

    @Test
    void everyoneInOneProcessSharesTheLogOfAFile() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        Path sameFile = folder.resolve("x/../audit.jsonl");
        AuditLog first = AuditLogs.open(file);
        AuditLog second = AuditLogs.open(sameFile);

        assertThat(second).isSameAs(first);
        first.close();
        second.decided(Records.CHECKOUT, Records.UPDATE, 0, Durability.FLUSH);
        second.close();
        assertThatThrownBy(() -> second.decided(Records.CHECKOUT, Records.UPDATE, 0, Durability.FLUSH))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void manyThreadsMakeOneSequenceWithoutGaps() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        Set<String> ids;
        try (AuditLog log = AuditLogs.open(file)) {
            ids = onThreads(16, thread -> {
                List<String> own = new ArrayList<>();
                for (int i = 0; i < 500; i++) {
                    Durability durability =
                            i % 50 == 0 ? Durability.FSYNC : i % 2 == 0 ? Durability.FLUSH : Durability.ASYNC;
                    own.add(log.decided(Records.CHECKOUT, Records.UPDATE, 0, durability));
                }
                return own;
            });
        }
        List<Map<String, String>> records = Records.read(file);
        assertThat(ids).hasSize(16 * 500);
        assertThat(records).extracting(record -> record.get("id")).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(records)
                .extracting(record -> Long.valueOf(record.get("seq")))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, records.size()).boxed().toList());
    }

    @Test
    void everyRecordIsChainedToTheOneBeforeItAcrossRestarts() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        for (int start = 0; start < 3; start++) {
            try (AuditLog log = AuditLogs.open(file)) {
                log.decided(Records.CHECKOUT, Records.UPDATE, 0, Durability.FLUSH);
                log.decided(Records.CHECKOUT, Records.DELETE, 0, Durability.FLUSH);
            }
        }
        assertThat(Records.lines(file)).hasSize(6);
        assertChained(file);
    }

    @Test
    void aTornLineIsClosedOffAndNoted() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        writeTwo(file);
        Files.writeString(file, "{\"schema\":\"tierg", StandardOpenOption.APPEND);
        writeTwo(file);

        List<String> lines = Records.lines(file);
        assertThat(lines).hasSize(6);
        assertThat(Records.parse(lines.get(2))).isEmpty();
        assertThat(Records.parse(lines.get(3)))
                .hasValueSatisfying(note -> assertThat(note)
                        .containsEntry("stage", "note")
                        .containsEntry("note", "closed off a line of 16 bytes that had not been written in full"));
        Files.write(
                file,
                lines.stream().filter(line -> Records.parse(line).isPresent()).toList());
        assertChained(file);
    }

    @Test
    void aRecordThatLacksOnlyItsLineBreakStaysARecord() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        writeTwo(file);
        Files.writeString(file, Files.readString(file).stripTrailing());
        writeTwo(file);

        assertThat(Records.read(file)).hasSize(5);
        assertChained(file);
    }

    @Test
    void aFileOfSomebodyElseIsContinued() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        Files.writeString(file, "x".repeat(200_000) + "\n" + "y".repeat(100_000));
        writeTwo(file);

        assertThat(Records.lines(file)).hasSize(5).last().asString().startsWith("{\"schema\"");
    }

    @Test
    void aFullDiskRefusesTheRecordAndNamesTheFile() throws Exception {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        try (AuditLog log = AuditLogs.open(full)) {
            for (Durability durability : List.of(Durability.FLUSH, Durability.FSYNC)) {
                assertThatThrownBy(() -> log.decided(Records.CHECKOUT, Records.UPDATE, 0, durability))
                        .isInstanceOf(AuditException.class)
                        .hasMessage("cannot write the audit log /dev/full: No space left on device");
            }
            log.completed("x", Records.CHECKOUT, Records.UPDATE, 1, 1);
            log.failed("x", Records.CHECKOUT, Records.UPDATE, "", 1);
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsAnErrorThatNamesIt() throws Exception {
        Path notAFolder = Files.writeString(folder.resolve("plain"), "");

        assertThatThrownBy(() -> AuditLogs.open(notAFolder.resolve("audit.jsonl")))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining(notAFolder.resolve("audit.jsonl").toString())
                .hasMessageContaining("not a folder");
        assertThatThrownBy(() -> AuditLogs.open(folder))
                .isInstanceOf(AuditException.class)
                .hasMessage("cannot open the audit log " + folder + ": Is a directory");
    }

    @Test
    void anUnwritableFolderIsAnErrorThatSaysSo() throws Exception {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeThat(Files.isWritable(locked))
                .as("tests run by root may write everywhere")
                .isFalse();

        assertThatThrownBy(() -> AuditLogs.open(locked.resolve("audit.jsonl")))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("audit.jsonl: Permission denied");
    }

    @Test
    void anInterruptedThreadWritesAndClosesNothingForTheOthers() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        try (AuditLog log = openInterrupted(file)) {
            Set<String> ids = onThreads(4, thread -> {
                List<String> own = new ArrayList<>();
                for (int i = 0; i < 60; i++) {
                    Thread.currentThread().interrupt();
                    own.add(log.decided(Records.CHECKOUT, Records.UPDATE, 0, Durability.values()[i % 3]));
                    assertThat(Thread.interrupted()).isTrue();
                }
                return own;
            });
            log.decided(Records.CHECKOUT, Records.UPDATE, 0, Durability.FSYNC);
            assertThat(ids).hasSize(240);
        }
        assertThat(Records.read(file)).hasSize(241);
    }

    private static AuditLog openInterrupted(Path file) throws AuditException {
        Thread.currentThread().interrupt();
        AuditLog log = AuditLogs.open(file);
        assertThat(Thread.interrupted()).isTrue();
        return log;
    }

    private static void writeTwo(Path file) throws AuditException {
        try (AuditLog log = AuditLogs.open(file)) {
            log.decided(Records.CHECKOUT, Records.UPDATE, 0, Durability.FLUSH);
            log.decided(Records.CHECKOUT, Records.DELETE, 0, Durability.FLUSH);
        }
    }

    private static void assertChained(Path file) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        String previous = null;
        for (String line : Records.lines(file)) {
            Map<String, String> record = Records.parse(line).orElseThrow();
            String covered = line.substring(0, line.lastIndexOf(",\"hash\""));
            byte[] digest = sha256.digest(covered.getBytes(StandardCharsets.UTF_8));
            assertThat(record.get("prev")).isEqualTo(previous);
            assertThat(record.get("hash")).isEqualTo(HexFormat.of().formatHex(digest));
            previous = record.get("hash");
        }
    }

    @FunctionalInterface
    private interface Work {
        List<String> on(int thread) throws Exception;
    }

    private static Set<String> onThreads(int threads, Work work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<List<String>>> tasks = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                tasks.add(() -> work.on(thread));
            }
            Set<String> all = new HashSet<>();
            for (Future<List<String>> result : executor.invokeAll(tasks)) {
                all.addAll(result.get());
            }
            return all;
        } finally {
            executor.shutdownNow();
        }
    }
}
