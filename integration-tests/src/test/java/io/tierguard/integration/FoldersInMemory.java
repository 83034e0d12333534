package io.tierguard.integration;

import io.tierguard.integration.server.MemoryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Makes the tests' folders in memory where that has room: the audit log waits for the disk with each denial, of which the
 * tests make tens of thousands.
 */
final class FoldersInMemory implements TempDirFactory {
    private static final long ROOM_OF_ALL_TESTS = 512;

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test) throws IOException {
        Optional<Path> memory = MemoryFolder.with(ROOM_OF_ALL_TESTS);
        return memory.isPresent()
                ? Files.createTempDirectory(memory.get(), "tierguard")
                : Files.createTempDirectory("tierguard");
    }
}
