package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A view of one session on PostgreSQL stands for what it reads, and for nothing while nobody has looked behind it. */
class TemporaryViewTest {
    private static final String RULES = """
            table ledger is ledger {
              mutable note
            }

            table secret is closed

            table * is operational

            component app {
              grant select, insert, update, delete, create on tier operational
              grant select, insert on ledger
              grant update (note) on ledger
            }

            """;

    @TempDir
    Path folder;

    private GuardedTables open() throws Exception {
        return GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                RULES,
                "CREATE TABLE ledger (id int, amount int, note text)",
                "CREATE TABLE secret (id int)",
                "CREATE TABLE orders (id int, state text)",
                "INSERT INTO ledger VALUES (1, 5, 'a')",
                "INSERT INTO orders VALUES (1, 'new')",
                "CREATE FUNCTION wipe() RETURNS int LANGUAGE sql AS 'DELETE FROM ledger RETURNING 1'");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsDoneToItIsDoneToWhatItStandsFor(boolean autoCommit) throws Exception {
        try (GuardedTables tables = open();
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(autoCommit);
            statement.execute("CREATE TEMP VIEW mine AS SELECT id, state FROM orders");
            statement.execute("CREATE TEMP VIEW books AS SELECT id, amount AS note, note AS remark FROM ledger");
            statement.execute("CREATE TEMP TABLE hurry (id int, state text)");
            statement.execute("CREATE TEMP VIEW on_hurry AS SELECT id FROM hurry WHERE id > 0");
            statement.execute("CREATE TEMP VIEW over_books AS SELECT remark, note FROM books");
            for (String sql : new String[] {
                "UPDATE mine SET state = 'sent'",
                "DELETE FROM pg_temp.mine WHERE id = 2",
                "INSERT INTO on_hurry VALUES (1)",
                "DELETE FROM on_hurry",
                "UPDATE books SET remark = 'x'",
                "UPDATE over_books SET remark = 'y' WHERE note > 0"
            }) {
                statement.execute(sql);
            }
            try (ResultSet rows = statement.executeQuery("SELECT remark FROM over_books")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("y");
            }
            if (!autoCommit) {
                connection.commit();
                connection.setAutoCommit(true);
            }
            for (String sql : new String[] {
                "UPDATE books SET note = 1", "UPDATE over_books SET note = 1", "UPDATE pg_temp.over_books SET note = 1"
            }) {
                GuardedTables.assertDenied(statement, Reason.IMMUTABLE_COLUMN, sql, "ledger.amount");
            }
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM books", "ledger");
            GuardedTables.assertDenied(
                    statement, Reason.IMMUTABLE_TIER, "WITH x AS (DELETE FROM books RETURNING 1) SELECT 1");
            statement.execute("CREATE TEMP VIEW over_mine AS SELECT id FROM mine");
            statement.execute("CREATE TABLE fresh AS SELECT id FROM over_mine");
            statement.execute("DROP VIEW over_books, books");
            assertThat(tables.count("ledger WHERE amount = 5")).isOne();
        }
    }

    @Test
    void itIsNamedLikeNothingThatMatters() throws Exception {
        try (GuardedTables tables = open();
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            GuardedTables.assertDenied(
                    statement, Reason.SESSION_CHANGE, "CREATE TEMP VIEW orders AS SELECT id FROM ledger", "hide");
            GuardedTables.assertDenied(statement, Reason.NOT_GRANTED, "CREATE TEMP VIEW s AS SELECT id FROM secret");
            GuardedTables.assertDenied(
                    statement,
                    Reason.UNREADABLE_SQL,
                    "CREATE TEMP VIEW s AS SELECT id FROM ledger;" + " DELETE FROM s",
                    "hides what it stands for");
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "CREATE TEMP VIEW s AS SELECT wipe()");
        }
    }

    @Test
    void thatOfAnotherSessionIsNotTakenForOwn() throws Exception {
        try (GuardedTables tables = open();
                Connection other = tables.connectPastTheGuard();
                Statement past = other.createStatement();
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            past.execute("CREATE TEMP VIEW v AS SELECT id FROM ledger");
            String schema;
            try (ResultSet row = past.executeQuery("SELECT pg_my_temp_schema()::regnamespace")) {
                row.next();
                schema = row.getString(1);
            }
            statement.execute("CREATE TEMP VIEW v AS SELECT id FROM orders");
            statement.execute("DELETE FROM pg_temp.v WHERE id = 7");
            GuardedTables.assertDenied(statement, Reason.UNREADABLE_SQL, "DELETE FROM " + schema + ".v");
            assertThat(tables.count("ledger")).isOne();
        }
    }

    @Test
    void whatNobodyHasLookedBehindIsNotTouched() throws Exception {
        try (GuardedTables tables = open();
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE TEMP VIEW v AS SELECT id, state FROM orders");
            statement.execute("UPDATE v SET state = 'x'");
            connection.rollback();
            statement.execute("CREATE TEMP VIEW v AS SELECT id, note AS state FROM ledger");
            statement.execute("UPDATE v SET state = 'x'");
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_COLUMN, "UPDATE v SET id = 2");
            connection.rollback();
            statement.execute("CREATE TABLE v (id int)");
            statement.execute("DELETE FROM v");
            connection.rollback();
            statement.execute("SAVEPOINT a");
            statement.execute("CREATE TEMP VIEW v AS SELECT id, state FROM orders");
            statement.execute("ROLLBACK TO SAVEPOINT a");
            statement.execute("CREATE TEMP VIEW v AS SELECT id, note AS state FROM ledger");
            GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM v");
        }
    }
}
