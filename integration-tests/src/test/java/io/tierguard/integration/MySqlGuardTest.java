package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections to MariaDB and MySQL are guarded, through either driver. */
class MySqlGuardTest {
    private static final String POLICY = """
            table ledger is ledger
            table payment is ledger
            table orders is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete on tier operational
            }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aProtectedRowStays(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                POLICY,
                "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT)",
                "INSERT INTO ledger VALUES (1, 10)",
                "CREATE TABLE orders (id INT PRIMARY KEY)",
                "INSERT INTO orders VALUES (1)",
                "CREATE TABLE payment (id INT PRIMARY KEY, order_id INT,"
                        + " FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE)",
                "INSERT INTO payment VALUES (1, 1)")) {
            tables.assertAllowed(
                    "SELECT * FROM ledger", "INSERT INTO ledger VALUES (2, 20)", "UPDATE orders SET id = 1");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "DELETE FROM ledger");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "DELETE FROM `ledger` WHERE id = 1");
            tables.assertDenied(Reason.CASCADE, "DELETE FROM orders");
            assertThat(tables.count("ledger")).isEqualTo(2);
            assertThat(tables.count("payment")).isEqualTo(1);
        }
    }
}
