package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.TierguardDataSource;
import io.tierguard.policy.model.Reason;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of the schema in a row are told by what was read before them, as long as nothing hangs on what came of them. */
class UnreadChangesTest {
    private static final String RULES = """
            table ledger is ledger

            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier operational
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT)",
        "INSERT INTO ledger VALUES (1, 10)",
        "CREATE TABLE orders (id INT PRIMARY KEY, amount INT)",
        "INSERT INTO orders VALUES (1, 10)",
        "CREATE VIEW shown AS SELECT id, amount FROM orders",
    };

    @TempDir
    private Path folder;

    static Stream<TestDatabase> databases() {
        return TestDatabase.ofApplications();
    }

    private GuardedTables open(TestDatabase database) throws Exception {
        return GuardedTables.open(database, folder, RULES, SCHEMA);
    }

    private static void run(Statement statement, String... texts) throws SQLException {
        for (String text : List.of(texts)) {
            statement.execute(text);
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aRowOfChangesAsksTheDatabaseNothing(TestDatabase database) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (GuardedTables tables = open(database)) {
            DataSource real = new BareDataSource() {
                @Override
                public Connection getConnection() throws SQLException {
                    return tables.connectPastTheGuard();
                }
            };
            DataSource counted = proxy(DataSource.class, real, asked);
            DataSource guarded = new TierguardDataSource(counted, tables.settings());
            try (Connection connection = guarded.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE IF EXISTS made"); // which nobody has seen, so that all is read anew
                int before = asked.get();
                run(
                        statement,
                        "CREATE TABLE made (id INT PRIMARY KEY, amount INT)",
                        "CREATE TABLE part (id INT PRIMARY KEY, made INT)",
                        "ALTER TABLE part ADD COLUMN state INT",
                        "ALTER TABLE part ADD CONSTRAINT of_made FOREIGN KEY (made) REFERENCES made (id)",
                        "CREATE INDEX by_state ON part (state)",
                        "INSERT INTO made VALUES (1, 1)",
                        "INSERT INTO part VALUES (1, 1, 1)",
                        "INSERT INTO ledger VALUES (2, 20)");
                assertThat(asked.get()).isEqualTo(before);

                run(statement, "UPDATE part SET state = 2", "DELETE FROM part", "DROP TABLE part");
                assertThat(asked.get()).isGreaterThan(before);
                GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM ledger");
            }
            assertThat(tables.count("ledger")).isEqualTo(2);
        }
    }

    /** On PostgreSQL also where the transaction has looked at the schema as it has made it. */
    @Test
    void aRowOfChangesInATransactionAsksTheDatabaseNothing() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (GuardedTables tables = open(LiveDatabase.POSTGRESQL)) {
            DataSource real = new BareDataSource() {
                @Override
                public Connection getConnection() throws SQLException {
                    return tables.connectPastTheGuard();
                }
            };
            DataSource counted = proxy(DataSource.class, real, asked);
            DataSource guarded = new TierguardDataSource(counted, tables.settings());
            try (Connection connection = guarded.getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                int unasked = asked.get();
                run(statement, "CREATE TABLE filled (id INT, amount INT)", "UPDATE filled SET amount = 2");
                int before = asked.get();
                assertThat(before).isGreaterThan(unasked);
                run(
                        statement,
                        "CREATE TABLE made (id INT PRIMARY KEY, amount INT)",
                        "ALTER TABLE made ADD COLUMN state INT",
                        "CREATE INDEX by_state ON made (state)",
                        "INSERT INTO made VALUES (1, 1)",
                        "INSERT INTO ledger VALUES (2, 20)");
                assertThat(asked.get()).isEqualTo(before);

                run(statement, "ALTER TABLE orders RENAME TO past", "CREATE VIEW orders AS SELECT * FROM ledger");
                GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM orders", "ledger");
                connection.rollback();
                run(statement, "DELETE FROM orders");
                connection.commit();
            }
            assertThat(tables.count("ledger")).isOne();
        }
    }

    /** MySQL and MariaDB commit each change, and are asked once what came of it, whoever asks, and not again where the transaction ends. */
    @ParameterizedTest
    @EnumSource
    void aChangeInATransactionThatIsCommittedAtOnceIsReadOnce(MySqlDatabase database) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (GuardedTables tables = open(database)) {
            DataSource real = new BareDataSource() {
                @Override
                public Connection getConnection() throws SQLException {
                    return tables.connectPastTheGuard();
                }
            };
            DataSource guarded = new TierguardDataSource(proxy(DataSource.class, real, asked), tables.settings());
            try (Connection connection = guarded.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE IF EXISTS made");
                run(
                        statement,
                        "CREATE TABLE first (id INT, amount INT)",
                        "UPDATE first SET amount = 2"); // which has it read
                int before = asked.get();
                run(statement, "CREATE TABLE second (id INT, amount INT)", "UPDATE second SET amount = 2");
                int byOne = asked.get() - before;

                connection.setAutoCommit(false);
                for (int i = 0; i < 3; i++) {
                    before = asked.get();
                    run(statement, "CREATE TABLE more" + i + " (id INT)", "UPDATE more" + i + " SET id = 2");
                    connection.commit();
                    assertThat(asked.get() - before).isLessThanOrEqualTo(byOne);
                    run(
                            statement,
                            "ALTER TABLE more" + i + " ADD COLUMN state INT",
                            "UPDATE more" + i + " SET state = 2");
                    connection.rollback();
                    assertThat(asked.get() - before).isLessThanOrEqualTo(2 * byOne);
                }
                run(statement, "ALTER TABLE orders RENAME TO past", "CREATE VIEW orders AS SELECT * FROM ledger");
                connection.rollback(); // undoes none of it
                GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM orders", "ledger");
            }
            assertThat(tables.count("ledger")).isOne();
        }
    }

    /** What is known is too old to be told by, so each of these is read before. */
    @ParameterizedTest
    @MethodSource("databases")
    void whatStandsBehindAChangedNameIsRead(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            run(
                    statement,
                    "CREATE TABLE made (id INT PRIMARY KEY)",
                    "ALTER TABLE orders RENAME TO past",
                    "DROP VIEW shown",
                    "CREATE VIEW shown AS SELECT id, amount FROM ledger",
                    "CREATE VIEW orders AS SELECT id, amount FROM ledger");
            for (String sql : new String[] {
                "UPDATE orders SET amount = 0",
                "DELETE FROM orders",
                "UPDATE shown SET amount = 0 WHERE id = 1",
                "DELETE FROM shown"
            }) {
                GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, sql, "ledger");
                statement.execute("CREATE TABLE more" + sql.length() + " (id INT)");
            }
            statement.execute("INSERT INTO ledger VALUES (2, 20)");
            assertThat(tables.count("ledger WHERE amount > 0")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatAnotherSessionChangesMeanwhileIsRead(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement();
                Connection other = tables.connectBesides();
                Statement migration = other.createStatement()) {
            run(statement, "CREATE TABLE made (id INT PRIMARY KEY)", "INSERT INTO made VALUES (1)");
            run(migration, "ALTER TABLE orders RENAME TO past", "CREATE VIEW orders AS SELECT id, amount FROM ledger");
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM orders", "ledger");
            assertThat(tables.count("ledger")).isOne();
        }
    }

    /** What an index computes runs when the table is kept up, whoever has made the index. */
    @ParameterizedTest
    @ValueSource(
            strings = {"VACUUM FULL orders", "CLUSTER orders USING touched", "ANALYZE orders", "REINDEX TABLE orders"})
    void whatIsBuiltOnATableIsReadBeforeItsUpkeep(String upkeep) throws Exception {
        try (GuardedTables tables = open(LiveDatabase.POSTGRESQL);
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement();
                Connection other = tables.connectBesides();
                Statement migration = other.createStatement()) {
            run(statement, "SELECT * FROM orders");
            tables.prepare(
                    "CREATE FUNCTION touch(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS"
                            + " 'BEGIN IF current_setting(''application_name'') <> ''migration'' THEN DELETE FROM ledger; END IF;"
                            + " RETURN $1; END'",
                    "SET application_name = 'migration'",
                    "CREATE INDEX touched ON orders (touch(amount))");
            run(migration, "CREATE TABLE made (id INT)");
            GuardedTables.assertDenied(statement, Reason.CASCADE, upkeep, "ledger");
            assertThat(tables.count("ledger")).isOne();
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatFailedOrEndedIsRead(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            run(statement, "CREATE TABLE made (id INT PRIMARY KEY)", "CREATE TABLE part (id INT PRIMARY KEY)");
            connection.rollback();
            run(statement, "CREATE TABLE IF NOT EXISTS made (id INT PRIMARY KEY)", "INSERT INTO made VALUES (1)");
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("CREATE TABLE again (id INT PRIMARY KEY)");
            assertThatThrownBy(() -> statement.execute("CREATE TABLE again (id INT PRIMARY KEY)"))
                    .isInstanceOf(SQLException.class);
            run(statement, "INSERT INTO again VALUES (1)", "DELETE FROM again");
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM ledger");
        }
    }

    /** In a transaction of PostgreSQL the catalog was not read at a savepoint that is returned to. */
    @Test
    void whatASavepointBringsBackIsRead() throws Exception {
        try (GuardedTables tables = open(LiveDatabase.POSTGRESQL);
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            run(
                    statement,
                    "CREATE TABLE made (id INT PRIMARY KEY)",
                    "CREATE VIEW named AS SELECT id, amount FROM ledger",
                    "SAVEPOINT s",
                    "DROP VIEW named",
                    "CREATE TABLE named (id INT PRIMARY KEY, amount INT)",
                    "INSERT INTO named VALUES (5, 5)",
                    "ROLLBACK TO SAVEPOINT s");
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM named", "ledger");
            connection.rollback();
            assertThat(tables.count("ledger")).isOne();
        }
    }

    /** What the given object does, and what it gives, with each query counted. */
    private static <T> T proxy(Class<T> type, Object real, AtomicInteger asked) {
        return type.cast(Proxy.newProxyInstance(
                UnreadChangesTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("executeQuery")) {
                        asked.incrementAndGet();
                    }
                    try {
                        Object result = method.invoke(real, arguments);
                        if (result instanceof Connection) {
                            return proxy(Connection.class, result, asked);
                        }
                        return method.getName().equals("createStatement")
                                ? proxy(Statement.class, result, asked)
                                : result;
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                }));
    }
}
