package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The hashes of the bodies that a database's routines have, as a policy writes them. */
public final class RoutineBodies {
    /** Stands for a body that the catalog does not tell. */
    private static final String UNTOLD = "";

    /** By name and, in that, by schema: several routines may share both. */
    private final Map<String, Map<String, Set<String>>> hashes = new HashMap<>();

    /** Those of all routines of a database. */
    RoutineBodies(List<Routine> routines) {
        routines.forEach(routine -> add(routine.name().schema(), routine.name().name(), routine.hash()));
    }

    /** The hash of a body, by which a policy names it: that of its UTF-8 text; empty for a body that nobody tells. */
    public static String hash(String body) {
        if (body.isEmpty()) {
            return UNTOLD;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Adds a routine of a body with a hash; of an empty one where the catalog does not tell it. */
    private void add(String schema, String name, String hash) {
        hashes.computeIfAbsent(TableName.fold(name), folded -> new HashMap<>())
                .computeIfAbsent(TableName.fold(schema), folded -> new HashSet<>())
                .add(hash);
    }

    /**
     * The hashes of all routines of a name; none where there is no such routine or one of them is not told.
     *
     * @param schema the schema, folded; empty for all
     */
    Set<String> of(String schema, String name) {
        Set<String> found = new HashSet<>();
        hashes.getOrDefault(name, Map.of()).forEach((in, bodies) -> {
            if (schema.isEmpty() || schema.equals(in)) {
                found.addAll(bodies);
            }
        });
        return found.contains(UNTOLD) ? Set.of() : found;
    }
}
