package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
}
