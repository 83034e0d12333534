package io.tierguard.integration.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A place for files in memory: tests need none of theirs afterwards, and would wait for the disk more than for anything else. */
public final class MemoryFolder {
    private static final Path MEMORY = Path.of("/dev/shm");

    private MemoryFolder() {}

    /** The folder where the system has one with so much room; containers often have less. */
    public static Optional<Path> with(long megabytes) {
        boolean hasRoom = Files.isWritable(MEMORY) && MEMORY.toFile().getUsableSpace() >> 20 > megabytes;
        return hasRoom ? Optional.of(MEMORY) : Optional.empty();
    }
}
