package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.util.List;
import java.util.Map;

/**
 * The code that a database holds beside that of its server.
 *
 * @param routines every function, procedure and aggregate
 * @param parts the routines that an aggregate is made of, by ids
 * @param ofTables what runs when rows of a table are written or read
 * @param ofOperators what an operator runs, by its sign
 * @param ofTypes what a value of a type runs, by the type's name
 * @param ofCasts what converts values, written or not
 * @param ofDefinitions what runs when the schema is changed
 */
record UserCode(
        List<Routine> routines,
        Map<Long, List<Long>> parts,
        Map<TableName, List<ImplicitCode>> ofTables,
        Map<String, List<ImplicitCode>> ofOperators,
        Map<String, List<ImplicitCode>> ofTypes,
        List<ImplicitCode> ofCasts,
        List<ImplicitCode> ofDefinitions) {

    /** A database without any. */
    static final UserCode NONE = new UserCode(List.of(), Map.of(), Map.of(), Map.of(), Map.of(), List.of(), List.of());

    UserCode {
        routines = List.copyOf(routines);
        parts = Map.copyOf(parts);
        ofTables = Map.copyOf(ofTables);
        ofOperators = Map.copyOf(ofOperators);
        ofTypes = Map.copyOf(ofTypes);
        ofCasts = List.copyOf(ofCasts);
        ofDefinitions = List.copyOf(ofDefinitions);
    }
}
