package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A table does not leave what its tier forbids by another name; rule V41. */
class LeftTiersTest {
    private static final String POLICY = """
            tier kept is mutable {
              forbid drop, truncate
            }

            table ledger is ledger
            table orders* is kept
            table * is operational

            component app {
              grant select, insert, extend on tier ledger
              grant select, insert, update, delete, create, extend, alter on tier kept
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier operational
            }

            waiver structure {
              why "the ledger gets a column"
              ticket "SHOP-1"
              owner "dba@example.com"
              from 2026-01-01T00:00Z
              until 2126-01-01T00:00Z
              grant alter on ledger to app
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE TABLE ledger (id int PRIMARY KEY)",
        "CREATE TABLE orders (id int PRIMARY KEY)",
        "CREATE TABLE draft (id int PRIMARY KEY)",
        "INSERT INTO ledger VALUES (1)",
        "INSERT INTO orders VALUES (1)",
    };

    @TempDir
    private Path folder;

    private static Stream<TestDatabase> databases() {
        return Stream.of(
                LiveDatabase.POSTGRESQL,
                LiveDatabase.H2,
                SqliteDatabase.SQLITE,
                MySqlDatabase.MARIADB,
                MySqlDatabase.MYSQL);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void noTableIsRenamedToWhereItMayBeDropped(TestDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, POLICY, SCHEMA)) {
            tables.assertDenied(
                    Reason.CASCADE,
                    "ALTER TABLE orders RENAME TO done",
                    "DROP orders: by the new name done, under which more is allowed, and tier kept forbids drop");
            tables.assertDenied(Reason.CASCADE, "ALTER TABLE ledger RENAME TO done", "ledger", "done");
            tables.assertAllowed(
                    "ALTER TABLE ledger ADD COLUMN note varchar(9)",
                    "ALTER TABLE orders RENAME TO orders_2026",
                    "ALTER TABLE orders_2026 RENAME TO orders",
                    "ALTER TABLE draft RENAME TO orders_2027",
                    "CREATE TABLE draft (id int)",
                    "ALTER TABLE draft RENAME TO done");
            assertThat(tables.count("orders")).isOne();
            assertThat(tables.count("ledger")).isOne();
        }
    }

    private static final String HELD = """
            tier held is mutable {
              require where on delete
            }
            tier sparing is mutable {
              limit delete 2 rows
            }

            table orders is held
            table bills is sparing
            table draft is operational
            table draft_2 is operational {
              limit update 9 rows
            }
            table done* is operational

            component app {
              grant select, insert, update, delete, truncate, create, extend, alter on tier held
              grant select, insert, update, delete, truncate, create, extend, alter on tier sparing
              grant select, insert, update, create, extend, alter on draft
              grant select, insert, update, create, extend, alter on draft_2
              grant select, insert, update, delete, create, extend, alter, drop on done*
            }
            """;

    /** What a component may not do is no more allowed under another name, unless it may drop the table. */
    @ParameterizedTest
    @MethodSource("databases")
    void noTableIsRenamedToWhereMoreIsGrantedOrLessIsCounted(TestDatabase database) throws Exception {
        String[] schema = {
            "CREATE TABLE orders (id int PRIMARY KEY)",
            "CREATE TABLE bills (id int PRIMARY KEY)",
            "CREATE TABLE draft (id int PRIMARY KEY)",
            "CREATE TABLE done (id int PRIMARY KEY)"
        };
        try (GuardedTables tables = GuardedTables.open(database, folder, HELD, schema)) {
            for (String table : List.of("orders", "bills", "draft")) {
                tables.assertDenied(
                        Reason.NOT_GRANTED,
                        "ALTER TABLE " + table + " RENAME TO done_2",
                        "DROP " + table + ": by the new name done_2, under which more is allowed, and not granted");
            }
            tables.assertAllowed("ALTER TABLE draft RENAME TO draft_2", "ALTER TABLE done RENAME TO done_2");
            tables.assertDenied(Reason.NOT_GRANTED, "ALTER TABLE draft_2 RENAME TO draft", "DROP draft_2");
        }
        String dropping = HELD.replace("create, extend, alter on", "create, extend, alter, drop on");
        try (GuardedTables tables = GuardedTables.open(database, folder, dropping, schema)) {
            tables.assertAllowed(
                    "ALTER TABLE orders RENAME TO done_2",
                    "ALTER TABLE bills RENAME TO done_3",
                    "ALTER TABLE draft RENAME TO done_4");
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void norBesideOthersOrToAnotherSchema(TestDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, POLICY, SCHEMA)) {
            if (database instanceof MySqlDatabase) {
                tables.assertDenied(Reason.CASCADE, "RENAME TABLE draft TO orders_2, orders TO draft", "orders");
                tables.assertDenied(Reason.CASCADE, "ALTER TABLE orders ADD n int, RENAME done", "orders");
            }
            if (database == LiveDatabase.POSTGRESQL) {
                String rules = POLICY.replace("table orders* is kept", "table public.orders is kept");
                try (GuardedTables placed = GuardedTables.open(database, folder, rules, SCHEMA)) {
                    placed.prepare("CREATE SCHEMA attic");
                    placed.assertDenied(
                            Reason.CASCADE, "ALTER TABLE orders SET SCHEMA attic", "DROP orders", "attic.orders");
                }
                tables.assertDenied(Reason.CASCADE, "ALTER TABLE IF EXISTS ONLY orders RENAME TO done", "DROP orders");
                tables.assertDenied(
                        Reason.CASCADE, "DO $$ BEGIN ALTER TABLE orders RENAME TO done; END $$", "DROP orders");
                tables.assertDenied(
                        Reason.CASCADE,
                        "ALTER TABLE orders RENAME TO orders_2; ALTER TABLE orders_2 RENAME TO done",
                        "DROP orders_2");
            }
            assertThat(tables.count("orders")).isOne();
        }
    }

    @Test
    void norAsAPartThatIsOneNoMore() throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                POLICY,
                "CREATE TABLE orders (id int, y int) PARTITION BY RANGE (y)",
                "CREATE TABLE p_2025 PARTITION OF orders FOR VALUES FROM (2025) TO (2026)",
                "CREATE TABLE orders_2026 PARTITION OF orders FOR VALUES FROM (2026) TO (2027)",
                "CREATE TABLE orders_base (id int)",
                "CREATE TABLE child () INHERITS (orders_base)",
                "CREATE TABLE draft (id int, y int) PARTITION BY RANGE (y)",
                "CREATE TABLE d_2025 PARTITION OF draft FOR VALUES FROM (2025) TO (2026)",
                "CREATE TABLE later (id int, y int)")) {
            for (String sql : List.of(
                    "ALTER TABLE orders DETACH PARTITION p_2025",
                    "ALTER TABLE orders DETACH PARTITION p_2025 CONCURRENTLY",
                    "ALTER TABLE child NO INHERIT orders_base")) {
                tables.assertDenied(Reason.CASCADE, sql, "DROP orders", "no more a part of it");
            }
            tables.assertAllowed(
                    "ALTER TABLE orders DETACH PARTITION orders_2026",
                    "ALTER TABLE orders ATTACH PARTITION orders_2026 FOR VALUES FROM (2026) TO (2027)",
                    "ALTER TABLE orders ATTACH PARTITION later FOR VALUES FROM (2028) TO (2029)",
                    "ALTER TABLE draft DETACH PARTITION d_2025");
        }
    }

    private static final String PARTS = """
            tier kept is mutable
            tier held is mutable {
              require where on delete
            }
            tier sparing is mutable {
              limit delete 2 rows
            }

            table orders* is kept
            table held* is held
            table sparing* is sparing
            table * is operational

            component app {
              grant select, insert, create, extend, alter on tier kept
              grant select, insert, update, delete, truncate, create, extend, alter on tier held
              grant select, insert, update, delete, truncate, create, extend, alter on tier sparing
              grant select, insert, update, delete, truncate, create, extend, alter on tier operational
            }
            """;

    /** Through a table one loses rows of its parts by its own grants, and by its own where clauses. */
    @Test
    void norAsAPartOfATableOfWhichMoreIsGranted() throws Exception {
        String[] schema = {
            "CREATE TABLE draft (id int, y int) PARTITION BY RANGE (y)",
            "CREATE TABLE base (id int, y int)",
            "CREATE TABLE orders (id int, y int)",
            "CREATE TABLE held (id int, y int)",
            "CREATE TABLE held_all (id int, y int) PARTITION BY RANGE (y)",
            "CREATE TABLE sparing (id int, y int)",
            "CREATE TABLE later (id int, y int)",
            "CREATE TABLE orders_all (id int, y int) PARTITION BY RANGE (y)",
            "CREATE TABLE next (id int, y int)"
        };
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, PARTS, schema)) {
            for (String table : List.of("orders", "held")) {
                for (String sql : List.of(
                        "ALTER TABLE draft ATTACH PARTITION " + table + " FOR VALUES FROM (1) TO (2)",
                        "ALTER TABLE draft ATTACH PARTITION public." + table + " DEFAULT",
                        "ALTER TABLE " + table + " INHERIT base",
                        "ALTER TABLE " + table + " ADD COLUMN n int, INHERIT base",
                        "DO $$ BEGIN ALTER TABLE " + table + " INHERIT base; END $$")) {
                    tables.assertDenied(Reason.NOT_GRANTED, sql, "DROP ", table, "of which it becomes a part");
                }
            }
            tables.assertAllowed(
                    "ALTER TABLE orders_all ATTACH PARTITION orders FOR VALUES FROM (1) TO (2)",
                    "ALTER TABLE held_all ATTACH PARTITION held FOR VALUES FROM (1) TO (2)",
                    "ALTER TABLE draft ATTACH PARTITION sparing FOR VALUES FROM (1) TO (2)",
                    "ALTER TABLE draft ATTACH PARTITION later FOR VALUES FROM (2) TO (3)",
                    "ALTER TABLE next INHERIT base");
        }
        String dropping = PARTS.replace("create, extend, alter on", "create, extend, alter, drop on");
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, dropping, schema)) {
            tables.assertAllowed(
                    "ALTER TABLE draft ATTACH PARTITION orders FOR VALUES FROM (1) TO (2)",
                    "ALTER TABLE held INHERIT base");
        }
    }

    @Test
    void norRowByRowToAnotherPartition() throws Exception {
        String rules = POLICY.replace("forbid drop, truncate", "forbid drop, truncate, delete")
                .replace(
                        "insert, update, delete, create, extend, alter on tier kept",
                        "insert, update, create on tier kept");
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                rules,
                "CREATE TABLE draft (id int, y int) PARTITION BY RANGE (y)",
                "CREATE TABLE orders_2025 PARTITION OF draft FOR VALUES FROM (2025) TO (2026)",
                "CREATE TABLE d_2026 PARTITION OF draft FOR VALUES FROM (2026) TO (2027)",
                "CREATE VIEW seen AS SELECT * FROM draft",
                "INSERT INTO draft VALUES (1, 2025)",
                "CREATE TABLE orders (id int, y int) PARTITION BY RANGE (y)",
                "CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (1) TO (2)",
                "CREATE TABLE orders_2 PARTITION OF orders FOR VALUES FROM (2) TO (3)",
                "INSERT INTO orders VALUES (1, 1)")) {
            tables.assertDenied(
                    Reason.CASCADE,
                    "UPDATE draft SET y = 2026 WHERE y = 2025",
                    "DELETE from public.orders_2025",
                    "d_2026");
            tables.assertDenied(Reason.CASCADE, "UPDATE seen SET y = 2026", "orders_2025");
            tables.assertAllowed("UPDATE draft SET id = 2 WHERE y = 2025", "UPDATE orders SET y = 2 WHERE id = 1");
            assertThat(tables.count("orders_2025")).isOne();
        }
    }

    @Test
    void norAsASequenceOfAnotherTable() throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                POLICY,
                "CREATE TABLE orders (id int)",
                "CREATE TABLE draft (id int)",
                "CREATE SEQUENCE orders_seq",
                "CREATE SEQUENCE draft_seq")) {
            tables.assertDenied(
                    Reason.CASCADE,
                    "ALTER SEQUENCE orders_seq OWNED BY draft.id",
                    "DROP orders_seq",
                    "with which it goes");
            tables.assertAllowed(
                    "ALTER SEQUENCE orders_seq OWNED BY orders.id",
                    "ALTER SEQUENCE orders_seq OWNED BY NONE",
                    "ALTER SEQUENCE draft_seq OWNED BY orders.id");
        }
    }

    @ParameterizedTest
    @EnumSource(LiveDatabase.class)
    void norWithItsSchema(LiveDatabase database) throws Exception {
        String rules =
                POLICY.replace("table orders* is kept", "table live.orders is kept\ntable arch.orders is operational")
                        + """

                trust app {
                  why "it renames schemas"
                  owner "dba@example.com"
                  administer
                  until 2126-01-01T00:00Z
                }
                """;
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                rules,
                "CREATE SCHEMA live",
                "CREATE SCHEMA other",
                "CREATE TABLE live.orders (id int)",
                "CREATE TABLE other.draft (id int)")) {
            tables.assertDenied(
                    Reason.CASCADE, "ALTER SCHEMA live RENAME TO arch", "DROP live.orders", "the new name arch.orders");
        }
    }
}
