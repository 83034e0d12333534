package io.tierguard.guard;

import io.tierguard.policy.model.Decision;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.StatementEffects;
import java.util.List;
import java.util.Set;

/** What a denied statement could be written as, within the rights that its component has. */
final class Help {
    private static final Set<String> UPSERTS = Set.of("INSERT", "MERGE", "REPLACE");

    private static final String SAME_NUMBER =
            "SELECT tells the number of a row that is there; LAST_INSERT_ID certainly leaves it"
                    + " as it is only where the column is AUTO_INCREMENT, and UNSIGNED or in strict mode, and no trigger runs";

    private Help() {}

    /** The proposal for a statement; empty where there is none. */
    static String on(StatementEffects.Understood statement, TableDecisions tables, ResolutionContext context) {
        for (Effect effect : statement.effects()) {
            if (tables.decide(effect, context) instanceof Decision.Allow) {
                continue;
            }
            boolean isUpsert = effect.verb() == Verb.UPDATE
                    && UPSERTS.contains(statement.operation())
                    && mayAdd(effect, statement.effects(), tables, context);
            if (isUpsert && effect.reach() == Reach.SAME_NUMBER) {
                return SAME_NUMBER;
            }
            if (isUpsert) {
                return insertIfAbsent(context.modes().dialect());
            }
            boolean isOfSequence = (effect.verb() == Verb.ALTER || effect.verb() == Verb.DROP)
                    && tables.classesOf(effect.table(), context).isEmpty()
                    && isSequenceAlone(effect, context);
            if (isOfSequence) {
                return "a sequence that no table owns is classified as a table is, by its own name";
            }
        }
        return "";
    }

    private static boolean mayAdd(
            Effect update, List<Effect> effects, TableDecisions tables, ResolutionContext context) {
        return effects.stream()
                .anyMatch(effect -> effect.verb() == Verb.INSERT
                        && effect.table().equals(update.table())
                        && tables.decide(effect, context) instanceof Decision.Allow);
    }

    private static String insertIfAbsent(Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> "ON CONFLICT DO NOTHING adds the row where it is missing";
            case SQLITE -> "INSERT OR IGNORE adds the row where it is missing";
            case MYSQL, MARIADB -> "INSERT IGNORE adds the row where it is missing";
            case H2, ANSI, ORACLE, SQLSERVER -> "MERGE … WHEN NOT MATCHED THEN INSERT adds the row where it is missing";
        };
    }

    private static boolean isSequenceAlone(Effect effect, ResolutionContext context) {
        return !context.schema().hasTable(effect.table(), context.searched())
                && context.schema().sequencesNamed(effect.table(), context.searched()).stream()
                        .anyMatch(sequence -> !context.schema().isOwned(sequence));
    }
}
