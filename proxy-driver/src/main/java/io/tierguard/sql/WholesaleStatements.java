package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the statements about a whole schema, or about all that somebody owns or that is in a place. */
final class WholesaleStatements {
    private static final Set<String> DROPPED = Set.of("schema", "database", "owned", "all");

    private WholesaleStatements() {}

    /** Whether what is dropped here holds tables. */
    static boolean drops(StatementTokens statement) {
        return statement.isAny(DROPPED);
    }

    /** DROP of schemas, of a database, of all that somebody owns, or of all there is. */
    static StatementEffects readDrop(String operation, StatementTokens statement) {
        if (!statement.accept("schema")) {
            return sweeping(operation, List.of(new Sweep.Everywhere(Verb.DROP)));
        }
        statement.acceptIfExists();
        List<Sweep> sweeps = new ArrayList<>();
        do {
            Optional<TableName> schema = statement.acceptTable();
            if (schema.isEmpty()) {
                return notKnown(operation, statement);
            }
            sweeps.add(new Sweep.OfSchema(Verb.DROP, schema.get().name()));
        } while (statement.acceptSymbol(","));
        statement.accept("if", "exists");
        if (!statement.accept("cascade")) {
            statement.accept("restrict");
        }
        return statement.atEnd() ? sweeping(operation, sweeps) : notKnown(operation, statement);
    }

    /** ALTER SCHEMA: under a new name, all that is in it has another name too. */
    static StatementEffects readAlterSchema(StatementTokens statement) {
        String operation = "ALTER SCHEMA";
        statement.accept("schema");
        statement.acceptIfExists();
        Optional<TableName> schema = statement.acceptTable();
        if (schema.isEmpty()) {
            return notKnown(operation, statement);
        }
        if (statement.is("owner", "to")) {
            return Readings.power(operation, Power.ADMINISTER, List.of());
        }
        boolean renames = statement.accept("rename", "to");
        Optional<TableName> renamed = statement.acceptTable();
        return renames && renamed.isPresent() && statement.atEnd()
                ? sweeping(
                        operation,
                        List.of(new Sweep.Moved(
                                schema.get().name(), renamed.get().name())))
                : notKnown(operation, statement);
    }

    /** REASSIGN OWNED gives tables to somebody else, as ALTER TABLE … OWNER TO does. */
    static StatementEffects readReassign(StatementTokens statement, int depth) {
        return statement.is("reassign", "owned", "by")
                ? sweeping("REASSIGN OWNED", List.of(new Sweep.Everywhere(Verb.ALTER)))
                : notKnown("REASSIGN", statement);
    }

    /** IMPORT FOREIGN SCHEMA makes a table for each that another server has. */
    static StatementEffects readImport(StatementTokens statement, int depth) {
        String operation = "IMPORT FOREIGN SCHEMA";
        if (!statement.accept("import", "foreign", "schema")
                || statement.acceptTable().isEmpty()) {
            return notKnown(operation, statement);
        }
        List<TableName> only = new ArrayList<>();
        boolean lists = statement.accept("limit", "to") && statement.acceptSymbol("(");
        while (lists) {
            Optional<TableName> table = statement.acceptTable();
            if (table.isEmpty()) {
                return notKnown(operation, statement);
            }
            only.add(table.get());
            lists = statement.acceptSymbol(",");
        }
        statement.acceptSymbol(")");
        if (statement.accept("except")) {
            statement.acceptGroup();
        }
        boolean fromServer =
                statement.accept("from", "server") && statement.acceptTable().isPresent() && statement.accept("into");
        Optional<TableName> schema = statement.acceptTable();
        if (!fromServer || schema.isEmpty()) {
            return notKnown(operation, statement);
        }
        String into = schema.get().name();
        if (only.isEmpty()) {
            return sweeping(operation, List.of(new Sweep.OfSchema(Verb.CREATE, into)));
        }
        List<Effect> effects = only.stream()
                .map(table -> Effect.of(Verb.CREATE, table.in(into)))
                .toList();
        return Readings.power(operation, Power.ADMINISTER, effects);
    }

    private static StatementEffects sweeping(String operation, List<Sweep> sweeps) {
        return Readings.sweeping(operation, List.of(), sweeps, Set.of(Power.ADMINISTER));
    }

    private static StatementEffects notKnown(String operation, StatementTokens statement) {
        return Readings.unreadable(operation, statement, "a form of " + operation + " that is not known", "");
    }
}
