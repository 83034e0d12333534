package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the DROP of MySQL and MariaDB. */
final class MySqlDropStatements {

    private static final Set<String> CODE = Set.of("function", "procedure", "event", "package", "library");
    private static final Set<String> OF_SERVER = Words.of("""
            user role server tablespace undo logfile resource spatial masking
            """);

    private final MySqlPreparedStatements prepared;

    MySqlDropStatements(MySqlPreparedStatements prepared) {
        this.prepared = prepared;
    }

    StatementEffects read(StatementTokens statement, int depth) {
        if (statement.is("drop", "prepare")) {
            return prepared.readDeallocate(statement, depth);
        }
        statement.next();
        boolean temporary = statement.accept("temporary");
        String word =
                statement.peek().kind() == Token.Kind.WORD ? statement.peek().text() : "";
        String operation = "DROP " + (word.equals("tables") ? "TABLE" : word.toUpperCase(Locale.ROOT));
        StatementEffects reading = switch (word) {
            case "table", "tables", "view", "sequence" -> readTables(operation, statement);
            case "index" -> readIndex(statement);
            case "database", "schema" -> readDatabase(operation, statement);
            case "trigger" -> readTrigger(operation, statement);
            default -> {
                if (CODE.contains(word)) {
                    yield Readings.code(operation, List.of(), Optional.of(DefinedCode.NONE));
                }
                yield OF_SERVER.contains(word)
                        ? Readings.power(operation, Power.ADMINISTER, List.of())
                        : notKnown("DROP", statement);
            }
        };
        return temporary ? reading : Readings.changing(reading, new SessionChange.TransactionEnd());
    }

    private static StatementEffects readTables(String operation, StatementTokens statement) {
        statement.next();
        statement.acceptIfExists();
        List<TableName> tables = new ArrayList<>();
        do {
            Optional<TableName> table = statement.acceptTable();
            if (table.isEmpty()) {
                return notKnown(operation, statement);
            }
            tables.add(table.get());
        } while (statement.acceptSymbol(","));
        MySqlTokens.acceptWait(statement);
        if (!statement.accept("restrict")) {
            statement.accept("cascade"); // does nothing
        }
        return statement.atEnd() ? Readings.each(operation, Verb.DROP, tables) : notKnown(operation, statement);
    }

    private static StatementEffects readTrigger(String operation, StatementTokens statement) {
        List<Effect> ofTable = DropStatements.trigger(statement);
        boolean isTakenForOthers = ofTable.stream()
                .anyMatch(effect -> RoutineCall.isTakenForOthers(
                        Dialect.MYSQL, effect.table().name()));
        if (isTakenForOthers) {
            return Readings.unreadable(
                    operation,
                    statement,
                    operation + " of a name that the server may take for another",
                    "let the database's administrator drop it");
        }
        return ofTable.isEmpty()
                ? notKnown(operation, statement)
                : Readings.code(operation, ofTable, Optional.of(DefinedCode.NONE));
    }

    private static StatementEffects readIndex(StatementTokens statement) {
        statement.next();
        statement.acceptIfExists();
        boolean named = statement.acceptTable().isPresent();
        boolean on = statement.accept("on");
        Optional<TableName> table = statement.acceptTable();
        for (Token token : statement.rest()) {
            if (!token.isIdentifier() && !token.isValue() && !token.isSymbol("=")) {
                return notKnown("DROP INDEX", statement);
            }
        }
        return named && on && table.isPresent()
                ? Readings.each("DROP INDEX", Verb.ALTER, List.of(table.get()))
                : notKnown("DROP INDEX", statement);
    }

    private static StatementEffects readDatabase(String operation, StatementTokens statement) {
        statement.next();
        statement.acceptIfExists();
        Optional<TableName> name = statement.acceptTable();
        return name.isPresent() && statement.atEnd()
                ? Readings.sweeping(
                        operation,
                        List.of(),
                        List.of(new Sweep.OfSchema(Verb.DROP, name.get().name())),
                        Set.of(Power.ADMINISTER))
                : notKnown(operation, statement);
    }

    private static StatementEffects notKnown(String operation, StatementTokens statement) {
        return MySqlTokens.notKnown(operation, statement);
    }
}
