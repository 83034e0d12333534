package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import io.tierguard.sql.Mentions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 */
record UserCode(
        List<Routine> routines,
        Map<Long, List<ImplicitCode>> parts,
        Map<TableName, List<ImplicitCode>> ofTables,
        Map<String, List<ImplicitCode>> ofOperators,
        Map<String, List<ImplicitCode>> ofTypes,
        List<ImplicitCode> ofCasts,
        List<ImplicitCode> ofDefinitions) {

    /** Operators that IN, BETWEEN, LIKE, CASE, USING and their like stand for. */
    private static final Set<String> COMPARING =
            Set.of("=", "<>", "<", "<=", ">", ">=", "~~", "!~~", "~~*", "!~~*", "~", "!~");

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
