package io.tierguard.sql;

import io.tierguard.policy.model.Power;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statements that neither query nor change rows, by their first word: a table per dialect. */
final class UtilityTable {

    /** Reads the statements that begin with one word. */
    @FunctionalInterface
    interface Row {
        StatementEffects read(StatementTokens statement, int depth);
    }

    private final Map<String, Row> rows = new HashMap<>();

    private UtilityTable() {}

    /** The rows of a dialect. */
    static UtilityTable of(Dialect dialect, StatementReader reader) {
        UtilityTable table = new UtilityTable();
        if (dialect == Dialect.H2 || dialect == Dialect.POSTGRESQL) {
            table.addCommon(dialect, reader);
        }
        switch (dialect) {
            case H2 -> table.addH2(reader);
            case POSTGRESQL -> table.addPostgreSql(reader);
            case SQLITE -> table.rows.putAll(SqliteUtilities.of(reader));
            case ANSI -> table.addAnsi(reader);
            case ORACLE -> table.rows.putAll(OracleUtilities.all());
            case SQLSERVER -> table.rows.putAll(SqlServerUtilities.all());
            case MYSQL, MARIADB -> table.rows.putAll(MySqlUtilities.of(dialect, reader));
        }
        return table;
    }

    /** The row of a first word in lower case; null for a word that is not known. */
    @Nullable
    Row row(String word) {
        return rows.get(word);
    }

    /** The first words that it knows. */
    Set<String> words() {
        return Set.copyOf(rows.keySet());
    }

    private void addCommon(Dialect dialect, StatementReader reader) {
        Row transactions = TransactionStatements::read;
        for (String word : List.of("begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release")) {
            rows.put(word, transactions);
        }
        harmless("show");
        WrappingStatements wrapping = new WrappingStatements(dialect, reader);
        rows.put("explain", wrapping::readExplain);
        rows.put("call", wrapping::readCall);
        CreateStatements creates = new CreateStatements(dialect, reader);
        rows.put("create", creates::read);
        AlterStatements alters = new AlterStatements(dialect);
        rows.put("alter", alters::read);
        rows.put("drop", (statement, depth) -> DropStatements.read(dialect, statement));
        rows.put("comment", (statement, depth) -> TableStatements.readComment(dialect, statement));
        rows.put("truncate", TableStatements::readTruncate);
        rows.put("refresh", TableStatements::readRefresh);
        rows.put("analyze", TableStatements::readMaintenance);
        powers(Power.ADMINISTER, "grant", "revoke", "checkpoint");
    }

    /** What {@link AnsiForms} lets pass of them, no more. */
    private void addAnsi(StatementReader reader) {
        Row transactions = TransactionStatements::read;
        for (String word : List.of("start", "commit", "rollback", "savepoint", "release")) {
            rows.put(word, transactions);
        }
        harmless("set", "call");
        rows.put("create", new CreateStatements(Dialect.ANSI, reader)::read);
        rows.put("alter", new AlterStatements(Dialect.ANSI)::read);
        rows.put("drop", (statement, depth) -> DropStatements.read(Dialect.ANSI, statement));
        rows.put("truncate", TableStatements::readTruncate);
    }

    private void addPostgreSql(StatementReader reader) {
        harmless("close", "fetch", "move", "listen", "unlisten", "notify");
        WrappingStatements wrapping = new WrappingStatements(Dialect.POSTGRESQL, reader);
        rows.put("declare", wrapping::readDeclare);
        rows.put("copy", wrapping::readCopy);
        rows.put("set", PostgreSqlSetStatements::readSet);
        rows.put("reset", PostgreSqlSetStatements::readReset);
        rows.put("discard", PostgreSqlSetStatements::readDiscard);
        PreparedStatements prepared = new PreparedStatements(reader);
        rows.put("prepare", prepared::readPrepare);
        rows.put("execute", prepared::readExecute);
        rows.put("deallocate", prepared::readDeallocate);
        rows.put("lock", TableStatements::readLock);
        for (String word : List.of("vacuum", "reindex", "cluster", "analyse")) {
            rows.put(word, TableStatements::readMaintenance);
        }
        rows.put("do", new DoStatements(reader)::read);
        powers(Power.ADMINISTER, "load", "security");
        rows.put("import", WholesaleStatements::readImport);
        rows.put("reassign", WholesaleStatements::readReassign);
    }

    private void addH2(StatementReader reader) {
        harmless("help", "deallocate", "discard");
        H2TextStatements texts = new H2TextStatements(reader);
        rows.put("prepare", texts::readPrepare);
        rows.put("execute", texts::readExecute);
        rows.put("set", H2SetStatements::read);
        rows.put("use", (statement, depth) -> Readings.change("USE", new SessionChange.SchemaPathUnknown()));
        powers(Power.ADMINISTER, "backup", "shutdown", "script");
        unreadable("run the script's statements one by one", "runscript");
        H2Statements statements = new H2Statements(reader);
        rows.put("declare", statements::readDeclare);
        rows.put("exec", statements::readExec);
    }

    private void harmless(String... words) {
        for (String word : words) {
            rows.put(word, (statement, depth) -> Readings.harmless(upper(word)));
        }
    }

    private void powers(Power power, String... words) {
        for (String word : words) {
            rows.put(word, (statement, depth) -> Readings.power(upper(word), power, List.of()));
        }
    }

    private void unreadable(String help, String... words) {
        for (String word : words) {
            rows.put(
                    word,
                    (statement, depth) ->
                            Readings.unreadable(upper(word), statement, upper(word) + " hides what it runs", help));
        }
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
