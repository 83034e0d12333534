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
 * <p>An unindented line names an interface; an indented one a method of it, as {@code name(ParameterType,…)}. After the
 * word {@code after} stands the hand-written method that hears of its first argument before; after {@code then} the method
 * of a recorder that hears of its first arguments once the real object has taken them, in a class that has a recorder.
 */
public final class ForwardedMethods {
    private static final String RESOURCE = "forwarded-methods.txt";

    /** Who hears of a call, before and after it; empty for nobody. */
    record Listeners(String before, String then) {}

    private final Map<String, Listeners> methods;
    private final Set<String> used = new HashSet<>();

    private ForwardedMethods(Map<String, Listeners> methods) {
        this.methods = methods;
    }

    /** Reads the list that is built into the generator. */
    public static ForwardedMethods read() throws IOException {
        Map<String, Listeners> methods = new HashMap<>();
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
                String[] then = line.strip().split(" then ", 2);
                String[] after = then[0].split(" after ", 2);
                Listeners listeners = new Listeners(after.length == 2 ? after[1] : "", then.length == 2 ? then[1] : "");
                if (methods.put(type + "." + after[0], listeners) != null) {
                    throw new IllegalStateException(RESOURCE + " lists " + type + "." + after[0] + " twice");
                }
            }
        }
        return new ForwardedMethods(methods);
    }

    /** Whether the list holds a method, named as {@code java.sql.Type.name(ParameterType,…)}. */
    public boolean contains(String method) {
        return methods.containsKey(method);
    }

    /** Who hears of a listed method; null if it is not listed. */
    @Nullable
    Listeners take(String method) {
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
