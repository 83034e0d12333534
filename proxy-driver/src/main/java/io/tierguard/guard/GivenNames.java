package io.tierguard.guard;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.SchemaConsequences;
import io.tierguard.sql.StatementEffects;
import io.tierguard.sql.Sweep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which names a text has given to what has another in the schema as it was read, where all that rests on it is known by that.
 *
 * <p>Used by one thread, for one text.
 */
final class GivenNames {
    /** By a name that was given, under whatever schema, all that may have it now. */
    private final Map<String, Set<TableName>> earlier = new HashMap<>();

    /** By the schema that a table was moved to with all its indexes, those from which one was. */
    private final Map<String, Set<String>> moved = new HashMap<>();

    /** Tables of which a column may have another name. */
    private final Set<String> renamed = new HashSet<>();

    /** Whether something that tables use, as a type or a routine, may have another name. */
    private boolean anyUsed;

    /** Whether all names of a schema are others. */
    private boolean anySchema;

    /** Notes the names that a statement gives, of itself too. */
    void note(StatementEffects.Understood statement, ResolutionContext context) {
        if (!mayRename(statement)) {
            return;
        }
        anyUsed |= !statement.powers().isEmpty() && !statement.operation().equals("ALTER TABLE");
        anySchema |= statement.sweeps().stream().anyMatch(Sweep.Moved.class::isInstance);
        for (Effect altered : statement.effects()) {
            if (altered.verb() == Verb.ALTER && mayRenameColumn(altered)) {
                renamed.add(altered.table().name());
                before(altered.table()).forEach(table -> renamed.add(table.name()));
            }
        }
        for (Effect given : statement.effects()) {
            if (given.verb() == Verb.CREATE && given.reach() != Reach.TEMPORARY) {
                Set<TableName> owners = earlier.computeIfAbsent(given.table().name(), first -> new LinkedHashSet<>());
                for (Effect from : statement.effects()) {
                    if (from.verb() == Verb.ALTER && from.reach() != Reach.REFERRING_ROWS) {
                        owners.addAll(owners(from.table(), context));
                        owners.stream()
                                .map(TableName::schema)
                                .filter(schema -> !schema.equals(given.table().schema()))
                                .forEach(schema -> moved.computeIfAbsent(
                                                given.table().schema(), first -> new LinkedHashSet<>())
                                        .add(schema));
                    }
                }
            }
        }
    }

    /** A block that is one statement and renames something needs a power; of another the names that it gives are those of what it makes. */
    private static boolean mayRename(StatementEffects.Understood statement) {
        return statement.operation().startsWith("ALTER")
                || statement.operation().startsWith("RENAME")
                || (statement.operation().equals("DO") && statement.powers().contains(Power.ADMINISTER));
    }

    private Set<TableName> owners(TableName table, ResolutionContext context) {
        Set<TableName> owners = new LinkedHashSet<>(context.schema().tablesNamed(table, context.searched()));
        owners.add(table); // an index or a view, or a table of which nobody knows
        owners.addAll(before(table));
        return owners;
    }

    private static boolean mayRenameColumn(Effect altered) {
        return switch (altered.reach()) {
            case COLUMNS, NUMBERS, REFERRING_ROWS, SHAPE, REBUILT, OLD_NAME -> false;
            case TABLE,
                    PARTS,
                    MEMBERS,
                    IF_THERE,
                    KEY,
                    COLUMNS_IF_THERE,
                    ROWS_IN_THE_WAY,
                    SAME_VALUES,
                    SAME_NUMBER,
                    TEMPORARY,
                    ROWS_KEPT -> true;
        };
    }

    /** What may have a name because it was given to it, or because it was moved with its table. */
    Set<TableName> before(TableName table) {
        Set<TableName> before = new LinkedHashSet<>(earlier.getOrDefault(table.name(), Set.of()));
        moved.getOrDefault(table.schema(), Set.of()).forEach(schema -> before.add(table.in(schema)));
        return before;
    }

    /** What a statement does to what it names by a name that was given, as it does it by the earlier ones. */
    List<Effect> effectsBefore(StatementEffects.Understood statement) {
        List<Effect> effects = new ArrayList<>();
        for (Effect effect : statement.effects()) {
            if (SchemaConsequences.changesSchema(effect.verb())
                    && effect.verb() != Verb.CREATE
                    && effect.reach() != Reach.TEMPORARY) {
                before(effect.table()).stream()
                        .filter(table -> !table.equals(effect.table()))
                        .forEach(table -> effects.add(effect.on(table)));
            }
        }
        return effects;
    }

    /** The same of what it takes from tables. */
    List<Sweep> cutsBefore(StatementEffects.Understood statement) {
        List<Sweep> cuts = new ArrayList<>();
        for (Sweep sweep : statement.sweeps()) {
            if (sweep instanceof Sweep.Cut cut) {
                Set<String> columns = renamed.contains(cut.name().name()) ? Set.of() : cut.columns();
                before(cut.name()).forEach(table -> cuts.add(new Sweep.Cut(table, columns)));
                if (!columns.equals(cut.columns())) {
                    cuts.add(new Sweep.Cut(cut.name(), columns));
                }
            }
        }
        return cuts;
    }

    /** Whether a statement drops something with all that rests on it, which may be known by another name that nobody can tell. */
    boolean mayDropOther(StatementEffects.Understood statement) {
        boolean dropsUsed = statement.sweeps().stream().anyMatch(Sweep.Using.class::isInstance);
        boolean dropsAny =
                statement.sweeps().stream().anyMatch(sweep -> !sweep.verb().reads())
                        || statement.effects().stream().anyMatch(effect -> effect.verb() == Verb.DROP);
        return (anyUsed && dropsUsed) || (anySchema && dropsAny);
    }
}
