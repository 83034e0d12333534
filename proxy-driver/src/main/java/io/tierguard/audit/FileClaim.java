package io.tierguard.audit;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * This process's sole right to write a file.
 *
 * <p>The lock is on a file beside it: POSIX drops a process's locks on a file as soon as any part of the process closes
 * that file, and anybody may read the log.
 */
final class FileClaim implements Closeable {
    private final RandomAccessFile lockFile;

    private FileClaim(RandomAccessFile lockFile) {
        this.lockFile = lockFile;
    }

    /** Claims the file, unless another process, or another copy of this class in this one, has it. */
    static Optional<FileClaim> on(Path file) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".lock");
        RandomAccessFile lockFile = new RandomAccessFile(beside.toFile(), "rw");
        boolean isClaimed = false;
        try {
            @Nullable FileLock lock = lockFile.getChannel().tryLock();
            isClaimed = lock != null;
            return isClaimed ? Optional.of(new FileClaim(lockFile)) : Optional.empty();
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        } finally {
            if (!isClaimed) {
                lockFile.close();
            }
        }
    }

    /** Gives the right back. */
    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
