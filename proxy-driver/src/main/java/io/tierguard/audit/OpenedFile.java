package io.tierguard.audit;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handles on a file of records: to append, to look at its ending, and the claim on it. */
final class OpenedFile implements Closeable {
    private static final Logger LOGGER = LoggerFactory.getLogger(OpenedFile.class);
    private static final int MOST_NAMES = 1000;

    private final Path path;
    private final FileOutputStream out;
    private final @Nullable RandomAccessFile reader;
    private final @Nullable FileClaim claim;

    /** Handles that are open already. */
    OpenedFile(Path path, FileOutputStream out, @Nullable RandomAccessFile reader, @Nullable FileClaim claim) {
        this.path = path;
        this.out = out;
        this.reader = reader;
        this.claim = claim;
    }

    /** Opens the file, or one with a name of its own when another process writes this one. */
    static OpenedFile at(Path wanted) throws AuditException {
        try {
            if (Files.exists(wanted) && !Files.isRegularFile(wanted) && !Files.isDirectory(wanted)) {
                // A device or a pipe: nothing to claim, to continue or to sync.
                return new OpenedFile(wanted, new FileOutputStream(wanted.toFile(), true), null, null);
            }
            Files.createDirectories(parentOf(wanted));
            return claimed(wanted);
        } catch (IOException e) {
            throw FileFault.of("cannot open the audit log", wanted, e);
        }
    }

    /** The file that is written. */
    Path path() {
        return path;
    }

    /** Appends to the file. */
    FileOutputStream out() {
        return out;
    }

    /** How the file ends now. */
    FileEnding ending() throws IOException {
        return reader == null ? FileEnding.EMPTY : FileEnding.of(reader);
    }

    /** Returns once everything written before is on the disk. */
    void sync() throws IOException {
        if (reader != null) {
            out.getFD().sync();
        }
    }

    @Override
    public void close() throws IOException {
        try (out;
                RandomAccessFile closingReader = reader;
                FileClaim closingClaim = claim) {
            sync();
        }
    }

    /** Lets go of a file that could not be continued. */
    void abandon() {
        try {
            close();
        } catch (IOException e) {
            LOGGER.debug("{} did not close well", path, e);
        }
    }

    private static OpenedFile claimed(Path wanted) throws IOException {
        for (int attempt = 0; attempt < MOST_NAMES; attempt++) {
            Path path = attempt == 0 ? wanted : ownName(wanted, attempt);
            Optional<FileClaim> claim = FileClaim.on(path);
            if (claim.isPresent()) {
                if (attempt > 0) {
                    LOGGER.warn("{} is written by another process; this one writes {}", wanted, path);
                }
                return opened(path, claim.get());
            }
        }
        throw new IOException("it and " + MOST_NAMES + " names beside it are written by other processes");
    }

    private static OpenedFile opened(Path path, FileClaim claim) throws IOException {
        boolean isOpened = false;
        try {
            boolean isNew = !Files.exists(path);
            FileOutputStream out = new FileOutputStream(path.toFile(), true);
            RandomAccessFile reader = new RandomAccessFile(path.toFile(), "r");
            if (isNew) {
                syncFolder(parentOf(path));
            }
            isOpened = true;
            return new OpenedFile(path, out, reader, claim);
        } finally {
            if (!isOpened) {
                claim.close();
            }
        }
    }

    /** {@code audit.4711.jsonl} for {@code audit.jsonl}; a second one in the same process gets a number too. */
    private static Path ownName(Path wanted, int attempt) {
        String name = String.valueOf(wanted.getFileName());
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String suffix = dot > 0 ? name.substring(dot) : "";
        String number = attempt == 1 ? "" : "-" + attempt;
        return wanted.resolveSibling(stem + "." + ProcessHandle.current().pid() + number + suffix);
    }

    private static Path parentOf(Path path) {
        @Nullable Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path.toAbsolutePath() : parent;
    }

    /** Makes a new file's name as durable as its content, where the system lets a folder be synced. */
    private static void syncFolder(Path folder) {
        boolean isInterrupted = Thread.interrupted();
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOGGER.debug("{} cannot be synced", folder, e);
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
