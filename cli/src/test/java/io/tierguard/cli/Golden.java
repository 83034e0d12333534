package io.tierguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares output with a file under {@code src/test/resources}; {@code -Dgolden.update=true} writes the file instead. */
public final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/io/tierguard/cli");

    private Golden() {}

    /** The golden file of this name holds this text. */
    public static void assertMatches(String name, String text) throws IOException {
        Path file = FOLDER.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }
}
