package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.SqlAnalyzer;
import io.tierguard.sql.StatementEffects;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tells what the body of a function could write, where it is in a language whose words are those of SQL. */
final class CodeBody {
    private static final Set<String> LANGUAGES = Set.of("sql", "plpgsql", "mysql");

    private CodeBody() {}

    /** What its statements could write, each read by itself; nothing where that cannot be told. */
    static List<Effect> writes(String body, String language, Dialect dialect) {
        if (!LANGUAGES.contains(language)) {
            return List.of();
        }
        List<Effect> writes = new ArrayList<>();
        for (StatementEffects statement : new SqlAnalyzer(LexicalModes.defaultsOf(dialect)).boundsOfCode(body)) {
            if (statement instanceof StatementEffects.Bounded bounded) {
                // Where code selects into something, that is one of its variables.
                boolean selectsInto = bounded.effects().stream().anyMatch(effect -> effect.verb() == Verb.CREATE);
                bounded.effects().stream()
                        .filter(effect -> isWrite(effect.verb(), selectsInto))
                        .forEach(writes::add);
            } else {
                return List.of();
            }
        }
        return writes;
    }

    private static boolean isWrite(Verb verb, boolean selectsInto) {
        return switch (verb) {
            case INSERT -> !selectsInto;
            case UPDATE, DELETE, TRUNCATE -> true;
            case SELECT, CREATE, EXTEND, ALTER, DROP -> false;
        };
    }
}
