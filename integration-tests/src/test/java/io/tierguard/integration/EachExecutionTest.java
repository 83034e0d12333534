package io.tierguard.integration;

import static io.tierguard.integration.GuardedTables.assertDenied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** To prepare is not to execute: what was prepared in one context is judged in the one in which it runs. */
class EachExecutionTest {
    private static final String POLICY = """
            table free.* is operational
            table held.* is ledger

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete on tier operational
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE SCHEMA free",
        "CREATE SCHEMA held",
        "CREATE TABLE free.note (id INT PRIMARY KEY, v INT)",
        "CREATE TABLE held.note (id INT PRIMARY KEY, v INT)",
        "CREATE TABLE held.kept (id INT PRIMARY KEY, v INT)",
        "INSERT INTO free.note VALUES (1, 1)",
        "INSERT INTO held.note VALUES (1, 1)",
        "INSERT INTO held.kept VALUES (1, 1)"
    };

    private static final String UPDATE = "UPDATE note SET v = v + 1 WHERE id = ?";

    @TempDir
    private Path folder;

    private GuardedTables open(LiveDatabase database) throws Exception {
        return GuardedTables.open(database, folder, POLICY, SCHEMA);
    }

    private static String pathTo(LiveDatabase database, String schema) {
        return (database == LiveDatabase.H2 ? "SET SCHEMA " : "SET search_path TO ") + schema;
    }

    @ParameterizedTest
    @EnumSource
    void aPreparedStatementRunsByThePathOfItsRun(LiveDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            statement.execute(pathTo(database, "free"));
            try (PreparedStatement update = connection.prepareStatement(UPDATE);
                    CallableStatement call = connection.prepareCall(UPDATE)) {
                // Often enough for the driver to keep it prepared in the server.
                for (int run = 0; run < 8; run++) {
                    update.setInt(1, 1);
                    assertThat(update.executeUpdate()).isEqualTo(1);
                }
                update.addBatch();
                call.setInt(1, 1);
                statement.execute(pathTo(database, "held"));
                refused(update::executeUpdate);
                refused(update::execute);
                refused(update::executeBatch);
                refused(call::execute);
                statement.execute(pathTo(database, "free"));
                assertThat(update.executeUpdate()).isEqualTo(1);
                connection.setAutoCommit(false);
                connection.setSchema(database == LiveDatabase.H2 ? "HELD" : "held");
                refused(update::executeUpdate);
                connection.setSchema(database == LiveDatabase.H2 ? "FREE" : "free");
                assertThat(update.executeUpdate()).isEqualTo(1);
                connection.commit();
            }
            assertThat(tables.count("held.note WHERE v = 1")).isEqualTo(1);
        }
    }

    @Test
    void aBatchIsJudgedByThePathThatItSets() throws Exception {
        try (GuardedTables tables = open(LiveDatabase.POSTGRESQL);
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO free");
            statement.addBatch("SET search_path TO held");
            statement.addBatch("UPDATE note SET v = 2");
            refused(statement::executeBatch);
            statement.clearBatch();
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL search_path TO free");
            statement.execute("UPDATE note SET v = 3");
            statement.execute("COMMIT");
            statement.execute("SET search_path TO held");
            statement.execute("COMMIT");
            statement.execute("SET LOCAL search_path TO free");
            statement.addBatch("ROLLBACK");
            statement.addBatch("UPDATE note SET v = 2");
            refused(statement::executeBatch);
            assertDenied(statement, Reason.IMMUTABLE_TIER, "ROLLBACK; UPDATE note SET v = 2");
            assertThat(tables.count("held.note WHERE v = 1")).isEqualTo(1);
        }
    }

    @Test
    void aTableThatComesBetweenIsSeen() throws Exception {
        try (GuardedTables tables = open(LiveDatabase.POSTGRESQL);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO free");
            statement.execute("CREATE TEMP TABLE hurry (id INT, v INT)");
            try (PreparedStatement update = connection.prepareStatement("UPDATE hurry SET v = 1")) {
                update.executeUpdate();
                statement.execute("DROP TABLE hurry");
                tables.prepare("CREATE VIEW free.hurry AS SELECT * FROM held.kept");
                refused(update::executeUpdate);
            }
            assertThat(tables.count("held.kept WHERE v = 1")).isEqualTo(1);
        }
    }

    /** What code writes may come to be, past the guard, something else than the table that its author meant. */
    @Test
    void aNameThatOnlyCodeWritesIsLookedFor() throws Exception {
        try (GuardedTables tables = open(LiveDatabase.POSTGRESQL)) {
            tables.prepare(
                    "CREATE FUNCTION free.clear() RETURNS trigger LANGUAGE plpgsql AS"
                            + " $$ BEGIN DELETE FROM free.later; RETURN NEW; END $$",
                    "CREATE TRIGGER clears AFTER UPDATE ON free.note FOR EACH ROW EXECUTE FUNCTION free.clear()");
            try (Connection connection = tables.connect();
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute("UPDATE free.note SET v = 2"))
                        .isInstanceOf(SQLException.class)
                        .isNotInstanceOf(DenialException.class);
                tables.prepare("CREATE VIEW free.later AS SELECT * FROM held.kept");
                Thread.sleep(1100); // what is read holds for a second
                refused(() -> statement.execute("UPDATE free.note SET v = 2"));
            }
            assertThat(tables.count("held.kept WHERE v = 1")).isEqualTo(1);
        }
    }

    @Test
    void rowsOfAResultAreOfTheTableThatTheyCameFrom() throws Exception {
        try (GuardedTables tables = open(LiveDatabase.POSTGRESQL);
                Connection connection = tables.connect();
                Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
            statement.execute("SET search_path TO free");
            try (ResultSet rows = statement.executeQuery("SELECT id, v FROM note")) {
                assertThat(rows.next()).isTrue();
                try (Statement other = connection.createStatement()) {
                    other.execute("SET search_path TO held");
                }
                rows.updateInt("v", 7);
                refused(rows::updateRow);
            }
            assertThat(tables.count("held.note WHERE v = 1")).isEqualTo(1);
        }
    }

    @Test
    void aNameThatIsExecutedIsJudgedByThePathOfItsRun() throws Exception {
        try (GuardedTables tables = open(LiveDatabase.POSTGRESQL);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO free");
            statement.execute("PREPARE p (int) AS UPDATE note SET v = v + 1 WHERE id = $1");
            for (int run = 0; run < 8; run++) {
                assertThat(statement.executeUpdate("EXECUTE p(1)")).isEqualTo(1);
            }
            statement.execute("SET search_path TO held");
            assertDenied(statement, Reason.IMMUTABLE_TIER, "EXECUTE p(1)");
            assertDenied(statement, Reason.IMMUTABLE_TIER, "EXPLAIN ANALYZE EXECUTE p(1)");
            statement.execute("EXPLAIN EXECUTE p(1)");
            statement.execute("SET search_path TO free");
            assertDenied(statement, Reason.IMMUTABLE_TIER, "SET search_path TO held; EXECUTE p(1)");
            assertDenied(statement, Reason.IMMUTABLE_TIER, "PREPARE q AS UPDATE held.note SET v = 2; EXECUTE q");
            statement.execute("BEGIN");
            statement.execute("DEALLOCATE p");
            statement.execute("PREPARE p AS UPDATE note SET v = 9");
            statement.execute("ROLLBACK");
            assertThat(statement.executeUpdate("EXECUTE p")).isEqualTo(1);
            assertThatThrownBy(() -> statement.execute("PREPARE p AS SELECT 1"))
                    .isInstanceOf(SQLException.class)
                    .isNotInstanceOf(DenialException.class);
            assertThat(statement.executeUpdate("EXECUTE p")).isEqualTo(1);
            statement.execute("DISCARD ALL");
            assertDenied(statement, Reason.UNREADABLE_SQL, "EXECUTE p");
            assertThat(tables.count("held.note WHERE v = 1")).isEqualTo(1);
        }
    }

    /** What pools and applications do for each tenant or request. */
    @Test
    void aPathForEachRequestIsNoReasonToDeny() throws Exception {
        try (GuardedTables tables = open(LiveDatabase.POSTGRESQL);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (int request = 0; request < 3; request++) {
                statement.execute("SET search_path TO held");
                statement.execute("SELECT v FROM note");
                statement.execute("SET search_path TO free");
                statement.execute("UPDATE note SET v = 1");
                statement.execute("DISCARD ALL");
                connection.setSchema("free");
                statement.execute("UPDATE note SET v = 2");
                statement.execute("RESET ALL");
                for (String local :
                        new String[] {"SET LOCAL search_path TO free", "SELECT set_config('search_path', 'free', true)"
                        }) {
                    connection.setAutoCommit(false);
                    statement.execute(local);
                    statement.execute("UPDATE note SET v = 3");
                    connection.commit();
                    connection.setSchema("free");
                    statement.execute("UPDATE note SET v = 4");
                    connection.rollback();
                    connection.setAutoCommit(true);
                    statement.execute("BEGIN");
                    statement.execute(local);
                    statement.execute("UPDATE note SET v = 5");
                    statement.execute("COMMIT");
                }
                statement.execute("SET ROLE " + LiveDatabase.POSTGRESQL.user());
                statement.execute("SET search_path TO free");
                statement.execute("UPDATE note SET v = 6");
                statement.execute("RESET ROLE");
                statement.execute("UPDATE note SET v = 7");
            }
            assertThat(tables.count("free.note WHERE v = 7")).isEqualTo(1);
        }
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(DenialException.class);
    }
}
