package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The temporary tables that the body of a procedure of MySQL or MariaDB makes.
 *
 * <p>A handler or a condition may pass over the statement that makes one, so that the others find a table of its name. INVARIANT:
 * nothing in the body gives another table such a name.
 */
final class MySqlOwnTables {
    private final Set<TableName> made = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    /** Those of a body. */
    MySqlOwnTables(List<StatementEffects> statements) {
        for (StatementEffects statement : statements) {
            if (statement instanceof StatementEffects.Understood understood
                    && understood.operation().equals("CREATE TABLE")) {
                for (SessionChange change : understood.sessionChanges()) {
                    if (change instanceof SessionChange.TemporaryTable table) {
                        made.add(table.table());
                        names.add(table.table().name());
                    }
                }
            }
        }
    }

    /** Whether there are none. */
    boolean areNone() {
        return made.isEmpty();
    }

    /** Whether a statement gives no table that others see the name of one. */
    boolean keepTheirNames(StatementEffects statement) {
        return SchemaConsequences.effects(statement).stream()
                .noneMatch(effect -> effect.verb() == Verb.CREATE
                        && names.contains(effect.table().name()));
    }

    /** Whether a statement does nothing but to drop some of them. */
    boolean areDroppedBy(StatementEffects statement) {
        return statement.operation().equals("DROP TABLE")
                && statement instanceof StatementEffects.Understood understood
                && understood.effects().stream().map(Effect::table).allMatch(made::contains);
    }

    /** The same statement, which tells what it does to them. */
    StatementEffects told(StatementEffects statement) {
        if (made.isEmpty() || !(statement instanceof StatementEffects.Understood understood)) {
            return statement;
        }
        List<Effect> effects = new ArrayList<>();
        List<SessionChange> changes = new ArrayList<>();
        for (SessionChange change : understood.sessionChanges()) {
            if (change instanceof SessionChange.TemporaryTable table && made.contains(table.table())) {
                effects.add(Effect.of(Verb.CREATE, table.table()).reaching(Reach.TEMPORARY));
                if (table.isFilled()) {
                    effects.add(Effect.of(Verb.INSERT, table.table()).reaching(Reach.TEMPORARY));
                }
            } else {
                changes.add(change);
            }
        }
        understood.effects().forEach(effect -> effects.add(told(effect)));
        return new StatementEffects.Understood(
                understood.operation(),
                effects,
                understood.unknownRoutines(),
                changes,
                understood.powers(),
                understood.nestsWrites(),
                understood.code(),
                understood.sweeps());
    }

    private Effect told(Effect effect) {
        boolean isOwn = made.contains(effect.table()) && effect.reach() != Reach.REFERRING_ROWS;
        return isOwn ? effect.reaching(Reach.TEMPORARY) : effect;
    }
}
