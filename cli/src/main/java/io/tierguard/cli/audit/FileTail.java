package io.tierguard.cli.audit;

import io.tierguard.cli.terminal.Terminal;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tails a file from its end, and goes on with whatever file has its name. */
final class FileTail implements Closeable {
    private static final int BLOCK = 65_536;
    private static final long POLL_MILLIS = 200;

    private final Path path;
    private final Terminal terminal;
    private final RecordPrinter printer;
    private final byte[] buffer = new byte[BLOCK];
    private RandomAccessFile file;
    private Optional<Object> identity;
    private LineCutter cutter;

    /** A tail of the file. */
    FileTail(Path path, Terminal terminal, RecordPrinter printer) throws IOException {
        this.path = path;
        this.terminal = terminal;
        this.printer = printer;
        this.identity = identityAt(path);
        this.file = new RandomAccessFile(path.toFile(), "r");
        this.cutter = new LineCutter(0, printer::line);
    }

    /** Prints the last lines. */
    void printLast(int lines) throws IOException {
        long start = startOfLast(lines);
        file.seek(start);
        cutter = new LineCutter(start, printer::line);
        readOn();
    }

    /** Prints what is left of a line without a line break. */
    void finish() {
        cutter.finish();
    }

    /** Prints what is added until this thread is interrupted or nobody reads any more. */
    void follow() throws IOException {
        while (!terminal.out().checkError()) {
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            readOn();
            if (file.length() < file.getFilePointer()) {
                terminal.remark(path + " was truncated; reading it from its start");
                file.seek(0);
                cutter = new LineCutter(0, printer::line);
            }
            goOnWithNewFile();
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void goOnWithNewFile() throws IOException {
        Optional<Object> now = identityAt(path);
        if (now.isPresent() && !now.equals(identity)) {
            RandomAccessFile next = new RandomAccessFile(path.toFile(), "r");
            // Whatever was added to the old file between the last look and its renaming.
            readOn();
            cutter.finish();
            file.close();
            terminal.remark(path + " is a new file; reading it from its start");
            file = next;
            identity = now;
            cutter = new LineCutter(0, printer::line);
            readOn();
        }
    }

    private void readOn() throws IOException {
        for (int length = file.read(buffer); length > 0; length = file.read(buffer)) {
            cutter.feed(buffer, length);
        }
    }

    /** Where the last lines begin; a torn one counts, unless none are wanted. */
    private long startOfLast(int lines) throws IOException {
        long end = file.length();
        if (lines > 0 && end > 0 && byteAt(end - 1) == '\n') {
            end--;
        }
        int missing = Math.max(1, lines);
        while (end > 0) {
            int size = (int) Math.min(BLOCK, end);
            file.seek(end - size);
            file.readFully(buffer, 0, size);
            for (int i = size - 1; i >= 0; i--) {
                if (buffer[i] == '\n' && --missing == 0) {
                    return end - size + i + 1;
                }
            }
            end -= size;
        }
        return 0;
    }

    private int byteAt(long position) throws IOException {
        file.seek(position);
        return file.read();
    }

    private static Optional<Object> identityAt(Path path) {
        try {
            @Nullable
            Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return Optional.ofNullable(key);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
