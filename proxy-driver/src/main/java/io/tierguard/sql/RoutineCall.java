package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.Optional;

/**
 * A function, procedure or operator that a statement calls by name.
 *
 * @param schema the schema the statement names, folded; empty where it names none
 * @param name the routine's name, folded
 */
public record RoutineCall(String schema, String name) {

    public RoutineCall {
        schema = TableName.fold(schema);
        name = TableName.fold(name);
    }

    /** Whether it could mean a routine, as far as schemas are written. */
    public boolean couldMean(RoutineCall routine) {
        boolean isAnySchema = schema.isEmpty() || routine.schema.isEmpty();
        return name.equals(routine.name) && (isAnySchema || schema.equals(routine.schema));
    }

    /**
     * Whether a server may take a name for one that is written otherwise: MySQL and MariaDB compare those of routines, triggers
     * and prepared statements without accents, {@code ß} as {@code s}, and without blanks at the end.
     */
    public static boolean isTakenForOthers(Dialect dialect, String name) {
        return dialect.isOfMySqlFamily() && (name.endsWith(" ") || name.chars().anyMatch(c -> c >= 128));
    }

    /**
     * Whether it is harmless wherever the database has no routine of a user's own by its name: newer servers have one built
     * in, which older ones lack, and PostgreSQL may find another before its own. One that is given a type by a text is as harmless as
     * that type.
     */
    public boolean isHarmlessUnlessDefined(Dialect dialect) {
        return HarmlessRoutines.isHarmlessOnNewer(dialect, this)
                || (dialect == Dialect.POSTGRESQL
                        && HarmlessRoutines.isHarmless(dialect, this)
                        && !TypesInTexts.areNamedTo(this));
    }

    /** Whether it could mean a function of the server that reaches past the session and that no catalog lists. */
    public boolean couldReachOut(Dialect dialect) {
        return dialect.isOfMySqlFamily() && MySqlServerRoutines.couldBe(this);
    }

    /** What a name behind a dot could call of the server's own that is not known to be harmless. */
    public static Optional<RoutineCall> ofField(Dialect dialect, String field) {
        return HarmlessRoutines.isFunctionalAndNotHarmless(dialect, field)
                ? Optional.of(new RoutineCall("pg_catalog", field))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return schema.isEmpty() ? name : schema + "." + name;
    }
}
