package io.tierguard.integration;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.h2.command.Prepared;
import org.h2.command.dml.DataChangeStatement;
import org.h2.command.dml.Merge;
import org.h2.command.query.Query;
import org.h2.command.query.Select;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.message.DbException;
import org.h2.table.DataChangeDeltaTable;
import org.h2.table.TableFilter;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/**
 * Which tables a statement writes, as the database itself has understood it: PostgreSQL by its plan, H2 by its parser.
 *
 * @param writes what is done, in words of SQL, by the name of the table in lower case
 */
record WrittenTables(Map<String, Set<String>> writes) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern LEADING = Pattern.compile("(?s)(\\s|--[^\n]*\n|/\\*.*?\\*/|\\()*");
    private static final Set<String> PLANNED =
            Set.of("select", "with", "values", "table", "insert", "update", "delete", "merge", "from", "replace");

    /** Empty where the statement is none that a database plans, or none it can plan before parameters are bound. */
    static Optional<WrittenTables> of(TestDatabase database, Connection connection, String sql, boolean isPlain)
            throws SQLException {
        if (!PLANNED.contains(firstWord(sql))) {
            return Optional.empty();
        }
        return switch (database.dialect()) {
            case H2 -> ofH2(connection, sql);
            case POSTGRESQL -> ofPostgreSql(connection, sql, isPlain);
            // Their plans do not tell what is written.
            case MYSQL, MARIADB, SQLITE, ANSI, ORACLE, SQLSERVER -> Optional.empty();
        };
    }

    static String firstWord(String sql) {
        String rest = LEADING.matcher(sql).replaceFirst("");
        return rest.split("[^A-Za-z]", 2)[0].toLowerCase(Locale.ROOT);
    }

    boolean areNone() {
        return writes.isEmpty();
    }

    /** Whether rows that are there may change or go. */
    boolean change(String table) {
        Set<String> verbs = writes.getOrDefault(table, Set.of());
        return verbs.contains("update") || verbs.contains("delete");
    }

    boolean write(String table) {
        return writes.containsKey(table);
    }

    private static Optional<WrittenTables> ofH2(Connection connection, String sql) throws SQLException {
        String plain = connection.nativeSQL(sql).strip().replaceFirst(";$", "");
        SessionLocal session =
                (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        Prepared prepared;
        try {
            prepared = session.prepare(plain);
        } catch (DbException gone) {
            return Optional.empty();
        }
        Map<String, Set<String>> writes = new TreeMap<>();
        if (prepared instanceof DataChangeStatement change) {
            String table = change.getTable().getName().toLowerCase(Locale.ROOT);
            writes.put(
                    table,
                    change instanceof Merge ? Set.of("insert", "update") : verbs(sql, change.getStatementName()));
        } else if (prepared instanceof Select select) {
            for (TableFilter filter = select.getTopTableFilter(); filter != null; filter = filter.getJoin()) {
                if (filter.getTable() instanceof DataChangeDeltaTable delta) {
                    DataChangeStatement change = statementOf(delta);
                    writes.put(
                            change.getTable().getName().toLowerCase(Locale.ROOT),
                            change instanceof Merge
                                    ? Set.of("insert", "update")
                                    : verbs(sql, change.getStatementName()));
                }
            }
        } else if (!(prepared instanceof Query)) {
            return Optional.empty();
        }
        return Optional.of(new WrittenTables(writes));
    }

    private static DataChangeStatement statementOf(DataChangeDeltaTable delta) {
        try {
            Field statement = DataChangeDeltaTable.class.getDeclaredField("statement");
            statement.setAccessible(true);
            return (DataChangeStatement) statement.get(delta);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<WrittenTables> ofPostgreSql(Connection connection, String sql, boolean isPlain)
            throws SQLException {
        String numbered = sql;
        if (!isPlain) {
            var queries = Parser.parseJdbcSql(sql, true, true, true, true, true);
            if (queries.size() != 1) {
                return Optional.empty();
            }
            NativeQuery query = queries.get(0);
            numbered = Parser.replaceProcessing(query.nativeSql, true, true);
        }
        boolean isInTransaction = !connection.getAutoCommit();
        var savepoint = isInTransaction ? connection.setSavepoint() : null;
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(isPlain);
            try (ResultSet plan = statement.executeQuery("EXPLAIN (GENERIC_PLAN, FORMAT JSON) " + numbered)) {
                plan.next();
                return Optional.of(new WrittenTables(writesOf(plan.getString(1), sql)));
            }
        } catch (SQLException unplanned) {
            if (savepoint != null) {
                connection.rollback(savepoint);
            }
            return Optional.empty();
        }
    }

    /** The nodes of a plan that change rows. */
    private static Map<String, Set<String>> writesOf(String plan, String sql) {
        Map<String, Set<String>> writes = new TreeMap<>();
        Map<Integer, Map<String, String>> open = new TreeMap<>();
        try (JsonParser parser = JSON.createParser(plan)) {
            int depth = 0;
            String name = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_OBJECT -> open.put(++depth, new TreeMap<>());
                    case END_OBJECT -> note(Objects.requireNonNull(open.remove(depth--)), sql, writes);
                    case FIELD_NAME -> name = parser.currentName();
                    case VALUE_STRING -> Objects.requireNonNull(open.get(depth)).put(name, parser.getText());
                    default -> {}
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writes;
    }

    private static void note(Map<String, String> node, String sql, Map<String, Set<String>> writes) {
        if ("ModifyTable".equals(node.get("Node Type")) && node.containsKey("Relation Name")) {
            Set<String> verbs = writes.computeIfAbsent(
                    node.get("Relation Name").toLowerCase(Locale.ROOT), table -> new TreeSet<>());
            verbs.addAll(verbs(sql, node.getOrDefault("Operation", "")));
            if ("UPDATE".equals(node.get("Conflict Resolution"))) {
                verbs.add("update");
            }
        }
    }

    private static Set<String> verbs(String sql, String operation) {
        String verb = operation.toLowerCase(Locale.ROOT);
        if (!verb.equals("merge")) {
            return Set.of(verb);
        }
        String text = sql.toLowerCase(Locale.ROOT);
        Set<String> verbs = new TreeSet<>();
        for (String each : Set.of("insert", "update", "delete")) {
            if (text.contains("then " + each)) {
                verbs.add(each);
            }
        }
        return verbs;
    }
}
