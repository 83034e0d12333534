package io.tierguard.sql;

import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The statements of MySQL and MariaDB that neither query nor change rows, by their first word. */
final class MySqlUtilities {

    private static final Set<String> OF_MARIADB = Set.of("backup");
    private static final Set<String> OF_MYSQL = Set.of("clone", "import", "restart");

    private final Map<String, UtilityTable.Row> rows = new HashMap<>();

    private MySqlUtilities() {}

    /** The rows of a dialect. */
    static Map<String, UtilityTable.Row> of(Dialect dialect, StatementReader reader) {
        MySqlUtilities utilities = new MySqlUtilities();
        utilities.addTransactions();
        utilities.addTables(dialect, reader);
        utilities.addDefinitions(dialect, reader);
        utilities.addServer(dialect);
        if (dialect == Dialect.MARIADB) {
            utilities.addCode(reader);
        }
        return utilities.rows;
    }

    private void addTransactions() {
        for (String word : List.of("begin", "start", "commit", "rollback", "savepoint", "release")) {
            rows.put(word, MySqlTransactions::read);
        }
        rows.put("xa", MySqlTransactions::readXa);
    }

    private void addTables(Dialect dialect, StatementReader reader) {
        MySqlTableStatements tables = new MySqlTableStatements(reader);
        for (String word : List.of("check", "checksum", "optimize", "repair")) {
            rows.put(word, tables::readMaintenance);
        }
        rows.put("lock", tables::readLock);
        rows.put("unlock", tables::readUnlock);
        rows.put("handler", tables::readHandler);
        rows.put("load", tables::readLoad);
        rows.put("truncate", tables::readTruncate);
        rows.put("rename", tables::readRename);
        MySqlWrappingStatements wrapping = new MySqlWrappingStatements(reader, tables);
        for (String word : List.of("explain", "describe", "desc")) {
            rows.put(word, wrapping::readExplain);
        }
        rows.put("analyze", wrapping::readAnalyze);
        rows.put("show", wrapping::readShow);
        rows.put("do", wrapping::readDo);
        rows.put("call", wrapping::readCall);
        rows.put("set", new MySqlSetStatements(reader)::read);
        rows.put("use", MySqlUtilities::readUse);
    }

    private void addDefinitions(Dialect dialect, StatementReader reader) {
        MySqlPreparedStatements prepared = new MySqlPreparedStatements(dialect, reader);
        rows.put("prepare", prepared::readPrepare);
        rows.put("execute", prepared::readExecute);
        rows.put("deallocate", prepared::readDeallocate);
        rows.put("create", new MySqlCreateStatements(dialect, reader)::read);
        rows.put("alter", new MySqlAlterStatements(dialect, reader)::read);
        rows.put("drop", new MySqlDropStatements(prepared)::read);
    }

    private void addCode(StatementReader reader) {
        MySqlCompoundStatements code = new MySqlCompoundStatements(reader);
        MySqlCompoundStatements.FIRST.forEach(word -> rows.put(word, code::read));
        rows.put(
                "begin",
                (statement, depth) -> statement.is("begin", "not", "atomic")
                        ? code.read(statement, depth)
                        : MySqlTransactions.read(statement, depth));
    }

    private void addServer(Dialect dialect) {
        rows.put("help", (statement, depth) -> Readings.harmless("HELP"));
        for (String word : List.of("get", "signal", "resignal")) {
            rows.put(word, MySqlUtilities::readCondition);
        }
        for (String word : List.of(
                "grant",
                "revoke",
                "flush",
                "kill",
                "reset",
                "purge",
                "change",
                "binlog",
                "shutdown",
                "install",
                "uninstall",
                "cache",
                "stop")) {
            administer(word);
        }
        (dialect == Dialect.MARIADB ? OF_MARIADB : OF_MYSQL).forEach(this::administer);
    }

    private void administer(String word) {
        String operation = word.toUpperCase(Locale.ROOT);
        rows.put(word, (statement, depth) -> Readings.power(operation, Power.ADMINISTER, List.of()));
    }

    /** GET DIAGNOSTICS, SIGNAL and RESIGNAL tell and ask what went wrong. */
    private static StatementEffects readCondition(StatementTokens statement, int depth) {
        String operation = statement.next().text().toUpperCase(Locale.ROOT);
        boolean computes = statement.rest().stream().anyMatch(token -> token.isSymbol("("));
        return computes ? MySqlTokens.notKnown(operation, statement) : Readings.harmless(operation);
    }

    /** USE replaces the one database in which names are looked for. */
    private static StatementEffects readUse(StatementTokens statement, int depth) {
        statement.next();
        Optional<TableName> database = statement.acceptTable();
        return database.isPresent() && statement.atEnd() && !database.get().isQualified()
                ? Readings.change(
                        "USE",
                        new SessionChange.SchemaPath(List.of(database.get().name())))
                : MySqlTokens.notKnown("USE", statement);
    }
}
