package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the database adds to a statement changes no protected row either. */
class SchemaEffectsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aCascadeIntoAProtectedTableIsDeniedWithItsChain(LiveDatabase database) throws Exception {
        try (Shop shop = Shop.open(database, folder)) {
            prepare(
                    shop,
                    "ALTER TABLE orders ADD CONSTRAINT fk_customer FOREIGN KEY (customer_id) REFERENCES customer (id)"
                            + " ON DELETE CASCADE",
                    "ALTER TABLE ledger_entry ADD COLUMN order_id INT",
                    "UPDATE ledger_entry SET order_id = 1 WHERE id = 1",
                    "ALTER TABLE ledger_entry ADD CONSTRAINT fk_order FOREIGN KEY (order_id) REFERENCES orders (id)"
                            + " ON DELETE SET NULL");
            List<String> ledger = shop.rowsOf("ledger_entry");
            assertDenied(
                    shop,
                    "DELETE FROM customer WHERE id = 1",
                    Reason.CASCADE,
                    "foreign key fk_customer ON DELETE CASCADE",
                    "foreign key fk_order ON DELETE SET NULL");
            assertDenied(shop, "DELETE FROM orders WHERE id = 1", Reason.CASCADE, "fk_order");
            assertAllowed(shop, "UPDATE orders SET state = 'x' WHERE id = 1");
            assertThat(shop.rowsOf("ledger_entry")).isEqualTo(ledger);
            prepare(shop, "DELETE FROM customer WHERE id = 1");
            assertThat(shop.rowsOf("ledger_entry")).isNotEqualTo(ledger);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKeyToAColumnThatTheDatabaseComputesFollowsAChangeOfAnother(LiveDatabase database) throws Exception {
        String stored = database == LiveDatabase.POSTGRESQL ? " STORED" : "";
        try (Shop shop = Shop.open(database, folder)) {
            prepare(
                    shop,
                    "ALTER TABLE orders ADD COLUMN a INT",
                    "UPDATE orders SET a = id",
                    "ALTER TABLE orders ADD COLUMN g INT GENERATED ALWAYS AS (a * 2)" + stored,
                    "ALTER TABLE orders ADD UNIQUE (g)",
                    "ALTER TABLE ledger_entry ADD COLUMN p INT",
                    "UPDATE ledger_entry SET p = 2",
                    "ALTER TABLE ledger_entry ADD CONSTRAINT fk_g FOREIGN KEY (p) REFERENCES orders (g) ON UPDATE CASCADE");
            List<String> ledger = shop.rowsOf("ledger_entry");
            assertDenied(shop, "UPDATE orders SET a = 50 WHERE a = 1", Reason.CASCADE, "fk_g");
            prepare(shop, "UPDATE orders SET a = 50 WHERE a = 1");
            assertThat(shop.rowsOf("ledger_entry")).isNotEqualTo(ledger);
        }
    }

    @Test
    void aKeyToAColumnThatItsDomainSetsFollowsAChangeOfAnother() throws Exception {
        try (Shop shop = Shop.open(LiveDatabase.H2, folder)) {
            prepare(
                    shop,
                    "CREATE DOMAIN stamped AS INT DEFAULT 0 ON UPDATE 999",
                    "CREATE DOMAIN restamped AS stamped",
                    "ALTER TABLE orders ADD COLUMN k restamped DEFAULT 1",
                    "ALTER TABLE orders ADD UNIQUE (id, k)",
                    "ALTER TABLE ledger_entry ADD COLUMN o INT",
                    "ALTER TABLE ledger_entry ADD COLUMN p INT",
                    "UPDATE ledger_entry SET o = 1, p = 1 WHERE id = 1",
                    "ALTER TABLE ledger_entry ADD CONSTRAINT fk_k FOREIGN KEY (o, p) REFERENCES orders (id, k) ON UPDATE CASCADE");
            List<String> ledger = shop.rowsOf("ledger_entry");
            assertDenied(shop, "UPDATE orders SET state = 'z' WHERE id = 1", Reason.CASCADE, "fk_k");
            prepare(shop, "UPDATE orders SET state = 'z' WHERE id = 1");
            assertThat(shop.rowsOf("ledger_entry")).isNotEqualTo(ledger);
        }
    }

    @Test
    void aColumnThatHoldsRowsOfATableChangesWithItsColumns() throws Exception {
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder)) {
            prepare(shop, "CREATE TABLE pair (a INT, b INT)", "ALTER TABLE ledger_entry ADD COLUMN held pair");
            assertDenied(shop, "ALTER TABLE pair ADD COLUMN c INT", Reason.CASCADE, "a column that holds its rows");
        }
    }

    @ParameterizedTest
    @EnumSource
    void readingThroughAViewIsReadingWhatIsBehindIt(LiveDatabase database) throws Exception {
        try (Shop shop = Shop.open(database, folder)) {
            prepare(
                    shop,
                    "CREATE VIEW open_orders AS SELECT * FROM orders WHERE state = 'new'",
                    "CREATE VIEW secrets AS SELECT * FROM unclassified");
            assertAllowed(shop, "SELECT * FROM open_orders");
            assertDenied(shop, "SELECT * FROM secrets", Reason.UNCLASSIFIED_TABLE, "unclassified");
        }
    }

    @Test
    void writingThroughAViewIsWritingToItsTable() throws Exception {
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder)) {
            prepare(
                    shop,
                    "CREATE VIEW entries AS SELECT id, amount AS worth FROM ledger_entry",
                    "CREATE VIEW more_entries AS SELECT * FROM entries",
                    "CREATE VIEW open_orders AS SELECT * FROM orders",
                    "CREATE VIEW orders_cache AS SELECT * FROM ledger_entry");
            List<String> ledger = shop.rowsOf("ledger_entry");
            assertDenied(shop, "UPDATE entries SET worth = 0", Reason.IMMUTABLE_TIER, "ledger");
            assertDenied(shop, "DELETE FROM more_entries", Reason.IMMUTABLE_TIER, "ledger");
            assertDenied(shop, "DELETE FROM orders_cache", Reason.IMMUTABLE_TIER, "ledger");
            assertAllowed(shop, "UPDATE open_orders SET state = 'x'");
            assertThat(shop.rowsOf("ledger_entry")).isEqualTo(ledger);
        }
    }

    @Test
    void rulesAndTriggersThatWriteAreSeen() throws Exception {
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder)) {
            prepare(
                    shop,
                    "CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS"
                            + " 'BEGIN NEW.state := lower(NEW.state); RETURN NEW; END'",
                    "CREATE TRIGGER stamp BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION stamp()",
                    "CREATE FUNCTION purge() RETURNS trigger LANGUAGE plpgsql AS"
                            + " 'BEGIN DELETE FROM ledger_entry WHERE id = OLD.id; RETURN OLD; END'",
                    "CREATE TRIGGER purge AFTER DELETE ON orders FOR EACH ROW EXECUTE FUNCTION purge()",
                    "CREATE RULE instead AS ON DELETE TO customer DO INSTEAD DELETE FROM ledger_entry");
            List<String> ledger = shop.rowsOf("ledger_entry");
            assertAllowed(shop, "UPDATE orders SET state = 'PAID' WHERE id = 1");
            assertDenied(shop, "DELETE FROM orders WHERE id = 1", Reason.CASCADE, "trigger purge");
            assertDenied(shop, "DELETE FROM customer WHERE id = 1", Reason.UNKNOWN_ROUTINE, "rule instead");
            assertThat(shop.rowsOf("ledger_entry")).isEqualTo(ledger);
            prepare(shop, "DELETE FROM orders WHERE id = 1");
            assertThat(shop.rowsOf("ledger_entry")).isNotEqualTo(ledger);
        }
    }

    @Test
    void aPartitionIsAsStrictAsWhatItIsAPartOf() throws Exception {
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder)) {
            prepare(
                    shop,
                    "DROP TABLE ledger_entry",
                    "CREATE TABLE ledger_entry (id INT, amount NUMERIC) PARTITION BY RANGE (id)",
                    "DROP TABLE orders",
                    "CREATE TABLE orders PARTITION OF ledger_entry FOR VALUES FROM (0) TO (100)",
                    "INSERT INTO ledger_entry VALUES (1, 10)");
            List<String> ledger = shop.rowsOf("ledger_entry");
            assertDenied(shop, "UPDATE orders SET amount = 0", Reason.CASCADE, "is a part of");
            assertDenied(shop, "DELETE FROM ledger_entry", Reason.IMMUTABLE_TIER, "ledger");
            assertThat(shop.rowsOf("ledger_entry")).isEqualTo(ledger);
        }
    }

    @Test
    void aSynonymIsItsTable() throws Exception {
        try (Shop shop = Shop.open(LiveDatabase.H2, folder)) {
            prepare(shop, "CREATE SYNONYM books FOR ledger_entry");
            assertDenied(shop, "DELETE FROM books", Reason.IMMUTABLE_TIER, "ledger");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aForeignKeyMadeThroughTheGuardCountsAtOnce(LiveDatabase database) throws Exception {
        try (Shop shop = Shop.open(database, folder);
                Connection connection = shop.connectAs("migration");
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM customer WHERE id = 2");
            statement.execute("CREATE TABLE archive_of_orders (id INT, customer_id INT, CONSTRAINT fk_customer"
                    + " FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE CASCADE)");
            assertThatThrownBy(() -> statement.execute("DELETE FROM customer WHERE id = 1"))
                    .isInstanceOf(DenialException.class)
                    .hasMessageContaining("fk_customer");
        }
    }

    private static void prepare(Shop shop, String... statements) throws SQLException {
        try (Connection connection = shop.connectPastTheGuard();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void assertAllowed(Shop shop, String sql) throws SQLException {
        try (Connection connection = shop.connectAs("checkout");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void assertDenied(Shop shop, String sql, Reason reason, String... parts) throws SQLException {
        try (Connection connection = shop.connectAs("checkout");
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql))
                    .isInstanceOfSatisfying(
                            DenialException.class,
                            denial -> assertThat(denial.reason()).isEqualTo(reason))
                    .hasMessageContainingAll(parts);
        }
    }
}
