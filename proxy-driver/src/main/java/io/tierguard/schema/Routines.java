package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import io.tierguard.sql.CalledCode;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.RoutineCall;
import io.tierguard.sql.SqlAnalyzer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Finds the routines of a database by name, and reads their bodies when they are first asked for. */
final class Routines {
    private static final String OF_SERVER = "pg_catalog";

    private final Dialect dialect;
    private final Map<Long, Routine> byId = new HashMap<>();
    private final Map<String, List<Routine>> byName = new HashMap<>();
    private final Map<Long, List<ImplicitCode>> parts;

    /** Kept with the snapshot: a body is read once for as long as the schema tells the same. */
    private final Map<Long, RoutineReading> readings = new ConcurrentHashMap<>();

    private final Map<Long, Optional<Set<String>>> columns = new ConcurrentHashMap<>();

    private final Map<Long, Optional<CalledCode>> called = new ConcurrentHashMap<>();

    Routines(Dialect dialect, UserCode code) {
        this.dialect = dialect;
        this.parts = code.parts();
        for (Routine routine : code.routines()) {
            byId.put(routine.id(), routine);
            byName.computeIfAbsent(routine.name().name(), name -> new ArrayList<>(1))
                    .add(routine);
        }
        code.events().forEach(event -> byId.put(event.id(), event));
    }

    /** Whether there is no routine but those of the server. */
    boolean areNone() {
        return byId.isEmpty();
    }

    @Nullable
    Routine byId(long id) {
        return byId.get(id);
    }

    /**
     * The routines that a call could mean, whatever it is given.
     *
     * @param searched the schemas in which a name without one is looked for; empty for all
     */
    List<Routine> named(RoutineCall call, List<String> searched) {
        List<Routine> found = new ArrayList<>();
        for (Routine routine : byName.getOrDefault(call.name(), List.of())) {
            String schema = routine.name().schema();
            boolean matches = call.schema().isEmpty()
                    ? searched.isEmpty() || searched.contains(schema) || schema.equals(OF_SERVER)
                    : schema.equals(lastPart(call.schema()));
            if (matches) {
                found.add(routine);
            }
        }
        return found;
    }

    /**
     * Whether a server may take a call for one of a routine that is called otherwise, of which nothing that is known by the call's own
     * name tells anything.
     */
    boolean mayMeanAnother(RoutineCall call) {
        return RoutineCall.isTakenForOthers(dialect, call.name())
                && named(call, List.of()).isEmpty();
    }

    /**
     * The packages of MariaDB that a call goes to rather than to a database of their name.
     *
     * @param searched the schemas in which a name without one is looked for; empty for all
     */
    List<Routine> packagesOf(RoutineCall call, List<String> searched) {
        if (!dialect.isOfMySqlFamily() || call.schema().isEmpty()) {
            return List.of();
        }
        int dot = call.schema().indexOf('.');
        RoutineCall asPackage = new RoutineCall(
                dot < 0 ? "" : call.schema().substring(0, dot), call.schema().substring(dot + 1));
        return named(asPackage, searched);
    }

    /**
     * The routines of a name that can be written like a column of a value, which has no schema there.
     *
     * @param searched the schemas in which it is looked for; empty for all
     */
    List<Routine> functional(String name, List<String> searched) {
        return named(new RoutineCall("", TableName.fold(name)), searched).stream()
                .filter(Routine::isFunctional)
                .toList();
    }

    RoutineReading read(Routine routine) {
        return readings.computeIfAbsent(routine.id(), unread -> RoutineReading.of(routine, dialect));
    }

    /** The columns that a routine sets in the row of whichever trigger runs it, folded; empty where it may be any. */
    Optional<Set<String>> columnsSetBy(Routine routine) {
        return columns.computeIfAbsent(routine.id(), unread -> RoutineReading.columnsSetBy(routine, dialect));
    }

    /**
     * What a call comes to that can only mean one routine, whose body does more than to change rows; empty for any other.
     *
     * @param searched the schemas in which a name without one is looked for; empty for all
     */
    Optional<CalledCode> called(RoutineCall call, List<String> searched) {
        List<Routine> found = named(call, searched);
        return found.size() == 1 && partsOf(found.get(0)).isEmpty()
                ? called.computeIfAbsent(found.get(0).id(), unread -> called(found.get(0)))
                : Optional.empty();
    }

    private Optional<CalledCode> called(Routine routine) {
        boolean isWritten = routine.isSettled() && !routine.isParsed() && !routine.isTrusted() && !routine.sharesName();
        String procedural = dialect.isOfMySqlFamily() ? "mysql" : "plpgsql";
        return isWritten
                        && routine.language().equals(procedural)
                        && !read(routine).obstacle().isEmpty()
                ? new SqlAnalyzer(LexicalModes.defaultsOf(dialect))
                        .calledCode(routine.name(), routine.code(), routine.isExact())
                        .map(code -> code.by(routine::inCall))
                : Optional.empty();
    }

    /** What the catalog says that one runs: the routines of an aggregate, of defaults, of the types of its parameters. */
    List<ImplicitCode> partsOf(Routine routine) {
        return parts.getOrDefault(routine.id(), List.of());
    }

    private static String lastPart(String schema) {
        return schema.substring(schema.lastIndexOf('.') + 1);
    }
}
