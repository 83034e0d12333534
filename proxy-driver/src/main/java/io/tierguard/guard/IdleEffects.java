package io.tierguard.guard;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.schema.ViewDefinition;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.SetAlike;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells of an effect that a statement could have by its words that it has none, because of what the tables are. */
final class IdleEffects {
    /** What the engine SEQUENCE takes for a table of numbers. */
    private static final Pattern NUMBERS = Pattern.compile("seq_[0-9]+_to_[0-9]+(_step_[0-9]+)?");

    private static final int MOST_VIEWS = 8;

    private IdleEffects() {}

    /** Whether the schema tells for certain that an effect of the text's next statement changes and reads no row, and runs no code. */
    static boolean isIdle(Effect named, JudgedText text) {
        ResolutionContext context = text.context();
        Effect effect = behindViews(named, context);
        if (context.temporary().tables().contains(effect.table().name())) {
            return false;
        }
        SchemaSnapshot schema = context.schema();
        return switch (effect.reach()) {
            case SAME_VALUES ->
                schema.columnsOf(effect.table(), context.searched()).keepRowsSetAlike();
            case SAME_NUMBER ->
                schema.columnsOf(effect.table(), context.searched()).keepRowsSetAlike() && keepsNumber(effect, context);
            case COLUMNS_IF_THERE -> areOfOthers(effect, text);
            case TABLE -> isOfSequenceEngine(effect, context);
            case PARTS,
                    MEMBERS,
                    IF_THERE,
                    KEY,
                    COLUMNS,
                    REFERRING_ROWS,
                    NUMBERS,
                    REBUILT,
                    SHAPE,
                    ROWS_IN_THE_WAY,
                    TEMPORARY,
                    OLD_NAME,
                    ROWS_KEPT -> false;
        };
    }

    /** What a row that is set alike is, where a name means one view, in the table behind it; the same effect where that is not certain. */
    private static Effect behindViews(Effect effect, ResolutionContext context) {
        Effect behind = effect;
        for (int view = 0; view < MOST_VIEWS && SetAlike.is(effect); view++) {
            List<TableName> named = context.schema().tablesNamed(behind.table(), context.searched());
            Optional<ViewDefinition> definition =
                    named.size() == 1 ? context.schema().definitionOfView(named.get(0)) : Optional.empty();
            boolean isTemporary =
                    context.temporary().tables().contains(behind.table().name());
            if (isTemporary || definition.isEmpty() || !definition.get().isOfOneTable(behind.columns())) {
                return behind;
            }
            TableName base = definition.get().bases().iterator().next();
            behind = new Effect(
                    behind.verb(),
                    base,
                    definition.get().columnsOf(behind.columns()),
                    behind.hasWhere(),
                    behind.via(),
                    behind.isCounted(),
                    behind.reach());
        }
        return behind;
    }

    /**
     * Whether numbers that count rows stay what they are though the server takes them for such without a sign: none is negative, or
     * one that is makes an error, for certain in a table with transactions alone.
     */
    private static boolean keepsNumber(Effect effect, ResolutionContext context) {
        SchemaSnapshot schema = context.schema();
        return schema.columnsOf(effect.table(), context.searched()).countUnsigned(effect.columns())
                || (context.modes().server().isStrict()
                        && !schema.isLasting(effect.table(), context.searched())
                        && schema.columnsOf(effect.table(), context.searched()).count(effect.columns()));
    }

    /**
     * Whether a table lacks columns that other tables of the statement have. If it has got one since, the name means nothing any
     * more, and the database says so, unless the others have lost it meanwhile: so this rests on a look at the schema that is fresh,
     * and on a text that has changed no table.
     */
    private static boolean areOfOthers(Effect effect, JudgedText text) {
        ResolutionContext context = text.context();
        SchemaSnapshot schema = context.schema();
        boolean isOfOthers = !text.schemaChanges()
                && schema.columnsOf(effect.table(), context.searched()).lack(effect.columns())
                && effect.columns().stream()
                        .allMatch(column -> text.met().stream()
                                .filter(other -> other.reach() == Reach.COLUMNS_IF_THERE)
                                .anyMatch(other -> schema.columnsOf(other.table(), context.searched())
                                        .has(column)));
        if (isOfOthers) {
            text.noteSweep();
        }
        return isOfOthers;
    }

    /** MariaDB has a table of numbers by each such name, which nobody can write, where there is no other of the name. */
    private static boolean isOfSequenceEngine(Effect effect, ResolutionContext context) {
        return context.modes().dialect() == Dialect.MARIADB
                && effect.verb().reads()
                && NUMBERS.matcher(effect.table().name()).matches()
                && !context.schema().isUnknown()
                && !context.schema().hasTable(effect.table(), context.searched());
    }
}
