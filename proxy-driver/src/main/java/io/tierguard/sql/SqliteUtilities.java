package io.tierguard.sql;

import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.Verb;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The statements of SQLite that neither query nor change rows, by their first word. */
final class SqliteUtilities {
    private final StatementReader reader;
    private final Map<String, UtilityTable.Row> rows = new HashMap<>();

    private SqliteUtilities(StatementReader reader) {
        this.reader = reader;
    }

    /** The rows. */
    static Map<String, UtilityTable.Row> of(StatementReader reader) {
        SqliteUtilities utilities = new SqliteUtilities(reader);
        utilities.addTransactions();
        utilities.addDefinitions();
        utilities.addDatabases();
        return utilities.rows;
    }

    private void addTransactions() {
        rows.put("begin", (statement, depth) -> SqliteTransactions.begin(statement));
        rows.put("commit", (statement, depth) -> SqliteTransactions.commit(statement));
        rows.put("end", (statement, depth) -> SqliteTransactions.commit(statement));
        rows.put("rollback", (statement, depth) -> SqliteTransactions.rollback(statement));
        rows.put("savepoint", (statement, depth) -> SqliteTransactions.savepoint(statement));
        rows.put("release", (statement, depth) -> SqliteTransactions.release(statement));
    }

    private void addDefinitions() {
        rows.put("create", (statement, depth) -> SqliteDefinitions.readCreate(statement));
        rows.put("alter", (statement, depth) -> SqliteDefinitions.readAlter(statement));
        rows.put("drop", (statement, depth) -> SqliteDefinitions.readDrop(statement));
        rows.put("explain", this::readExplain);
    }

    private void addDatabases() {
        rows.put("pragma", (statement, depth) -> SqlitePragmas.read(statement));
        rows.put("attach", (statement, depth) -> database(statement));
        rows.put("detach", (statement, depth) -> database(statement));
        rows.put("vacuum", (statement, depth) -> vacuum(statement));
        rows.put("analyze", (statement, depth) -> maintenance(statement));
        rows.put("reindex", (statement, depth) -> maintenance(statement));
        // The JDBC driver runs these two itself, whatever follows them.
        rows.put("backup", (statement, depth) -> Readings.power("BACKUP", Power.ADMINISTER, List.of()));
        rows.put(
                "restore",
                (statement, depth) -> Readings.sweeping(
                        "RESTORE", List.of(), List.of(new Sweep.Everywhere(Verb.DROP)), Set.of(Power.ADMINISTER)));
    }

    /** What is explained does not run, but for a PRAGMA, which may run while the statement is prepared. */
    private StatementEffects readExplain(StatementTokens statement, int depth) {
        statement.next();
        statement.accept("query", "plan");
        boolean isOfRows = statement.isAny(WritingWords.FIRST);
        StatementEffects inner = reader.readInner(statement, depth);
        return isOfRows ? Readings.plannedOnly("EXPLAIN", inner) : Readings.around("EXPLAIN", List.of(), inner);
    }

    /** Names mean something else once another file is there, or no longer. */
    private static StatementEffects database(StatementTokens statement) {
        String operation = statement.peek().text().toUpperCase(Locale.ROOT);
        return SqliteStatements.read(statement, operation, Set.of(Power.ADMINISTER), read -> {
            SqliteCursor cursor = read.cursor();
            cursor.next();
            if (cursor.is("database") && cursor.peek(1).kind() != Token.Kind.SYMBOL) {
                cursor.next();
            }
            new SqliteQueries(cursor, read.findings()).expressions.list();
            read.findings().change(new SessionChange.SchemaPathUnknown());
        });
    }

    private static StatementEffects vacuum(StatementTokens statement) {
        boolean writesFile = statement.holds(Set.of("into"));
        Set<Power> powers = writesFile ? Set.of(Power.ADMINISTER) : Set.of();
        return SqliteStatements.read(statement, "VACUUM", powers, read -> {
            SqliteCursor cursor = read.cursor();
            cursor.next();
            if (cursor.isName()) {
                cursor.name();
            }
            if (cursor.accept("into")) {
                new SqliteQueries(cursor, read.findings()).expressions.single();
            }
        });
    }

    /** ANALYZE and REINDEX change no row. */
    private static StatementEffects maintenance(StatementTokens statement) {
        String operation = statement.peek().text().toUpperCase(Locale.ROOT);
        return SqliteStatements.read(statement, operation, read -> {
            read.cursor().next();
            if (!read.cursor().atEnd()) {
                read.cursor().table();
            }
        });
    }
}
