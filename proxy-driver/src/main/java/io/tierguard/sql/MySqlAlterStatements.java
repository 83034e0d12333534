package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the ALTER of MySQL and MariaDB. */
final class MySqlAlterStatements {

    private static final Set<String> CODE = Set.of("function", "procedure", "event", "package", "library");
    private static final Set<String> ROUTINES = Set.of("function", "procedure");

    /** Words by which code that is there begins to run, or to run something else. */
    private static final Set<String> RUNS = Set.of("enable", "schedule", "using");

    private static final Set<String> OF_SERVER = Words.of("""
            database schema user role server tablespace undo logfile resource instance
            """);

    private final StatementReader reader;
    private final MySqlAlteredTable tables;

    MySqlAlterStatements(Dialect dialect, StatementReader reader) {
        this.reader = reader;
        this.tables = new MySqlAlteredTable(dialect);
    }

    StatementEffects read(StatementTokens statement, int depth) {
        statement.next();
        boolean ignores = false;
        boolean more = true;
        while (more) {
            boolean isIgnore = statement.is("ignore");
            ignores |= isIgnore;
            more = statement.accept("ignore")
                    || statement.accept("online")
                    || statement.accept("offline")
                    || acceptHead(statement);
        }
        Token kind = statement.peek();
        String word = kind.kind() == Token.Kind.WORD ? kind.text() : "";
        String operation = "ALTER " + word.toUpperCase(Locale.ROOT);
        StatementEffects reading = switch (word) {
            case "table" -> tables.read(statement, ignores);
            case "view" -> readView(statement, depth);
            case "sequence" -> readSequence(statement);
            case "json" ->
                MySqlTokens.acceptDuality(statement) ? readView(statement, depth) : notKnown("ALTER JSON", statement);
            default -> {
                if (CODE.contains(word)) {
                    yield Readings.code(operation, List.of(), code(statement));
                }
                yield OF_SERVER.contains(word)
                        ? Readings.power(operation, Power.ADMINISTER, List.of())
                        : notKnown("ALTER", statement);
            }
        };
        return Readings.changing(reading, new SessionChange.TransactionEnd());
    }

    /** What new code it brings; empty where it cannot be read, or lets code run of which nothing is known. */
    private Optional<DefinedCode> code(StatementTokens statement) {
        boolean isReplaced = statement.holds(Set.of("do"));
        boolean isLetRun = statement.holds(RUNS) || !(statement.is("event") || statement.isAny(ROUTINES));
        if (statement.is("event") && movesEvent(statement.rest())) {
            return Optional.empty();
        }
        return isReplaced
                ? MySqlDefinedCode.read(reader, statement)
                : isLetRun ? Optional.empty() : Optional.of(DefinedCode.NONE);
    }

    /** Whether an event comes to another database, in which what its code names is something else. */
    private static boolean movesEvent(List<Token> tokens) {
        for (int i = 2; i + 2 < tokens.size() && !tokens.get(i).is("do"); i++) {
            if (tokens.get(i).is("rename") && tokens.get(i + 1).is("to")) {
                String from = DottedName.at(tokens, 1).table().schema();
                String to = DottedName.at(tokens, i + 2).table().schema();
                return !from.equals(to);
            }
        }
        return false;
    }

    private static boolean acceptHead(StatementTokens statement) {
        if (statement.accept("sql", "security")) {
            statement.next();
            return true;
        }
        if ((statement.is("algorithm") || statement.is("definer"))
                && statement.peek(1).isSymbol("=")) {
            statement.next();
            statement.next();
            statement.next();
            if (statement.peek().kind() == Token.Kind.PARAMETER) {
                statement.next();
            }
            statement.acceptGroup();
            return true;
        }
        return false;
    }

    private StatementEffects readView(StatementTokens statement, int depth) {
        statement.next();
        Optional<TableName> view = statement.acceptTable();
        if (statement.peek().isSymbol("(")) {
            statement.acceptGroup();
        }
        if (view.isEmpty() || !statement.accept("as")) {
            return notKnown("ALTER VIEW", statement);
        }
        List<Effect> effects = List.of(Effect.of(Verb.ALTER, view.get()));
        return Readings.around(
                (StatementEffects.Understood) Readings.effects("ALTER VIEW", effects, List.of()),
                reader.readInner(
                        new StatementTokens(statement.sql(), MySqlTableOptions.withoutCheck(statement.rest())), depth));
    }

    private static StatementEffects readSequence(StatementTokens statement) {
        statement.next();
        statement.acceptIfExists();
        Optional<TableName> name = statement.acceptTable();
        boolean plain = statement.rest().stream().noneMatch(token -> token.isSymbol("("));
        return name.isEmpty() || !plain
                ? notKnown("ALTER SEQUENCE", statement)
                : Readings.each("ALTER SEQUENCE", Verb.ALTER, List.of(name.get()));
    }

    private static StatementEffects notKnown(String operation, StatementTokens statement) {
        return MySqlTokens.notKnown(operation, statement);
    }
}
