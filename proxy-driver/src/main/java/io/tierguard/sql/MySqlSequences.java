package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the sequences that MariaDB's SETVAL sets. */
final class MySqlSequences {

    private MySqlSequences() {}

    static boolean isSetval(RoutineCall call) {
        return call.schema().isEmpty() && call.name().equals("setval");
    }

    /** What the calls change; empty where not each names its sequence. */
    static Optional<List<Effect>> set(Dialect dialect, List<Token> tokens) {
        List<Effect> effects = new ArrayList<>();
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (!tokens.get(i).is("setval") || !tokens.get(i + 1).isSymbol("(")) {
                continue;
            }
            if (dialect != Dialect.MARIADB || !tokens.get(i + 2).isIdentifier()) {
                return Optional.empty();
            }
            DottedName name = DottedName.at(tokens, i + 2);
            if (name.end() >= tokens.size() || !tokens.get(name.end()).isSymbol(",")) {
                return Optional.empty();
            }
            effects.add(Effect.of(Verb.ALTER, name.table()));
        }
        return effects.isEmpty() ? Optional.empty() : Optional.of(effects);
    }
}
