package io.tierguard.integration.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The artifacts of older databases, which the build puts beside the class path because newer ones are on it. */
public final class OlderArtifacts {
    private static final Path FOLDER = Path.of(System.getProperty("older.databases", "target/older-databases"));

    private OlderArtifacts() {}

    /** The one artifact whose file name begins so. */
    public static Path startingWith(String name) {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name))
                    .findAny()
                    .orElseThrow(() -> new IllegalStateException("no artifact " + name + " in " + FOLDER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
