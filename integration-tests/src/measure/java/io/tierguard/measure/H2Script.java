package io.tierguard.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements of one of H2's own test scripts, in order.
 *
 * <p>A statement ends with a line that ends with a semicolon; lines that begin with {@code >} tell its result, and those
 * that begin with {@code @} speak to the runner of the script.
 */
record H2Script(Path file, List<String> statements) {

    /** Stands among the statements where the connection is to be opened anew. */
    static final String RECONNECT = "@reconnect";

    H2Script {
        statements = List.copyOf(statements);
    }

    static H2Script read(Path file) throws IOException {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            String trimmed = line.strip();
            boolean isBetween = statement.isEmpty();
            if (line.startsWith(">") || (isBetween && (trimmed.isEmpty() || trimmed.startsWith("--")))) {
                continue;
            }
            if (isBetween && trimmed.startsWith("@")) {
                if (trimmed.equals(RECONNECT)) {
                    statements.add(RECONNECT);
                }
                continue;
            }
            statement.append(line).append('\n');
            if (trimmed.endsWith(";")) {
                String text = statement.toString().stripTrailing();
                statements.add(text.substring(0, text.length() - 1));
                statement.setLength(0);
            }
        }
        return new H2Script(file, statements);
    }
}
