package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads CREATE, ALTER and DROP of SQLite. */
final class SqliteDefinitions {
    private static final String TEMPORARY = "temp";

    /** The kinds of virtual tables that keep their rows in tables of the same database. */
    private static final Set<String> MODULES =
            Set.of("fts3", "fts4", "fts4aux", "fts5", "fts5vocab", "rtree", "rtree_i32", "geopoly");

    private SqliteDefinitions() {}

    static StatementEffects readCreate(StatementTokens statement) {
        SqliteCursor words = new SqliteCursor(statement.rest());
        words.expect("create");
        boolean temporary = words.accept("temp") || words.accept("temporary");
        boolean isUnique = words.accept("unique");
        String kind = words.peek().kind() == Token.Kind.WORD ? words.peek().text() : "";
        if (isUnique && !kind.equals("index")) {
            return unknown(statement, "CREATE");
        }
        return switch (kind) {
            case "table" ->
                SqliteStatements.read(statement, "CREATE TABLE", read -> new SqliteTables(read).create(temporary));
            case "view" -> SqliteStatements.read(statement, "CREATE VIEW", read -> view(read, temporary));
            case "index" -> SqliteStatements.read(statement, "CREATE INDEX", SqliteDefinitions::index);
            case "trigger" -> SqliteTriggers.read(statement);
            case "virtual" -> virtualTable(statement);
            default -> unknown(statement, "CREATE");
        };
    }

    static StatementEffects readAlter(StatementTokens statement) {
        return SqliteStatements.read(statement, "ALTER TABLE", read -> new SqliteTables(read).alter());
    }

    private static StatementEffects unknown(StatementTokens statement, String operation) {
        return Readings.unreadable(operation, statement, "a form of " + operation + " that is not known", "");
    }

    /** The name of what is made, which is the session's own where it is temporary. */
    static TableName made(SqliteCursor cursor, boolean temporary) {
        TableName name = cursor.table();
        return temporary ? name.in(TEMPORARY) : name;
    }

    private static void view(SqliteStatements.Reading read, boolean temporary) {
        SqliteCursor cursor = read.cursor();
        while (!cursor.accept("view")) {
            cursor.next();
        }
        cursor.acceptIfExists();
        TableName view = made(cursor, temporary);
        SqliteQueries queries = new SqliteQueries(cursor, read.findings());
        if (cursor.isSymbol("(")) {
            queries.names();
        }
        cursor.expect("as");
        read.findings().effect(Verb.CREATE, view);
        queries.query();
    }

    private static void index(SqliteStatements.Reading read) {
        SqliteCursor cursor = read.cursor();
        while (!cursor.accept("index")) {
            cursor.next();
        }
        cursor.acceptIfExists();
        TableName index = cursor.table();
        cursor.expect("on");
        TableName table = TableName.of(index.schema(), cursor.name());
        SqliteQueries queries = new SqliteQueries(cursor, read.findings());
        queries.expressions.columns();
        queries.where();
        read.findings().effect(Verb.EXTEND, table);
    }

    private static StatementEffects virtualTable(StatementTokens statement) {
        SqliteCursor words = new SqliteCursor(statement.rest());
        int using = 0;
        while (!words.peek(using).is("using") && using < 12) {
            using++;
        }
        Token module = words.peek(using + 1);
        boolean isKnown = module.isIdentifier() && MODULES.contains(TableName.fold(module.text()));
        return SqliteStatements.read(
                statement,
                "CREATE VIRTUAL TABLE",
                isKnown ? Set.of() : Set.of(Power.ADMINISTER),
                SqliteDefinitions::virtualTable);
    }

    private static void virtualTable(SqliteStatements.Reading read) {
        SqliteCursor cursor = read.cursor();
        cursor.expect("create");
        cursor.expect("virtual", "table");
        cursor.acceptIfExists();
        TableName table = cursor.table();
        cursor.expect("using");
        Effect effect = Effect.of(Verb.CREATE, table);
        read.findings().add(SqliteVirtualTable.mayTake(cursor.name()) ? effect.reaching(Reach.PARTS) : effect);
        if (cursor.isSymbol("(")) {
            arguments(read, table);
        }
    }

    /** Steps over the arguments of a module, of which one may name a table that is read. */
    private static void arguments(SqliteStatements.Reading read, TableName table) {
        SqliteCursor cursor = read.cursor();
        int depth = 0;
        do {
            Token token = cursor.next();
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            boolean namesTable = SqliteVirtualTable.isContent(token)
                    && cursor.isSymbol("=")
                    && (cursor.peek(1).isIdentifier() || cursor.peek(1).kind() == Token.Kind.STRING)
                    && !cursor.peek(1).text().isEmpty();
            if (namesTable) {
                read.findings()
                        .effect(
                                Verb.SELECT,
                                TableName.of(table.schema(), cursor.peek(1).text()));
            }
            if (cursor.atEnd() && depth > 0) {
                throw cursor.unexpected();
            }
        } while (depth > 0);
    }

    static StatementEffects readDrop(StatementTokens statement) {
        String kind =
                statement.peek(1).kind() == Token.Kind.WORD ? statement.peek(1).text() : "";
        return switch (kind) {
            case "table" -> SqliteStatements.read(statement, "DROP TABLE", SqliteDefinitions::drop);
            case "view" -> SqliteStatements.read(statement, "DROP VIEW", SqliteDefinitions::drop);
            case "index" -> SqliteStatements.read(statement, "DROP INDEX", SqliteDefinitions::drop);
            case "trigger" -> dropTrigger(statement);
            default -> unknown(statement, "DROP");
        };
    }

    private static void drop(SqliteStatements.Reading read) {
        read.cursor().next();
        read.cursor().next();
        boolean ifThere = read.cursor().acceptIfExists();
        Effect effect = Effect.of(Verb.DROP, read.cursor().table());
        read.findings().add(effect.reaching(ifThere ? Reach.IF_THERE : Reach.TABLE));
    }

    /** The schema leads from the trigger to its table. */
    private static StatementEffects dropTrigger(StatementTokens statement) {
        StatementEffects dropped = SqliteStatements.read(statement, "DROP TRIGGER", SqliteDefinitions::drop);
        if (!(dropped instanceof StatementEffects.Understood understood)) {
            return dropped;
        }
        List<Effect> effects = understood.effects().stream()
                .map(effect -> Effect.of(Verb.ALTER, effect.table()).reaching(effect.reach()))
                .toList();
        return Readings.code("DROP TRIGGER", effects, Optional.of(DefinedCode.NONE));
    }
}
