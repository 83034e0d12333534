package io.tierguard.measure;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The scripts of a folder of regression tests, in the order of its schedule. */
final class RegressionScripts {

    private RegressionScripts() {}

    /** The scripts of {@code folder/sql} as {@code folder/parallel_schedule} has them; without one, by name. */
    static List<Path> of(Path folder) throws IOException {
        List<Path> scripts = new ArrayList<>();
        Path schedule = folder.resolve("parallel_schedule");
        Path sql = Files.isDirectory(folder.resolve("sql")) ? folder.resolve("sql") : folder;
        if (Files.exists(schedule)) {
            for (String line : Files.readAllLines(schedule)) {
                if (line.startsWith("test:")) {
                    for (String name : line.substring(5).strip().split("\\s+")) {
                        scripts.add(sql.resolve(name + ".sql"));
                    }
                }
            }
        }
        try (Stream<Path> all = Files.walk(sql)) {
            all.filter(file -> file.toString().endsWith(".sql"))
                    .filter(file -> !scripts.contains(file))
                    .sorted()
                    .forEach(scripts::add);
        }
        scripts.removeIf(script -> !Files.exists(script));
        return scripts;
    }

    /** The text of a script, whatever its encoding. */
    static String read(Path script) throws IOException {
        try {
            return Files.readString(script);
        } catch (MalformedInputException notUnicode) {
            return Files.readString(script, StandardCharsets.ISO_8859_1);
        }
    }
}
