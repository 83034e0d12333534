package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partition of PostgreSQL that joins or leaves a table is nothing to the others, which may be frozen; rules V12 and V23. */
class FrozenPartitionsTest {
    private static final String POLICY = """
            table orders_2025 is ledger
            table old is ledger
            table frozen* is ledger
            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier operational
            }
            """;

    @TempDir
    private Path folder;

    private GuardedTables open() throws Exception {
        return GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                POLICY,
                "CREATE TABLE orders (id INT, y INT) PARTITION BY RANGE (y)",
                "CREATE TABLE orders_2025 PARTITION OF orders FOR VALUES FROM (2025) TO (2026)",
                "CREATE TABLE orders_2026 PARTITION OF orders FOR VALUES FROM (2026) TO (2027)",
                "INSERT INTO orders VALUES (1, 2025), (2, 2026)",
                "CREATE TABLE orders_2027 (LIKE orders)",
                "CREATE TABLE old (LIKE orders)",
                "CREATE TABLE range (LIKE orders) PARTITION BY RANGE (y)",
                "CREATE TABLE frozen_one PARTITION OF range FOR VALUES FROM (2030) TO (2031)",
                "CREATE TABLE frozen_table (LIKE orders) PARTITION BY RANGE (y)",
                "CREATE TABLE base (id INT)",
                "CREATE TABLE frozen_child () INHERITS (base)",
                "CREATE TABLE child (id INT)");
    }

    @Test
    void aNewOneIsAttachedBesideThem() throws Exception { // V12 V23
        try (GuardedTables tables = open()) {
            tables.assertAllowed(
                    "ALTER TABLE orders ATTACH PARTITION orders_2027 FOR VALUES FROM (2027) TO (2028)",
                    "INSERT INTO orders VALUES (3, 2027)",
                    "UPDATE orders_2027 SET id = 4",
                    "ALTER TABLE orders DETACH PARTITION orders_2027 CONCURRENTLY",
                    "ALTER TABLE orders ATTACH PARTITION orders_2027 DEFAULT",
                    "ALTER TABLE orders DETACH PARTITION orders_2027",
                    "ALTER TABLE child INHERIT base",
                    "ALTER TABLE child NO INHERIT base");
            assertThat(tables.count("orders_2025")).isEqualTo(1);
        }
    }

    @Test
    void theyStayWhereTheyAre() throws Exception { // V12 V23
        try (GuardedTables tables = open()) {
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER, "ALTER TABLE orders DETACH PARTITION orders_2025", "ALTER orders_2025");
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER, "ALTER TABLE orders ATTACH PARTITION old FOR VALUES FROM (1) TO (2)", "old");
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER,
                    "ALTER TABLE frozen_table ATTACH PARTITION orders_2027 FOR VALUES FROM (1) TO (2)",
                    "ALTER frozen_table");
            tables.assertDenied(
                    Reason.CASCADE,
                    "ALTER TABLE orders ATTACH PARTITION range FOR VALUES FROM (2030) TO (2040)",
                    "frozen_one is a part of public.range");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "ALTER TABLE frozen_child NO INHERIT base", "frozen_child");
        }
    }

    @Test
    void whatElseIsDoneToTheirTableReachesThem() throws Exception { // V12
        try (GuardedTables tables = open()) {
            for (String sql : new String[] {
                "UPDATE orders SET id = 9",
                "DELETE FROM orders",
                "TRUNCATE orders",
                "ALTER TABLE orders DROP COLUMN id",
                "ALTER TABLE orders ALTER id TYPE bigint",
                "DROP TABLE orders",
            }) {
                tables.assertDenied(Reason.CASCADE, sql, "orders_2025 is a part of public.orders");
            }
            String attach = "ALTER TABLE orders ATTACH PARTITION orders_2027 FOR VALUES FROM (2027) TO (2028); ";
            tables.assertDenied(Reason.UNREADABLE_SQL, attach + "UPDATE orders_2027 SET id = 9");
            tables.assertDenied(Reason.CASCADE, attach + "UPDATE orders SET id = 9", "orders_2025");
        }
    }
}
