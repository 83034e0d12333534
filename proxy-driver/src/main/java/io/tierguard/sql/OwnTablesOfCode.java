package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The temporary tables that the statements of some code make, and what the code does to them.
 *
 * <p>INVARIANT: a name is among them only where a plain CREATE TEMPORARY TABLE stands in the code, and what is done to it is left
 * out only on the condition that the database has nothing else of that name, wherever it is looked for: then the code finds the
 * session's own table or none, whichever of its statements run.
 *
 * @param names the tables, without a schema
 */
record OwnTablesOfCode(Set<TableName> names) {
    static final OwnTablesOfCode NONE = new OwnTablesOfCode(Set.of());

    private static final String SCHEMA = "pg_temp";
    private static final Set<String> ALTERS = Set.of("ALTER TABLE", "ALTER TABLE KEYS");

    OwnTablesOfCode {
        names = Set.copyOf(names);
    }

    /** Those that some statements of PostgreSQL make. */
    static OwnTablesOfCode in(List<StatementEffects> statements) {
        Set<TableName> tables = new HashSet<>();
        for (StatementEffects each : statements) {
            if (each instanceof StatementEffects.Understood understood && makesOne(understood)) {
                tables.add(TableName.of(made(understood).table().name()));
            }
        }
        Set<TableName> names = new HashSet<>(tables);
        for (StatementEffects each : statements) {
            if (each instanceof StatementEffects.Understood understood) {
                understood.effects().stream()
                        .filter(effect -> SchemaConsequences.keepsStructure(effect, understood.operation()))
                        .map(effect -> TableName.of(effect.table().name()))
                        .filter(name ->
                                tables.stream().anyMatch(table -> SequenceNames.couldBeOf(table.name(), name.name())))
                        .forEach(names::add);
            }
        }
        return new OwnTablesOfCode(names);
    }

    private static boolean makesOne(StatementEffects.Understood statement) {
        return statement.operation().equals("CREATE TABLE")
                && statement.sessionChanges().size() == 1
                && statement.sessionChanges().get(0) instanceof SessionChange.TemporaryTable;
    }

    /**
     * Whether a statement makes one and does nothing else; code that it binds to the table would run unseen later. A foreign key of a
     * temporary table can only refer to another.
     */
    boolean makesPlainly(StatementEffects.Understood statement) {
        return makesOne(statement)
                && statement.powers().isEmpty()
                && statement.sweeps().isEmpty()
                && statement.code().isEmpty()
                && (made(statement).isFilled() || statement.unknownRoutines().isEmpty())
                && statement.effects().stream()
                        .allMatch(effect -> effect.verb().reads()
                                || (effect.reach() == Reach.REFERRING_ROWS && isNamedSo(effect.table())));
    }

    private static SessionChange.TemporaryTable made(StatementEffects.Understood statement) {
        return (SessionChange.TemporaryTable) statement.sessionChanges().get(0);
    }

    /** Whether a statement makes such a table of columns that it writes out, or an index on one. */
    boolean couldTakeCodeBy(StatementEffects statement) {
        if (names.isEmpty() || !(statement instanceof StatementEffects.Understood understood)) {
            return false;
        }
        return makesPlainly(understood)
                ? !made(understood).isFilled()
                : understood.effects().stream()
                        .anyMatch(effect -> (effect.verb() == Verb.EXTEND || effect.verb() == Verb.ALTER)
                                && isOnOwn(effect, statement));
    }

    /** The effects of a statement but for those that such a table takes. */
    List<Effect> withoutOwn(StatementEffects statement, List<Effect> effects) {
        return names.isEmpty()
                ? effects
                : effects.stream().filter(effect -> !isOnOwn(effect, statement)).toList();
    }

    private boolean isOnOwn(Effect effect, StatementEffects statement) {
        return isNamedSo(effect.table())
                && switch (effect.verb()) {
                    case SELECT -> effect.reach() != Reach.SHAPE;
                    case INSERT, UPDATE, DELETE, TRUNCATE -> true;
                    case EXTEND, ALTER ->
                        isPlainChange(statement) || SchemaConsequences.keepsStructure(effect, statement.operation());
                    case DROP -> statement.operation().equals("DROP TABLE");
                    case CREATE -> false;
                };
    }

    private boolean isNamedSo(TableName table) {
        return (table.schema().isEmpty() || table.schema().equals(SCHEMA))
                && table.catalog().isEmpty()
                && names.contains(TableName.of(table.name()));
    }

    /** Whether it makes an index, alters a table or makes another such table, and calls nothing for that which could do harm. */
    private boolean isPlainChange(StatementEffects statement) {
        return statement instanceof StatementEffects.Understood understood
                && understood.unknownRoutines().isEmpty()
                && (understood.operation().equals("CREATE INDEX")
                        || ALTERS.contains(understood.operation())
                        || makesPlainly(understood));
    }
}
