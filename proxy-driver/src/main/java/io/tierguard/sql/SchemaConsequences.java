package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.Verb;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a statement does to the schema, and so to the meaning of what comes after it. */
public final class SchemaConsequences {
    /** Changes of schema after which a name that was known still means what it meant. */
    private static final Set<String> PLAIN_CHANGES =
            Set.of("CREATE TABLE", "CREATE INDEX", "CREATE SEQUENCE", "DROP TABLE", "DROP INDEX", "DROP SEQUENCE");

    /** What alters no more of a table than the number that its sequence gives next, or whether its keys are kept up to date. */
    private static final Set<String> CHANGES_NO_STRUCTURE = Set.of(
            "SELECT",
            "VALUES",
            "CALL",
            "INSERT",
            "UPDATE",
            "DELETE",
            "MERGE",
            "TRUNCATE",
            "ALTER SEQUENCE",
            "ALTER TABLE KEYS");

    private static final Set<Verb> CHANGES_OF_ROWS = Set.of(Verb.UPDATE, Verb.DELETE, Verb.TRUNCATE);

    private SchemaConsequences() {}

    /** Whether a verb changes the schema. */
    public static boolean changesSchema(Verb verb) {
        return switch (verb) {
            case CREATE, EXTEND, ALTER, DROP -> true;
            case SELECT, INSERT, UPDATE, DELETE, TRUNCATE -> false;
        };
    }

    /**
     * Whether statements of such an operation put no code behind a table that is known, so that whoever reads it runs what he ran before;
     * several operations of a text are not taken for any of these.
     */
    public static boolean putsNoCodeBehindTables(String operation) {
        return PLAIN_CHANGES.contains(operation);
    }

    /** Whether an effect of such a statement leaves the structure of every table as it is. */
    public static boolean keepsStructure(Effect effect, String operation) {
        return effect.verb() == Verb.ALTER && CHANGES_NO_STRUCTURE.contains(operation);
    }

    /** Whether names may stand for other tables, or writes reach further, once a statement has run. */
    public static boolean redirects(StatementEffects.Understood statement) {
        return shared(statement).anyMatch(effect -> switch (effect.verb()) {
            case ALTER -> !leavesNames(effect, statement);
            case CREATE, DROP -> !isPlain(statement);
            case EXTEND -> statement.operation().equals("CREATE TABLE"); // as a partition of another
            case SELECT, INSERT, UPDATE, DELETE, TRUNCATE -> false;
        });
    }

    /**
     * Whether a row that is added may go elsewhere once a statement has run: through a view that is new under its name,
     * or to a trigger that is switched on. A new partition is empty and leads nowhere, and a new table's foreign key hears
     * only of rows that are changed or removed.
     */
    public static boolean redirectsInserts(StatementEffects.Understood statement) {
        return shared(statement).anyMatch(effect -> switch (effect.verb()) {
            case ALTER -> !leavesNames(effect, statement) && !isOfNewTable(effect, statement);
            case CREATE, DROP -> !isPlain(statement);
            case EXTEND, SELECT, INSERT, UPDATE, DELETE, TRUNCATE -> false;
        });
    }

    /** What it does to tables that other sessions see. */
    private static Stream<Effect> shared(StatementEffects.Understood statement) {
        return statement.effects().stream().filter(effect -> effect.reach() != Reach.TEMPORARY);
    }

    /** Whether what it makes or drops leaves each other name alone; of code that runs at once, where that needs no power. */
    private static boolean isPlain(StatementEffects.Understood statement) {
        return PLAIN_CHANGES.contains(statement.operation())
                || (statement.operation().equals("DO") && statement.powers().isEmpty());
    }

    private static boolean leavesNames(Effect effect, StatementEffects.Understood statement) {
        return effect.reach() == Reach.COLUMNS
                || effect.reach() == Reach.NUMBERS
                || CHANGES_NO_STRUCTURE.contains(statement.operation());
    }

    private static boolean isOfNewTable(Effect effect, StatementEffects.Understood statement) {
        return effect.reach() == Reach.REFERRING_ROWS && statement.operation().equals("CREATE TABLE");
    }

    /** Whether an effect changes or removes rows that exist. */
    public static boolean changesRows(Effect effect) {
        return CHANGES_OF_ROWS.contains(effect.verb()) || effect.reach() == Reach.ROWS_IN_THE_WAY;
    }

    /** What a statement itself does, as far as it can be read. */
    public static List<Effect> effects(StatementEffects statement) {
        if (statement instanceof StatementEffects.Understood understood) {
            return understood.effects();
        }
        return statement instanceof StatementEffects.Bounded bounded ? bounded.effects() : List.of();
    }
}
