package io.tierguard.guard;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.schema.ScheduledCode;
import io.tierguard.sql.Mentions;
import io.tierguard.sql.StatementEffects;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells which columns a joined UPDATE in an event of MySQL or MariaDB would set of another table, once a statement has taken them from
 * one of its tables, or given them to one: a column that names no table is of the one that has it.
 *
 * <p>INVARIANT: a table that lacks the column is told when it gets it, and one that has it when another loses it, so that of several
 * statements in one text, all judged by the schema before it, one is told.
 */
final class ScheduledColumns {
    private static final Set<Verb> CHANGING = Set.of(Verb.ALTER, Verb.EXTEND, Verb.CREATE);

    private final ResolutionContext context;
    private final Mentions mentions;
    private final Consumer<Effect> added;

    /**
     * For one statement.
     *
     * @param mentions what it names
     * @param added is given what events do because of it
     */
    ScheduledColumns(ResolutionContext context, Mentions mentions, Consumer<Effect> added) {
        this.context = context;
        this.mentions = mentions;
        this.added = added;
    }

    /** Whether code that a statement defines could set columns that name no table. */
    static boolean couldBeSetIn(StatementEffects.Understood definition) {
        return definition.code().isEmpty()
                || !definition.codeObstacle().isEmpty()
                || !definition.code().get().bound().unknownRoutines().isEmpty()
                || definition.code().get().bound().effects().stream()
                        .anyMatch(effect -> effect.reach() == Reach.COLUMNS_IF_THERE);
    }

    /** Whether a statement could give a table a column, or take one from it. */
    static boolean areMovedBy(StatementEffects.Understood statement) {
        return statement.effects().stream().anyMatch(ScheduledColumns::changesColumns);
    }

    private static boolean changesColumns(Effect effect) {
        return CHANGING.contains(effect.verb())
                && effect.reach() != Reach.TEMPORARY
                && effect.reach() != Reach.REFERRING_ROWS
                && effect.reach() != Reach.NUMBERS
                && effect.reach() != Reach.REBUILT;
    }

    void follow(StatementEffects.Understood statement, List<ScheduledCode> events) {
        boolean isNewQuery = statement.operation().equals("ALTER VIEW");
        for (Effect change : statement.effects()) {
            if (changesColumns(change)) {
                for (ScheduledCode event : events) {
                    event.besides(change.table(), context.searched())
                            .forEach(write -> tell(event, change, isNewQuery, write));
                }
            }
        }
    }

    private void tell(ScheduledCode event, Effect change, boolean isNewQuery, Effect write) {
        TableName table = write.table();
        boolean isItself =
                context.schema().tablesNamed(change.table(), context.searched()).contains(table);
        boolean isMade = change.verb() == Verb.CREATE;
        // A table that is made anew, or a view whose query is another, may lack whatever the statement does not name.
        boolean isMeant = isMade || isNewQuery || !Collections.disjoint(mentions.words(), write.columns());
        boolean isThere = context.schema().hasTable(table, context.searched());
        boolean lacks = context.schema().columnsOf(table, context.searched()).lack(write.columns());
        // What a table that is made gets by its name is told by that.
        boolean isMoved = isItself ? !isMade && !hasAll(table, write) : isThere && !lacks;
        if (isMeant && isMoved) {
            String columns = String.join(", ", write.columns());
            String via = event.event() + ", which sets " + columns + " of whichever table has it, when it runs";
            added.accept(new Effect(Verb.UPDATE, table, write.columns(), true, via, false));
        }
    }

    private boolean hasAll(TableName table, Effect write) {
        return write.columns().stream()
                .allMatch(column ->
                        context.schema().columnsOf(table, context.searched()).has(column));
    }
}
