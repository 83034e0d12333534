package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A column of a view is the one behind it, whatever each server keeps of the names that the view gives its columns. */
class MySqlViewColumnsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aMutableColumnIsSetThroughAViewAndNoOther(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                """
                table payment is ledger {
                  mutable status
                }
                table orders is operational

                component app {
                  grant select on everything
                  grant update (status) on payment
                  grant select, insert, update on orders
                }
                """,
                "CREATE TABLE payment (id INT PRIMARY KEY, amount INT, status VARCHAR(9), `from` INT)",
                "INSERT INTO payment VALUES (1, 10, '1', 7)",
                "CREATE TABLE orders (id INT PRIMARY KEY, n INT)",
                "CREATE VIEW plain AS SELECT id, status, amount FROM payment",
                "CREATE VIEW named (a, b, c) AS SELECT id, status, amount FROM payment p WHERE id < 9",
                "CREATE VIEW aliased AS SELECT p.status AS amount, `amount` AS `Status`, `from` AS x FROM payment p",
                "CREATE VIEW swapped (status, amount) AS SELECT amount, status FROM payment",
                "CREATE VIEW computed (status, a) AS SELECT status, amount + 1 FROM payment WITH CHECK OPTION",
                "CREATE VIEW nested (z, status) AS SELECT b, c FROM named",
                "CREATE VIEW filtered AS SELECT status FROM payment WHERE id IN (SELECT id FROM orders)",
                "CREATE VIEW joined AS SELECT p.id, p.status, o.n FROM payment p JOIN orders o ON o.id = p.id")) {
            tables.assertAllowed(
                    "UPDATE plain SET status = '2' WHERE id = 1",
                    "UPDATE plain v SET v.STATUS = '2'",
                    "UPDATE named SET b = '2' WHERE a = 1",
                    "UPDATE aliased SET amount = '2'",
                    "UPDATE swapped SET amount = '2'",
                    "UPDATE computed SET status = '2'",
                    "UPDATE nested SET z = '2'");
            for (String sql : new String[] {
                "UPDATE plain SET amount = 0",
                "UPDATE plain SET status = '2', amount = 0",
                "UPDATE named SET c = 0",
                "UPDATE aliased SET status = 0",
                "UPDATE aliased SET x = 0",
                "UPDATE swapped SET status = 0",
                "UPDATE nested SET status = 0",
                "UPDATE filtered SET status = '2'",
                "UPDATE joined SET status = '2'"
            }) {
                tables.assertDenied(Reason.IMMUTABLE_COLUMN, sql);
            }
            assertThat(tables.count("payment WHERE amount = 10 AND status = '2' AND `from` = 7"))
                    .isEqualTo(1);
        }
    }
}
