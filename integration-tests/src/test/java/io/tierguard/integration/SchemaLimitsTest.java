package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Schemas that are deep, wide or go round in circles, and texts that are long, are decided exactly and in bounded time. */
class SchemaLimitsTest {
    /** For one statement, however busy the machine is; what grows without bound takes longer however fast that is. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final String RULES = """
            table ledger is ledger
            table closed is closed
            table part_777 is ledger

            table orders is operational
            table ring_* is operational
            table whole is operational
            table even is operational
            table part_* is operational
            table top is operational
            table left_side is operational
            table right_side is operational

            component app {
              grant select, insert on tier ledger
              grant select on tier closed
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier operational
            }
            """;

    private static final String[] TABLES = {
        "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT)",
        "INSERT INTO ledger VALUES (1, 10), (2, 20)",
        "CREATE TABLE orders (id INT PRIMARY KEY, parent INT, note VARCHAR(1100000))",
        "INSERT INTO orders VALUES (1, NULL, 'x'), (2, 1, 'y')",
        "CREATE TABLE unclassified (id INT PRIMARY KEY, parent INT)",
    };

    @TempDir
    private Path folder;

    private GuardedTables open(LiveDatabase database) throws Exception {
        return GuardedTables.open(database, folder, RULES, TABLES);
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void soon(Step step) {
        assertTimeoutPreemptively(LONGEST, step::run);
    }

    /** Fifty views, each on the one before. */
    private static String[] views(String name, String table) {
        List<String> views = new ArrayList<>();
        String below = table;
        for (int i = 1; i <= 50; i++) {
            views.add("CREATE VIEW " + name + i + " AS SELECT * FROM " + below);
            below = name + i;
        }
        return views.toArray(String[]::new);
    }

    @ParameterizedTest
    @EnumSource
    void fiftyViewsDeepIsTheTableBelow(LiveDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            tables.prepare(views("deep_ledger_", "ledger"));
            tables.prepare(views("deep_order_", "orders"));
            tables.prepare(views("deep_hidden_", "unclassified"));
            soon(() -> tables.assertAllowed("SELECT * FROM deep_ledger_50", "SELECT * FROM deep_order_50"));
            soon(() -> tables.assertDenied(Reason.UNCLASSIFIED_TABLE, "SELECT * FROM deep_hidden_50", "unclassified"));
            if (database == LiveDatabase.POSTGRESQL) { // H2's views are written through triggers alone
                soon(() -> tables.assertAllowed("UPDATE deep_order_50 SET note = 'z' WHERE id = 1"));
                soon(() -> tables.assertDenied(Reason.IMMUTABLE_TIER, "UPDATE deep_ledger_50 SET amount = 0"));
                tables.prepare("UPDATE deep_ledger_50 SET amount = 0");
                assertThat(tables.count("ledger WHERE amount = 0")).isEqualTo(2);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRecursiveViewIsWhatItsQueryReads(LiveDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            String query = "WITH RECURSIVE up (id, parent) AS (SELECT id, parent FROM %1$s WHERE parent IS NULL"
                    + " UNION ALL SELECT t.id, t.parent FROM %1$s t JOIN up ON up.id = t.parent) SELECT * FROM up";
            boolean isPostgres = database == LiveDatabase.POSTGRESQL;
            for (String table : List.of("orders", "unclassified")) {
                tables.prepare("CREATE VIEW seen_of_" + table + " AS " + query.formatted(table));
            }
            if (isPostgres) {
                tables.prepare("CREATE RECURSIVE VIEW seen_short (id, parent) AS SELECT id, parent FROM unclassified"
                        + " UNION ALL SELECT t.id, t.parent FROM unclassified t JOIN seen_short s ON s.id = t.parent");
            }
            soon(() -> tables.assertAllowed("SELECT * FROM seen_of_orders"));
            soon(() -> tables.assertDenied(Reason.UNCLASSIFIED_TABLE, "SELECT * FROM seen_of_unclassified"));
            if (isPostgres) {
                soon(() -> tables.assertDenied(Reason.UNCLASSIFIED_TABLE, "SELECT * FROM seen_short"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void keysThatGoRoundInACircleEnd(LiveDatabase database) throws Exception {
        int size = 60;
        try (GuardedTables tables = open(database)) {
            List<String> ring = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                ring.add("CREATE TABLE ring_" + i + " (id INT PRIMARY KEY, next INT)");
                ring.add("INSERT INTO ring_" + i + " VALUES (1, 1)");
            }
            for (int i = 0; i < size; i++) {
                ring.add("ALTER TABLE ring_" + i + " ADD CONSTRAINT round_" + i
                        + " FOREIGN KEY (next) REFERENCES ring_" + (i + 1) % size
                        + " (id) ON DELETE CASCADE ON UPDATE CASCADE");
            }
            tables.prepare(ring.toArray(String[]::new));
            soon(() -> tables.assertAllowed("DELETE FROM ring_7 WHERE id = 2", "UPDATE ring_7 SET id = 1"));
            tables.prepare(
                    "ALTER TABLE ledger ADD CONSTRAINT of_ring FOREIGN KEY (id) REFERENCES ring_0 (id) ON DELETE CASCADE"
                            + (database == LiveDatabase.H2 ? " NOCHECK" : " NOT VALID"));
            Thread.sleep(1_100); // a new connection reads a schema again that is older than a second
            soon(() -> tables.assertDenied(
                    Reason.CASCADE, "DELETE FROM ring_7 WHERE id = 1", "round_6", "of_ring ON DELETE CASCADE"));
            tables.prepare("DELETE FROM ring_7 WHERE id = 1");
            assertThat(tables.count("ledger")).isEqualTo(1);
        }
    }

    @Test
    void aThousandPartitionsAreTheirParent() throws Exception {
        try (GuardedTables tables = open(LiveDatabase.POSTGRESQL)) {
            tables.prepare("CREATE TABLE whole (id int, amount int) PARTITION BY LIST (id)");
            tables.prepare("CREATE TABLE even (id int, amount int) PARTITION BY LIST (id)");
            tables.prepare("DO $$ BEGIN FOR i IN 1..1000 LOOP"
                    + " EXECUTE format('CREATE TABLE part_%s PARTITION OF %s FOR VALUES IN (%s)', i,"
                    + " CASE WHEN i < 778 THEN 'whole' ELSE 'even' END, i); END LOOP; END $$");
            tables.prepare("INSERT INTO whole SELECT n, 1 FROM generate_series(1, 777) n");
            soon(() -> tables.assertAllowed(
                    "SELECT count(*) FROM whole", "INSERT INTO whole VALUES (5, 2)", "UPDATE even SET amount = 2"));
            soon(() -> tables.assertDenied(Reason.CASCADE, "UPDATE whole SET amount = 2", "part_777"));
            soon(() -> tables.assertDenied(Reason.CASCADE, "DELETE FROM whole", "part_777"));
            soon(() -> tables.assertDenied(Reason.CASCADE, "TRUNCATE whole", "part_777"));
            soon(() -> tables.assertAllowed("UPDATE part_776 SET amount = 3"));
            assertThat(tables.count("part_777 WHERE amount = 1")).isEqualTo(1);
        }
    }

    @Test
    void whatIsInheritedInTwoWaysIsReachedOnce() throws Exception {
        try (GuardedTables tables = open(LiveDatabase.POSTGRESQL)) {
            tables.prepare(
                    "CREATE TABLE top (id int, amount int)",
                    "CREATE TABLE left_side () INHERITS (top)",
                    "CREATE TABLE right_side () INHERITS (top)",
                    "CREATE TABLE closed () INHERITS (left_side, right_side)",
                    "INSERT INTO closed VALUES (1, 1)");
            for (String table : List.of("top", "left_side", "right_side")) {
                soon(() -> tables.assertDenied(
                        Reason.CASCADE, "UPDATE " + table + " SET amount = 2", "closed is a part of"));
                soon(() -> tables.assertAllowed("SELECT * FROM " + table, "INSERT INTO " + table + " VALUES (9, 9)"));
            }
            assertThat(tables.count("closed WHERE amount = 1")).isEqualTo(1);
            tables.prepare("UPDATE top SET amount = 2");
            assertThat(tables.count("closed WHERE amount = 2")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void longTextsDoWhatShortOnesDo(LiveDatabase database) throws Exception {
        String rows = IntStream.range(100, 1_100)
                .mapToObj(id -> "(" + id + ", " + id % 7 + ", 'note ''" + id + "''')")
                .collect(Collectors.joining(", "));
        String ids = IntStream.range(0, 5_000).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        String megabyte = "z".repeat((1 << 20) - 100);
        try (GuardedTables tables = open(database)) {
            soon(() -> tables.assertAllowed("INSERT INTO orders VALUES " + rows));
            assertThat(tables.count("orders")).isEqualTo(1_002);
            soon(() -> tables.assertAllowed(
                    "UPDATE orders SET parent = 1 WHERE id IN (" + ids + ")",
                    "UPDATE orders SET note = '" + megabyte + "' WHERE id = 1"));
            assertThat(tables.count("orders WHERE parent = 1")).isEqualTo(1_002);
            assertThat(tables.count("orders WHERE length(note) > 1000000")).isEqualTo(1);
            soon(() -> tables.assertDenied(Reason.IMMUTABLE_TIER, "DELETE FROM ledger WHERE id IN (" + ids + ")"));
            soon(() -> tables.assertDenied(
                    Reason.IMMUTABLE_TIER, "UPDATE ledger SET amount = 0 /* " + megabyte.substring(100) + " */"));
            soon(() -> tables.assertDenied(
                    Reason.UNREADABLE_SQL, "SELECT '" + megabyte + "', '" + megabyte.substring(1_000_000) + "'"));
            assertThat(tables.count("ledger WHERE amount > 0")).isEqualTo(2);
        }
    }
}
