package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A column that names no table is of the joined table that has it, and only there a change. */
class MySqlJoinedUpdatesTest {
    private static final String RULES = """
            table ledger is ledger

            table shown is ledger

            table orders is operational

            component app {
              grant select, insert on tier ledger
              grant select, update, extend on tier operational
              grant extend on tier ledger
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT)",
        "INSERT INTO ledger VALUES (1, 10)",
        "CREATE TABLE orders (id INT PRIMARY KEY, state VARCHAR(9), n INT)",
        "INSERT INTO orders VALUES (1, 'new', 1)",
        "CREATE VIEW shown AS SELECT id, amount AS n FROM ledger",
    };

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aTableThatLacksTheColumnIsOnlyRead(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, SCHEMA)) {
            tables.assertAllowed(
                    "UPDATE orders o JOIN ledger l ON l.id = o.id SET state = 'x'",
                    "UPDATE ledger JOIN orders USING (id) SET state = 'y', n = amount WHERE amount > 1",
                    "UPDATE ledger, orders SET STATE = 'z' WHERE ledger.id = orders.id",
                    "UPDATE orders LEFT JOIN (ledger) ON ledger.id = orders.id SET orders.n = 2, `state` = 'u'");
            for (String sql : new String[] {
                "UPDATE orders o JOIN ledger l ON l.id = o.id SET amount = 0",
                "UPDATE orders o JOIN ledger l ON l.id = o.id SET state = 'x', amount = 0",
                "UPDATE orders o JOIN ledger l USING (id) SET id = 3",
                "UPDATE orders o JOIN ledger l ON l.id = o.id SET l.amount = 0, state = 'x'",
                "UPDATE orders o JOIN shown s ON s.id = o.id SET n = 3",
                "UPDATE orders o JOIN ledger AS state ON state.id = o.id SET state.amount = 3",
            }) {
                tables.assertDenied(Reason.IMMUTABLE_TIER, sql, "ledger");
            }
            assertThat(tables.count("ledger WHERE amount = 10 AND id = 1")).isOne();
            assertThat(tables.count("orders WHERE n = 2 AND state = 'u'")).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aColumnThatIsNewIsSeen(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, SCHEMA);
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            String update = "UPDATE orders o JOIN ledger l ON l.id = o.id SET state = 'x'";
            statement.execute(update);
            statement.execute("ALTER TABLE ledger ADD COLUMN state INT");
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, update, "ledger");
        }
    }

    /** What another client moves is seen by a look of its own, long before one is due for the tables that are named. */
    @ParameterizedTest
    @EnumSource
    void aColumnThatAnotherClientMovesIsSeenSoon(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, SCHEMA);
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            String update = "UPDATE orders JOIN ledger USING (id) SET n = 1 WHERE 1 = 0";
            statement.execute(update);
            tables.prepare("ALTER TABLE orders DROP COLUMN n", "ALTER TABLE ledger ADD COLUMN n INT");
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
            boolean isDenied = false;
            while (!isDenied && System.nanoTime() < end) {
                Thread.sleep(100);
                isDenied = isDenied(statement, update);
            }
            assertThat(isDenied).isTrue();
        }
    }

    private static boolean isDenied(Statement statement, String sql) throws SQLException {
        try {
            statement.execute(sql);
            return false;
        } catch (DenialException denied) {
            return true;
        }
    }

    /** The text itself may give the column to one table and take it from the other. */
    @ParameterizedTest
    @EnumSource
    void aColumnThatIsMadeInTheTextCouldBeOfAnyTable(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                        database, folder, RULES.replace("update, extend", "update, extend, alter"), SCHEMA);
                Connection connection = tables.connectToGoOnWithTexts();
                Statement statement = connection.createStatement()) {
            String add = "ALTER TABLE ledger ADD COLUMN flag INT; ";
            GuardedTables.assertDenied(
                    statement,
                    Reason.IMMUTABLE_TIER,
                    add + "UPDATE orders o JOIN ledger l ON l.id = o.id SET flag = 1",
                    "ledger");
            GuardedTables.assertDenied(
                    statement,
                    Reason.IMMUTABLE_TIER,
                    add.replace("flag", "n") + "ALTER TABLE orders DROP COLUMN n; UPDATE orders, ledger SET n = 1",
                    "ledger");
            statement.execute("UPDATE orders o JOIN ledger l ON l.id = o.id SET n = 5");
        }
    }
}
