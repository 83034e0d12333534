package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.SqlAnalyzer;
import io.tierguard.sql.StatementEffects;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Bounds what the body of a trigger's function does, where it is in a language whose words are those of SQL. */
final class CodeBody {
    private static final Set<String> LANGUAGES = Set.of("sql", "plpgsql");

    private CodeBody() {}

    /** What the code could do at most; empty when it cannot be told. */
    static Optional<List<Effect>> effects(String body, String language, Dialect dialect) {
        // The server's own trigger functions, written in C and part of it, change nothing but the row at hand.
        if (language.equals("internal")) {
            return Optional.of(List.of());
        }
        if (!LANGUAGES.contains(language)) {
            return Optional.empty();
        }
        StatementEffects effects = new SqlAnalyzer(LexicalModes.defaultsOf(dialect)).boundOfCode(body);
        return effects instanceof StatementEffects.Bounded bounded
                        && bounded.unknownRoutines().isEmpty()
                ? Optional.of(bounded.effects())
                : Optional.empty();
    }

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
