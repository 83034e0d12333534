package io.tierguard.jdbc.build;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The explicit list of JDBC methods that a guarded object hands on to the real one.
 *
 * <p>An unindented line names an interface; an indented one a method of it, as {@code name(ParameterType,…)}, and after
 * the word {@code after} the hand-written method that hears of its first argument before.
 */
public final class ForwardedMethods {
    private static final String RESOURCE = "forwarded-methods.txt";

    private final Map<String, String> methods;
    private final Set<String> used = new HashSet<>();

    private ForwardedMethods(Map<String, String> methods) {
        this.methods = methods;
    }

    /** Reads the list that is built into the generator. */
    public static ForwardedMethods read() throws IOException {
        Map<String, String> methods = new HashMap<>();
        try (InputStream stream = Objects.requireNonNull(ForwardedMethods.class.getResourceAsStream(RESOURCE));
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            String type = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                if (!line.startsWith(" ")) {
                    type = line.strip();
                    continue;
                }
                String[] parts = line.strip().split(" after ", 2);
                if (methods.put(type + "." + parts[0], parts.length == 2 ? parts[1] : "") != null) {
                    throw new IllegalStateException(RESOURCE + " lists " + type + "." + parts[0] + " twice");
                }
            }
        }
        return new ForwardedMethods(methods);
    }

    /** Whether the list holds a method, named as {@code java.sql.Type.name(ParameterType,…)}. */
    public boolean contains(String method) {
        return methods.containsKey(method);
    }

    /** The name of the hand-written method that hears of a listed one before; empty for none, null if not listed. */
    @Nullable
    String take(String method) {
        used.add(method);
        return methods.get(method);
    }

    /** Fails when the list holds a method that no guarded class has. */
    void checkAllUsed() {
        Set<String> unused = new TreeSet<>(methods.keySet());
        unused.removeAll(used);
        if (!unused.isEmpty()) {
            throw new IllegalStateException(
                    RESOURCE + " lists methods that do not exist or are written by hand: " + String.join(", ", unused));
        }
    }
}
