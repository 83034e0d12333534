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

/** Reads the CREATE of MySQL and MariaDB. */
final class MySqlCreateStatements {

    private static final Set<String> KEYS = Set.of("unique", "fulltext", "spatial", "vector");
    private static final Set<String> CODE =
            Set.of("function", "procedure", "trigger", "event", "aggregate", "package", "library");
    private static final Set<String> OF_SERVER =
            Set.of("user", "role", "server", "tablespace", "undo", "logfile", "resource", "masking");
    private static final Set<String> SECURITY = Set.of("algorithm", "definer", "sql");

    private final Dialect dialect;
    private final StatementReader reader;

    MySqlCreateStatements(Dialect dialect, StatementReader reader) {
        this.dialect = dialect;
        this.reader = reader;
    }

    StatementEffects read(StatementTokens statement, int depth) {
        statement.next();
        boolean replaces = statement.accept("or", "replace");
        boolean temporary = statement.accept("temporary");
        boolean hasHead = acceptHead(statement);
        if (!hasHead) {
            return notKnown("CREATE", statement);
        }
        Token kind = statement.peek();
        String word = kind.kind() == Token.Kind.WORD ? kind.text() : "";
        String operation = "CREATE " + word.toUpperCase(Locale.ROOT);
        StatementEffects reading = switch (word) {
            case "table" -> readTable(statement, depth, replaces, temporary);
            case "view" -> readView(statement, depth, replaces);
            case "json" ->
                MySqlTokens.acceptDuality(statement)
                        ? readView(statement, depth, replaces)
                        : notKnown("CREATE JSON", statement);
            case "spatial" ->
                statement.is("spatial", "reference", "system")
                        ? Readings.power(operation, Power.ADMINISTER, List.of())
                        : readIndex(statement, replaces);
            case "unique", "fulltext", "vector", "index" -> readIndex(statement, replaces);
            case "sequence" -> readSequence(statement, replaces, temporary);
            case "database", "schema" -> readDatabase(statement, replaces);
            default -> {
                if (CODE.contains(word)) {
                    List<Effect> effects = new ArrayList<>(DropStatements.tableOfTrigger(statement));
                    if (replaces && statement.is("trigger") && statement.peek(1).isIdentifier()) {
                        TableName replaced = DottedName.at(statement.rest(), 1).table();
                        effects.add(Effect.of(Verb.ALTER, replaced)); // the schema leads to the table that loses it
                    }
                    yield Readings.code(operation, effects, MySqlDefinedCode.read(reader, statement));
                }
                yield OF_SERVER.contains(word)
                        ? Readings.power(operation, Power.ADMINISTER, List.of())
                        : notKnown("CREATE", statement);
            }
        };
        return temporary ? reading : Readings.changing(reading, new SessionChange.TransactionEnd());
    }

    /** Steps over {@code ALGORITHM = x}, {@code DEFINER = u@h} and {@code SQL SECURITY x}. */
    private static boolean acceptHead(StatementTokens statement) {
        while (statement.isAny(SECURITY)) {
            Token word = statement.next();
            if (word.is("sql")) {
                if (!statement.accept("security") || !statement.next().isIdentifier()) {
                    return false;
                }
            } else {
                if (!statement.acceptSymbol("=") || !acceptUser(statement)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean acceptUser(StatementTokens statement) {
        Token user = statement.next();
        if (statement.peek().kind() == Token.Kind.PARAMETER) {
            statement.next();
        }
        if (statement.peek().isSymbol("(")) {
            statement.acceptGroup();
        }
        return user.isIdentifier() || user.kind() == Token.Kind.STRING;
    }

    private StatementEffects readTable(StatementTokens statement, int depth, boolean replaces, boolean temporary) {
        String operation = "CREATE TABLE";
        statement.next();
        statement.acceptIfExists();
        Optional<TableName> table = statement.acceptTable();
        if (table.isEmpty() || statement.atEnd()) {
            return notKnown(operation, statement);
        }
        MySqlTokens.acceptWait(statement);
        List<Effect> effects = new ArrayList<>();
        List<Token> definition = statement.rest();
        int query = MySqlTableOptions.startOfQuery(definition);
        List<Token> columns = query < 0 ? definition : definition.subList(0, query);
        Optional<String> problem = MySqlTableOptions.problemIn(columns);
        if (problem.isPresent()) {
            return Readings.unreadable(operation, statement, problem.get(), "use a table of one of the server's own");
        }
        boolean isOfSession =
                TemporaryWords.areOfSession(dialect, temporary ? Set.of("temporary") : Set.of(), table.get());
        if (replaces) {
            effects.add(Effect.of(Verb.DROP, table.get()));
        }
        if (!isOfSession) {
            effects.add(Effect.of(Verb.CREATE, table.get()));
            if (query >= 0) {
                effects.add(Effect.of(Verb.INSERT, table.get()));
            }
        }
        effects.addAll(new HomeNames(table.get().schema()).effects(ForeignKeys.in(dialect, columns)));
        effects.addAll(MySqlTableOptions.merged(columns));
        addCopied(effects, columns);
        StatementEffects.Understood outer = (StatementEffects.Understood)
                Readings.effects(operation, effects, MySqlDefinitionCalls.in(dialect, columns));
        StatementEffects reading = outer;
        if (query >= 0) {
            List<Token> inner = definition.subList(query, definition.size());
            reading = Readings.around(outer, reader.readInner(new StatementTokens(statement.sql(), inner), depth));
        }
        return isOfSession
                ? Readings.changing(reading, new SessionChange.TemporaryTable(table.get(), query >= 0, true))
                : reading;
    }

    /** {@code LIKE other}, with or without parentheses. */
    private static void addCopied(List<Effect> effects, List<Token> columns) {
        int like = columns.size() > 1 && columns.get(0).isSymbol("(") ? 1 : 0;
        if (columns.size() > like + 1
                && columns.get(like).is("like")
                && columns.get(like + 1).isIdentifier()) {
            effects.add(Effect.of(Verb.SELECT, DottedName.at(columns, like + 1).table()));
        }
    }

    private StatementEffects readView(StatementTokens statement, int depth, boolean replaces) {
        statement.next();
        statement.acceptIfExists();
        Optional<TableName> view = statement.acceptTable();
        if (statement.peek().isSymbol("(")) {
            statement.acceptGroup();
        }
        if (view.isEmpty() || !statement.accept("as")) {
            return notKnown("CREATE VIEW", statement);
        }
        List<Effect> effects = new ArrayList<>();
        effects.add(Effect.of(Verb.CREATE, view.get()));
        if (replaces) {
            effects.add(Effect.of(Verb.ALTER, view.get()));
        }
        return Readings.around(
                (StatementEffects.Understood) Readings.effects("CREATE VIEW", effects, List.of()),
                reader.readInner(
                        new StatementTokens(statement.sql(), MySqlTableOptions.withoutCheck(statement.rest())), depth));
    }

    private StatementEffects readIndex(StatementTokens statement, boolean replaces) {
        statement.acceptAny(KEYS);
        if (!statement.accept("index")) {
            return notKnown("CREATE INDEX", statement);
        }
        statement.acceptIfExists();
        boolean named = statement.acceptTable().isPresent();
        if (statement.accept("using")) {
            statement.next();
        }
        boolean on = statement.accept("on");
        Optional<TableName> table = statement.acceptTable();
        if (!named || !on || table.isEmpty() || !statement.peek().isSymbol("(")) {
            return notKnown("CREATE INDEX", statement);
        }
        List<Token> key = new ArrayList<>();
        key.add(MySqlTokens.word("key", statement.peek()));
        key.addAll(statement.rest());
        if (key.stream().anyMatch(token -> token.is("select"))) {
            return notKnown("CREATE INDEX", statement);
        }
        Verb verb = replaces ? Verb.ALTER : Verb.EXTEND;
        return Readings.effects(
                "CREATE INDEX", List.of(Effect.of(verb, table.get())), MySqlDefinitionCalls.in(dialect, key));
    }

    private static StatementEffects readSequence(StatementTokens statement, boolean replaces, boolean temporary) {
        statement.next();
        statement.acceptIfExists();
        Optional<TableName> name = statement.acceptTable();
        for (Token token : statement.rest()) {
            if (token.isSymbol("(")) {
                return notKnown("CREATE SEQUENCE", statement);
            }
        }
        if (name.isEmpty() || MySqlTableOptions.problemIn(statement.rest()).isPresent()) {
            return notKnown("CREATE SEQUENCE", statement);
        }
        List<Effect> effects = new ArrayList<>();
        if (replaces) {
            effects.add(Effect.of(Verb.DROP, name.get()));
        }
        effects.add(Effect.of(Verb.CREATE, name.get()));
        return Readings.effects("CREATE SEQUENCE", effects, List.of());
    }

    private static StatementEffects readDatabase(StatementTokens statement, boolean replaces) {
        String operation = "CREATE " + statement.next().text().toUpperCase(Locale.ROOT);
        statement.acceptIfExists();
        Optional<TableName> name = statement.acceptTable();
        if (name.isEmpty()) {
            return notKnown(operation, statement);
        }
        return replaces
                ? Readings.sweeping(
                        operation,
                        List.of(),
                        List.of(new Sweep.OfSchema(Verb.DROP, name.get().name())),
                        Set.of(Power.ADMINISTER))
                : isPlain(statement.rest())
                        ? Readings.harmless(operation)
                        : Readings.power(operation, Power.ADMINISTER, List.of());
    }

    /** Whether no more is said of a new database than its character set, collation, encryption and comment. */
    private static boolean isPlain(List<Token> options) {
        return options.stream()
                .allMatch(
                        option -> option.kind() == Token.Kind.STRING || option.isSymbol("=") || option.isIdentifier());
    }

    private static StatementEffects notKnown(String operation, StatementTokens statement) {
        return MySqlTokens.notKnown(operation, statement);
    }
}
