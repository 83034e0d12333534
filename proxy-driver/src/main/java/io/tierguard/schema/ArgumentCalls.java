package io.tierguard.schema;

import io.tierguard.sql.Mentions;
import io.tierguard.sql.RoutineCall;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The calls of PostgreSQL that are read by what they are given: {@code set_config}, which is a SET, and {@code setval}, which sets the
 * sequence that is named in it.
 *
 * <p>INVARIANT: they are read so only where nothing of a user's own could be called in the place of any of them, or of what names the
 * sequence.
 */
final class ArgumentCalls {
    private static final String SETTING = "set_config";
    private static final String SEQUENCE = "setval";

    /** What tells which sequence it is. */
    private static final Set<String> NAMING = Set.of(SEQUENCE, "pg_get_serial_sequence", "to_regclass");

    private static final Set<String> TYPES = Set.of("regclass", "text");

    private ArgumentCalls() {}

    /** A call that is not what it is read as. */
    record Shadowed(RoutineCall call, String obstacle) {}

    /**
     * The first call that could mean something else.
     *
     * @param searched the schemas in which a name without one is looked for; empty for all
     */
    static Optional<Shadowed> in(Mentions mentions, SchemaSnapshot schema, List<String> searched) {
        if (!schema.findsOtherRoutinesFirst()) {
            return Optional.empty();
        }
        boolean sets = mentions.calls().stream().anyMatch(call -> call.name().equals(SEQUENCE));
        for (RoutineCall call : mentions.calls()) {
            boolean isRead = call.name().equals(SETTING) || (sets && NAMING.contains(call.name()));
            if (isRead && !schema.routines().named(call, searched).isEmpty()) {
                return Optional.of(new Shadowed(call, "the database has one of its own"));
            }
        }
        boolean namesType = sets
                && TYPES.stream()
                        .anyMatch(type -> mentions.words().contains(type)
                                && schema.code().ofTypes().containsKey(type));
        return namesType
                ? Optional.of(new Shadowed(
                        new RoutineCall("", SEQUENCE),
                        "the database has a type of its own by which the sequence is named"))
                : Optional.empty();
    }
}
