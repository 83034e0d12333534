package io.tierguard.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What remains of a write that the disk took only in part. */
class AuditFileTest {
    @TempDir
    private Path folder;

    private final WriterIds ids = new WriterIds();

    @ParameterizedTest
    @ValueSource(ints = {1, 200})
    void aLineWrittenInPartIsClosedOffAndNotedBeforeTheNextRecord(int bytesTaken) throws Exception {
        Path path = folder.resolve("audit.jsonl");
        try (FailingStream out = new FailingStream(path);
                AuditFile file = continuing(path, out)) {
            file.append(event());
            out.takeOnly(bytesTaken);
            assertThatThrownBy(() -> file.append(event()))
                    .isInstanceOf(AuditException.class)
                    .hasMessage("cannot write the audit log " + path + ": No space left on device");
            assertThatThrownBy(() -> file.append(event())).isInstanceOf(AuditException.class);
            out.recover();
            file.append(event());
        }
        List<Optional<Map<String, String>>> lines =
                Records.lines(path).stream().map(Records::parse).toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).isEmpty();
        assertThat(lines.get(2))
                .hasValueSatisfying(note -> assertThat(note.get("note"))
                        .isEqualTo("closed off a line of " + bytesTaken + " bytes that had not been written in full"));
        assertThat(texts(lines, "seq")).containsExactly("1", "2", "3");
        assertThat(texts(lines, "prev")).isEqualTo(texts(lines, "hash").subList(0, 2));
    }

    @Test
    void aLineThatLacksOnlyItsBreakKeepsItsNumber() throws Exception {
        Path path = folder.resolve("audit.jsonl");
        try (FailingStream out = new FailingStream(path);
                AuditFile file = continuing(path, out)) {
            out.takeAllButOne();
            assertThatThrownBy(() -> file.append(event())).isInstanceOf(AuditException.class);
            out.recover();
            file.append(event());
        }
        assertThat(Records.read(path)).extracting(record -> record.get("seq")).containsExactly("1", "2", "3");
    }

    @Test
    void aLineOfWhichNothingWasWrittenLeavesNoTrace() throws Exception {
        Path path = folder.resolve("audit.jsonl");
        try (FailingStream out = new FailingStream(path);
                AuditFile file = continuing(path, out)) {
            out.takeOnly(0);
            assertThatThrownBy(() -> file.append(event())).isInstanceOf(AuditException.class);
            out.recover();
            file.append(event());
        }
        assertThat(Records.read(path))
                .singleElement()
                .satisfies(
                        record -> assertThat(record).containsEntry("seq", "1").containsEntry("stage", "decision"));
    }

    private AuditFile continuing(Path path, FailingStream out) throws Exception {
        OpenedFile opened = new OpenedFile(path, out, new RandomAccessFile(path.toFile(), "r"), null);
        return AuditFile.continuing(opened, new RecordFormat("shop-1", 1), ids);
    }

    private AuditEvent event() {
        return new AuditEvent.Decided(Origin.here(ids.next()), Records.CHECKOUT, Records.DELETE, 0);
    }

    private static List<String> texts(List<Optional<Map<String, String>>> lines, String field) {
        return lines.stream()
                .flatMap(Optional::stream)
                .filter(record -> record.containsKey(field))
                .map(record -> record.get(field))
                .toList();
    }

    /** A disk that takes only some bytes. */
    private static final class FailingStream extends FileOutputStream {
        private int room = Integer.MAX_VALUE;
        private boolean isShortOfOne;

        FailingStream(Path path) throws FileNotFoundException {
            super(path.toFile(), true);
        }

        void takeOnly(int bytes) {
            room = bytes;
        }

        void takeAllButOne() {
            isShortOfOne = true;
        }

        void recover() {
            room = Integer.MAX_VALUE;
            isShortOfOne = false;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int taken = Math.min(room, isShortOfOne ? length - 1 : length);
            super.write(bytes, from, taken);
            if (taken < length) {
                room = 0;
                throw new IOException("No space left on device");
            }
        }
    }
}
