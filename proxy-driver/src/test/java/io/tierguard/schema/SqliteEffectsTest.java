package io.tierguard.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.sql.AnalyzedText;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.RoutineCall;
import io.tierguard.sql.SqlAnalyzer;
import io.tierguard.sql.StatementEffects;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sqlite.ProgressHandler;

/**
 * Random changes of rows in random schemas of a live SQLite, with keys, triggers, views and conflict clauses: the tables that
 * lost a row, and those that only won some, must have been told.
 */
class SqliteEffectsTest {
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_128L);
    private static final long SECONDS = Long.getLong("fuzz.seconds", 0L);

    /** How many schemas a build tries, whatever its machine. */
    private static final int ROUNDS = 60;

    private static final List<String> TABLES = List.of("t0", "t1", "t2", "t3");
    private static final List<String> ALL =
            List.of("main.t0", "main.t1", "main.t2", "main.t3", "aux.x", "temp.y", "main.f");
    private static final List<String> PATH = List.of("temp", "main", "aux");

    private static final StatedCode NOTHING = new StatedCode() {
        @Override
        public Optional<List<Effect>> of(RoutineCall routine) {
            return Optional.empty();
        }

        @Override
        public Optional<List<Effect>> of(Trigger trigger) {
            return Optional.empty();
        }

        @Override
        public boolean isAbout(RoutineCall routine) {
            return false;
        }
    };

    private final Random random = new Random(SEED);
    private final SqlAnalyzer analyzer = new SqlAnalyzer(LexicalModes.defaultsOf(Dialect.SQLITE));
    private volatile long deadline = Long.MAX_VALUE;

    @Test
    void everyTableThatAStatementChangesIsTold() throws SQLException {
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        int texts = 0;
        int changed = 0;
        for (int round = 0; round < ROUNDS || System.nanoTime() < end; round++) {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:?limit_trigger_depth=6")) {
                interruptLate(connection);
                List<String> schema = makeSchema(connection);
                SchemaSnapshot snapshot = SqliteCatalog.read(connection);
                for (int i = 0; i < 25; i++) {
                    String sql = change("", table());
                    Map<String, Set<String>> before = contents(connection);
                    run(connection, sql);
                    Map<String, Set<String>> after = contents(connection);
                    texts++;
                    changed += before.equals(after) ? 0 : 1;
                    assertTold(snapshot, sql, before, after, schema);
                }
            }
        }
        System.out.println(
                "SqliteEffectsTest, seed " + SEED + ": " + texts + " texts, " + changed + " changed something");
        assertThat(changed).isGreaterThan(texts / 5);
    }

    private void assertTold(
            SchemaSnapshot snapshot,
            String sql,
            Map<String, Set<String>> before,
            Map<String, Set<String>> after,
            List<String> schema) {
        Set<String> losing = new HashSet<>();
        Set<String> winning = new HashSet<>();
        tell(snapshot, sql, losing, winning);
        for (String table : ALL) {
            Set<String> lost = new HashSet<>(before.getOrDefault(table, Set.of()));
            lost.removeAll(after.getOrDefault(table, Set.of()));
            if (!Objects.equals(before.get(table), after.get(table))) {
                assertThat(lost.isEmpty() ? winning : losing)
                        .as("seed %d: %s changes %s in %s", SEED, sql, table, String.join(";\n", schema))
                        .contains(table);
            }
        }
    }

    private void tell(SchemaSnapshot snapshot, String sql, Set<String> losing, Set<String> winning) {
        AnalyzedText read = analyzer.analyze(sql, Placeholders.NONE);
        for (StatementEffects statement : read.statements()) {
            for (Effect effect : ((StatementEffects.Understood) statement).effects()) {
                EffectClosure.Closed closed = EffectClosure.close(snapshot, effect, PATH, NOTHING);
                assertThat(closed.hiddenCode()).as(sql).isEmpty();
                for (Effect each : closed.effects()) {
                    switch (each.verb()) {
                        case UPDATE, DELETE, DROP, ALTER, TRUNCATE -> {
                            addAll(losing, each.table());
                            addAll(winning, each.table());
                        }
                        case INSERT -> addAll(winning, each.table());
                        case SELECT, CREATE, EXTEND -> {}
                    }
                }
            }
        }
    }

    private static void addAll(Set<String> tables, TableName table) {
        (table.isQualified() ? List.of(table.schema()) : PATH)
                .forEach(schema -> tables.add(schema + "." + table.name()));
    }

    private void interruptLate(Connection connection) throws SQLException {
        ProgressHandler.setHandler(connection, 2_000, new ProgressHandler() {
            @Override
            protected int progress() {
                return System.nanoTime() > deadline ? 1 : 0;
            }
        });
    }

    private void run(Connection connection, String sql) {
        deadline = System.nanoTime() + 100_000_000L;
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException refused) {
            // Part of it may have run.
        }
        deadline = Long.MAX_VALUE;
    }

    private static Map<String, Set<String>> contents(Connection connection) throws SQLException {
        Map<String, Set<String>> contents = new TreeMap<>();
        for (String table : ALL) {
            Set<String> rows = new HashSet<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT rowid, * FROM " + table)) {
                while (row.next()) {
                    StringBuilder text = new StringBuilder();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        text.append(row.getString(i)).append('|');
                    }
                    rows.add(text.toString());
                }
            }
            contents.put(table, rows);
        }
        return contents;
    }

    private List<String> makeSchema(Connection connection) {
        List<String> schema = new ArrayList<>(List.of("ATTACH ':memory:' AS aux"));
        for (String table : TABLES) {
            String key = random.nextInt(5) < 3
                    ? " REFERENCES " + any(TABLES) + any("", "(id)", "(a)")
                            + any("", " ON DELETE CASCADE", " ON DELETE SET NULL", " ON DELETE SET DEFAULT")
                            + any("", " ON UPDATE CASCADE", " ON UPDATE SET NULL")
                    : "";
            schema.add("CREATE TABLE " + table + " (id INTEGER PRIMARY KEY, a UNIQUE"
                    + any("", " ON CONFLICT REPLACE", " ON CONFLICT IGNORE") + ", b DEFAULT 2" + key + ", c"
                    + any("", " UNIQUE", " NOT NULL ON CONFLICT REPLACE DEFAULT 1") + ")");
            schema.add("INSERT OR IGNORE INTO " + table + " (id, a, c) VALUES (1, 1, 1), (2, 2, 2), (3, 3, 3)");
        }
        schema.addAll(List.of(
                "CREATE TABLE aux.x (id INTEGER PRIMARY KEY, a)",
                "CREATE TEMP TABLE y (id INTEGER PRIMARY KEY, a)",
                "CREATE VIRTUAL TABLE f USING fts5 (a)",
                "CREATE VIEW v AS SELECT * FROM " + any(TABLES),
                "INSERT INTO x VALUES (1, 1)",
                "INSERT INTO y VALUES (1, 1)",
                "INSERT INTO f VALUES ('x')"));
        int triggers = random.nextInt(5);
        for (int i = 0; i < triggers; i++) {
            String event = any("INSERT", "DELETE", "UPDATE");
            String row = event.equals("DELETE") ? "old" : "new";
            String on = random.nextInt(4) == 0
                    ? " INSTEAD OF " + event + " ON v"
                    : any(" AFTER ", " BEFORE ") + event + " ON " + any(TABLES);
            schema.add("CREATE " + any("", "", "TEMP ") + "TRIGGER g" + i + on + any("", " WHEN " + row + ".id > 1")
                    + " BEGIN " + change(row, any("v", any(TABLES), any(TABLES))) + "; END");
        }
        schema.add("PRAGMA foreign_keys = " + any("ON", "OFF"));
        schema.add("PRAGMA recursive_triggers = " + any("ON", "OFF"));
        schema.forEach(sql -> run(connection, sql));
        return schema;
    }

    private String change(String row, String table) {
        boolean isWide = table.startsWith("t") || table.startsWith("v") || table.startsWith("main.t");
        String column = isWide ? any("id", "a", "b", "c") : "a";
        String value = row.isEmpty() || random.nextBoolean()
                ? any("1", "2", "3", "NULL", "(SELECT max(id) FROM t1)")
                : row + "." + any("id", "a", "b", "c");
        String where = random.nextBoolean() ? " WHERE a " + any("=", ">", "<>") + any(" 1", " 2") : "";
        return switch (random.nextInt(6)) {
            case 0 -> "DELETE FROM " + table + where;
            case 1 ->
                "UPDATE " + any("", "OR REPLACE ", "OR IGNORE ") + table + " SET " + column + " = " + value + where;
            case 2 ->
                any("REPLACE", "INSERT OR REPLACE") + " INTO " + table + " (" + column + ") VALUES (" + value + ")";
            case 3 ->
                "INSERT INTO " + table + " (" + column + ") VALUES (" + value + ") ON CONFLICT DO UPDATE SET " + column
                        + " = " + any("1", "4");
            case 4 -> "INSERT INTO " + table + " (" + column + ") SELECT id FROM " + any(TABLES) + " WHERE true";
            default -> "INSERT " + any("", "OR IGNORE ") + "INTO " + table + " (" + column + ") VALUES (" + value + ")";
        };
    }

    private String table() {
        return any(any(TABLES), any(TABLES), "main." + any(TABLES), any("v", "x", "y", "f"));
    }

    private String any(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
