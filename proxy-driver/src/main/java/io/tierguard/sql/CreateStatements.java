package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads CREATE. */
final class CreateStatements {

    private static final Set<String> MODIFIERS = Set.of(
            "global",
            "local",
            "temp",
            "temporary",
            "unlogged",
            "cached",
            "memory",
            "force",
            "unique",
            "recursive",
            "materialized",
            "hash",
            "spatial",
            "constraint",
            "trusted",
            "procedural",
            "nullvalue",
            "no",
            "nulls",
            "all",
            "not",
            "distinct");
    private static final Set<String> FOREIGN_PARENTS =
            Set.of("inherits", "partition", "of", "engine", "server", "linked", "external", "system");

    private final Dialect dialect;
    private final StatementReader reader;

    CreateStatements(Dialect dialect, StatementReader reader) {
        this.dialect = dialect;
        this.reader = reader;
    }

    StatementEffects read(StatementTokens statement, int depth) {
        statement.next();
        boolean replaces = statement.accept("or", "replace");
        Set<String> modifiers = new HashSet<>();
        while (statement.isAny(MODIFIERS)) {
            modifiers.add(statement.next().text());
        }
        boolean temporary = modifiers.contains("temp") || modifiers.contains("temporary");
        Token kind = statement.peek();
        String operation = "CREATE " + kind.text().toUpperCase(Locale.ROOT);
        return switch (kind.kind() == Token.Kind.WORD ? kind.text() : "") {
            case "table" -> readTable(statement, depth, modifiers);
            case "view" ->
                temporary ? readTemporaryView(statement, depth, modifiers) : readView(statement, depth, replaces);
            case "index" -> readIndex(statement);
            case "sequence" -> readSequence(statement);
            case "primary" -> readPrimaryKey(statement);
            case "schema" -> readSchema(statement, depth);
            case "domain", "constant" -> Definitions.ofDatabase(dialect, statement, operation);
            case "type" ->
                Enumerations.areMade(dialect, statement)
                        ? Readings.harmless(operation)
                        : Readings.power(operation, Power.ADMINISTER, List.of());
            case "statistics" ->
                dialect == Dialect.POSTGRESQL
                        ? ExtendedStatistics.read(statement)
                        : Readings.power(operation, Power.ADMINISTER, List.of());
            default ->
                DropStatements.CODE.contains(kind.text())
                        ? Readings.code(
                                operation,
                                DropStatements.tableOfTrigger(statement),
                                CodeDefinitions.read(dialect, statement))
                        : Readings.power(operation, Power.ADMINISTER, List.of());
        };
    }

    private StatementEffects readTable(StatementTokens statement, int depth, Set<String> modifiers) {
        statement.next();
        boolean ifAbsent = statement.is("if");
        statement.acceptIfExists();
        Optional<TableName> table = statement.acceptTable();
        if (table.isEmpty()) {
            return notKnown("CREATE TABLE", statement);
        }
        boolean isOfSession = TemporaryWords.areOfSession(dialect, modifiers, table.get());
        List<Token> definition = statement.rest();
        int as = topLevelAs(definition);
        List<Token> columns = as < 0 ? definition : definition.subList(0, as);
        Parents parents = Parents.in(columns);
        if (reachesOut(columns, parents)) {
            return notKnown("CREATE TABLE", statement);
        }
        List<Effect> effects = new ArrayList<>();
        effects.add(Effect.of(Verb.CREATE, table.get()));
        effects.addAll(parents.effects());
        addOtherTables(effects, columns);
        if (as >= 0) {
            effects.add(Effect.of(Verb.INSERT, table.get()));
        }
        StatementEffects plain = readWithQuery(statement, effects, definition, as, depth);
        if (!isOfSession || plain instanceof StatementEffects.Bounded || plain instanceof StatementEffects.Unreadable) {
            return plain;
        }
        // Nobody knows here when the transaction ends, and H2 takes any table that is there already for the one to be
        // made.
        boolean isCertain = !statement.holds(Set.of("drop")) && !(dialect == Dialect.H2 && ifAbsent);
        effects.removeIf(effect -> effect.table().equals(table.get()));
        return Readings.changing(
                readWithQuery(statement, effects, definition, as, depth),
                new SessionChange.TemporaryTable(table.get(), as >= 0, isCertain));
    }

    private StatementEffects readWithQuery(
            StatementTokens statement, List<Effect> effects, List<Token> definition, int as, int depth) {
        List<Token> columns = as < 0 ? definition : definition.subList(0, as);
        StatementEffects outer = Definitions.read(dialect, statement, "CREATE TABLE", effects, columns);
        return as < 0 ? outer : withQuery(statement, outer, definition.subList(as + 1, definition.size()), depth);
    }

    /** Whether the table's rows would be another's too, or live elsewhere. */
    private boolean reachesOut(List<Token> columns, Parents parents) {
        int depth = 0;
        for (int i = 0; i < columns.size(); i++) {
            if (parents.explains(i)) {
                continue;
            }
            Token token = columns.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            boolean ownPartitions = token.is("partition")
                    && i + 1 < columns.size()
                    && columns.get(i + 1).is("by");
            // Only the mode in which H2 takes no heed of an engine reads it behind an equals sign.
            boolean ignoredEngine = dialect == Dialect.H2
                    && token.is("engine")
                    && i + 2 < columns.size()
                    && columns.get(i + 1).isSymbol("=")
                    && columns.get(i + 2).isIdentifier();
            if (depth == 0
                    && token.kind() == Token.Kind.WORD
                    && FOREIGN_PARENTS.contains(token.text())
                    && !ownPartitions
                    && !ignoredEngine) {
                return true;
            }
        }
        return false;
    }

    /** The tables that foreign keys refer to and whose shape is copied. */
    private void addOtherTables(List<Effect> effects, List<Token> columns) {
        effects.addAll(ForeignKeys.in(dialect, columns));
        for (int i = 0; i + 1 < columns.size(); i++) {
            boolean copies = columns.get(i).is("like") && isAfterOpeningOrComma(columns, i);
            if (copies && columns.get(i + 1).isIdentifier()) {
                TableName copied = DottedName.at(columns, i + 1).table();
                effects.add(Effect.of(Verb.SELECT, copied).reaching(Reach.SHAPE));
            }
        }
    }

    private StatementEffects readView(StatementTokens statement, int depth, boolean replaces) {
        statement.next();
        statement.acceptIfExists();
        Optional<TableName> view = statement.acceptTable();
        List<Token> definition = statement.rest();
        int as = topLevelAs(definition);
        if (view.isEmpty() || as < 0) {
            return notKnown("CREATE VIEW", statement);
        }
        List<Effect> effects = new ArrayList<>();
        effects.add(Effect.of(Verb.CREATE, view.get()));
        if (replaces) {
            effects.add(Effect.of(Verb.ALTER, view.get()));
        }
        StatementEffects outer =
                Definitions.read(dialect, statement, "CREATE VIEW", effects, definition.subList(0, as));
        return withQuery(statement, outer, definition.subList(as + 1, definition.size()), depth);
    }

    /** PostgreSQL tells what stands behind such a view; one that refers to itself is not followed. */
    private StatementEffects readTemporaryView(StatementTokens statement, int depth, Set<String> modifiers) {
        statement.next();
        Optional<TableName> view = statement.acceptTable();
        List<Token> definition = statement.rest();
        int as = topLevelAs(definition);
        boolean isFollowed = dialect == Dialect.POSTGRESQL && !modifiers.contains("recursive");
        if (isFollowed && view.isPresent() && as >= 0) {
            StatementEffects outer =
                    Definitions.read(dialect, statement, "CREATE VIEW", List.of(), definition.subList(0, as));
            StatementEffects whole = withQuery(statement, outer, definition.subList(as + 1, definition.size()), depth);
            if (whole instanceof StatementEffects.Understood) {
                return Readings.changing(whole, new SessionChange.TemporaryView(view.get()));
            }
        }
        return Readings.unreadable(
                "CREATE VIEW",
                statement,
                "a temporary view hides what it stands for from the guard",
                "use a view or a subquery");
    }

    /** What is defined together with the query that fills it. */
    private StatementEffects withQuery(
            StatementTokens statement, StatementEffects outer, List<Token> query, int depth) {
        if (outer instanceof StatementEffects.Bounded definition) {
            return Readings.alsoBounding(definition, TokenBound.of(dialect, query, "SELECT", definition.problem()));
        }
        return outer instanceof StatementEffects.Understood definition
                ? Readings.around(definition, readQuery(statement, query, depth))
                : outer;
    }

    private StatementEffects readQuery(StatementTokens statement, List<Token> query, int depth) {
        int end = query.size();
        if (end > 2 && query.get(end - 1).is("data")) {
            end -= query.get(end - 2).is("no") ? 3 : 2;
        }
        return reader.readInner(new StatementTokens(statement.sql(), query.subList(0, Math.max(0, end))), depth);
    }

    private StatementEffects readIndex(StatementTokens statement) {
        statement.next();
        statement.accept("concurrently");
        statement.acceptIfExists();
        if (!statement.is("on")) {
            statement.acceptTable();
        }
        boolean on = statement.accept("on");
        boolean isAlone = statement.accept("only");
        Reach reach = dialect == Dialect.POSTGRESQL && !isAlone ? Reach.PARTS : Reach.TABLE;
        Optional<TableName> table = statement.acceptTable();
        return !on || table.isEmpty()
                ? notKnown("CREATE INDEX", statement)
                : Definitions.read(
                        dialect,
                        statement,
                        "CREATE INDEX",
                        List.of(Effect.of(Verb.EXTEND, table.get()).reaching(reach)),
                        statement.rest());
    }

    private StatementEffects readPrimaryKey(StatementTokens statement) {
        statement.accept("primary", "key");
        statement.accept("hash");
        statement.acceptIfExists();
        if (!statement.is("on")) {
            statement.acceptTable();
        }
        boolean on = statement.accept("on");
        Optional<TableName> table = statement.acceptTable();
        return !on || table.isEmpty()
                ? notKnown("CREATE PRIMARY KEY", statement)
                : Definitions.read(
                        dialect,
                        statement,
                        "CREATE PRIMARY KEY",
                        List.of(Effect.of(Verb.ALTER, table.get())),
                        statement.rest());
    }

    private static StatementEffects readSequence(StatementTokens statement) {
        statement.next();
        statement.acceptIfExists();
        Optional<TableName> name = statement.acceptTable();
        List<Token> options = statement.rest();
        if (name.isEmpty() || !SequenceOptions.arePlain(options)) {
            return notKnown("CREATE SEQUENCE", statement);
        }
        List<Effect> effects = new ArrayList<>(List.of(Effect.of(Verb.CREATE, name.get())));
        effects.addAll(SequenceOptions.owners(options));
        return Readings.effects("CREATE SEQUENCE", effects, List.of());
    }

    private StatementEffects readSchema(StatementTokens statement, int depth) {
        if (!statement.holds(NewSchemas.FIRST_OF_ELEMENTS)) {
            return NewSchemas.read(dialect, statement);
        }
        return dialect == Dialect.POSTGRESQL
                ? NewSchemas.readWithElements(statement, element -> reader.readInner(element, depth))
                : notKnown("CREATE SCHEMA", statement);
    }

    private static int topLevelAs(List<Token> tokens) {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0 && token.is("as")) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isAfterOpeningOrComma(List<Token> tokens, int index) {
        return index > 0
                && (tokens.get(index - 1).isSymbol("(") || tokens.get(index - 1).isSymbol(","));
    }

    private static StatementEffects notKnown(String operation, StatementTokens statement) {
        return Readings.unreadable(operation, statement, "a form of " + operation + " that is not known", "");
    }
}
