package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import io.tierguard.sql.Mentions;
import io.tierguard.sql.RoutineCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The code that a database holds beside that of its server.
 *
 * @param routines every function, procedure and aggregate
 * @param parts what routines run by what the catalog says of them, as an aggregate does, by ids
 * @param ofTables what runs when rows of a table are written or read
 * @param ofOperators what an operator runs, by its sign
 * @param ofTypes what a value of a type runs, by the type's name
 * @param ofCasts what converts values, written or not
 * @param ofDefinitions what runs when the schema is changed
 * @param ofServer the names, folded, of the server's routines that are not known to be harmless; empty where nobody has told them
 * @param events what runs by the clock, each as a routine that nobody can call
 */
record UserCode(
        List<Routine> routines,
        Map<Long, List<ImplicitCode>> parts,
        Map<TableName, List<ImplicitCode>> ofTables,
        Map<String, List<ImplicitCode>> ofOperators,
        Map<String, List<ImplicitCode>> ofTypes,
        List<ImplicitCode> ofCasts,
        List<ImplicitCode> ofDefinitions,
        Optional<Set<String>> ofServer,
        List<Routine> events) {

    /** Operators that IN, BETWEEN, LIKE, CASE, USING and their like stand for. */
    private static final Set<String> COMPARING =
            Set.of("=", "<>", "<", "<=", ">", ">=", "~~", "!~~", "~~*", "!~~*", "~", "!~");

    /** A database without any. */
    static final UserCode NONE = of(List.of());

    UserCode {
        routines = List.copyOf(routines);
        parts = Map.copyOf(parts);
        ofTables = Map.copyOf(ofTables);
        ofOperators = Map.copyOf(ofOperators);
        ofTypes = Map.copyOf(ofTypes);
        ofCasts = List.copyOf(ofCasts);
        ofDefinitions = List.copyOf(ofDefinitions);
        ofServer = ofServer.map(Set::copyOf);
        events = List.copyOf(events);
    }

    /** Code that runs only where it is called. */
    static UserCode of(List<Routine> routines) {
        return of(routines, Map.of(), Map.of());
    }

    /** Code that is called, or runs with tables and types. */
    static UserCode of(
            List<Routine> routines,
            Map<TableName, List<ImplicitCode>> ofTables,
            Map<String, List<ImplicitCode>> ofTypes) {
        return new UserCode(
                routines, Map.of(), ofTables, Map.of(), ofTypes, List.of(), List.of(), Optional.empty(), List.of());
    }

    /** The same code with what runs by the clock, and with what is known of the others. */
    UserCode with(List<Routine> known, List<Routine> scheduled) {
        return new UserCode(known, parts, ofTables, ofOperators, ofTypes, ofCasts, ofDefinitions, ofServer, scheduled);
    }

    /** Whether a call that means no routine of a user's could be one of the server's that is not harmless. */
    boolean couldBeOfServer(RoutineCall call) {
        boolean isLookedFor = call.schema().isEmpty() || call.schema().equals("pg_catalog");
        return isLookedFor && ofServer.map(names -> names.contains(call.name())).orElse(true);
    }

    /** The operators and types that a text names; those by which the words of the language compare are always meant. */
    List<ImplicitCode> namedIn(Mentions mentions) {
        List<ImplicitCode> named = new ArrayList<>();
        for (String sign : ofOperators.keySet()) {
            boolean isMeant = mentions.operators().contains(sign)
                    || (mentions.computes() && COMPARING.contains(sign))
                    || (sign.equals("<>") && mentions.operators().contains("!="));
            if (isMeant) {
                named.addAll(ofOperators.getOrDefault(sign, List.of()));
            }
        }
        boolean isAnyType = mentions.words().contains(Mentions.ANY_TYPE);
        for (String type : ofTypes.keySet()) {
            if (isAnyType || mentions.words().contains(type)) {
                named.addAll(ofTypes.getOrDefault(type, List.of()));
            }
        }
        return named;
    }
}
