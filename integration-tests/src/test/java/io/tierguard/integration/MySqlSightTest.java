package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Triggers that the server does not show to a user, whatever grants seem to say, count as there. */
class MySqlSightTest {
    private static final String RULES = """
            table ledger is ledger

            table * is operational

            component app {
              grant select, insert, update, delete on tier operational
            }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aWiderGrantDoesNotShowWhatAMoreExactOneHides(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = shop(database)) {
            String own = MySqlDatabase.nameIn(tables.realUrl());
            assertUnseen(
                    tables,
                    "wide" + database.ordinal(),
                    "UPDATE orders SET id = 2",
                    "GRANT ALL ON `" + own.substring(0, own.length() - 1) + "%`.*",
                    "GRANT SELECT, INSERT, UPDATE, DELETE ON `" + own + "`.*");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aGrantOnANameOfOtherCaseShowsNothing(MySqlDatabase database) throws Exception {
        try (GuardedTables tables = shop(database)) {
            String own = MySqlDatabase.nameIn(tables.realUrl());
            assertUnseen(
                    tables,
                    "case" + database.ordinal(),
                    "UPDATE orders SET id = 2",
                    "GRANT ALL ON `" + own.toUpperCase(Locale.ROOT) + "`.*",
                    "GRANT SELECT, INSERT, UPDATE, DELETE ON `" + own + "`.*");
        }
    }

    /** A trigger or view acts as who made it, and so writes where the user sees nothing. */
    @ParameterizedTest
    @EnumSource
    void whatIsWrittenInADatabaseThatIsNotShownMayHaveTriggers(MySqlDatabase database) throws Exception {
        String other = database.createDatabase();
        try (GuardedTables tables = shop(database)) {
            String hidden = MySqlDatabase.nameIn(other);
            tables.prepare(
                    "CREATE TABLE " + hidden + ".log (id INT)",
                    "CREATE TABLE " + hidden + ".ledger (id INT)",
                    "INSERT INTO " + hidden + ".ledger VALUES (1)",
                    "CREATE TRIGGER " + hidden + ".wipe AFTER INSERT ON " + hidden + ".log FOR EACH ROW DELETE FROM "
                            + hidden + ".ledger",
                    "CREATE TRIGGER noted AFTER INSERT ON orders FOR EACH ROW INSERT INTO " + hidden
                            + ".log VALUES (NEW.id)",
                    "CREATE VIEW logged AS SELECT id FROM " + hidden + ".log");
            String all = "GRANT ALL ON `" + MySqlDatabase.nameIn(tables.realUrl()) + "`.*";
            assertUnseen(tables, "chain" + database.ordinal(), "INSERT INTO orders VALUES (5)", all);
            assertUnseen(tables, "view" + database.ordinal(), "INSERT INTO logged VALUES (5)", all);
            assertThat(tables.count(hidden + ".ledger")).isOne();
        } finally {
            database.dropDatabase(other);
        }
    }

    private GuardedTables shop(MySqlDatabase database) throws Exception {
        return GuardedTables.open(
                database,
                folder,
                RULES,
                "CREATE TABLE ledger (id INT PRIMARY KEY)",
                "INSERT INTO ledger VALUES (1)",
                "CREATE TABLE orders (id INT PRIMARY KEY)",
                "INSERT INTO orders VALUES (1)",
                "CREATE TRIGGER wipe AFTER UPDATE ON orders FOR EACH ROW DELETE FROM ledger");
    }

    private static void assertUnseen(GuardedTables tables, String user, String sql, String... grants)
            throws SQLException {
        tables.prepare("CREATE USER " + user + "@'%' IDENTIFIED BY ''");
        try {
            for (String grant : grants) {
                tables.prepare(grant + " TO " + user + "@'%'");
            }
            try (Connection connection = tables.connectAs(user, "");
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute(sql))
                        .as(sql)
                        .isInstanceOf(DenialException.class)
                        .hasMessageContaining("TRIGGER");
            }
            assertThat(tables.count("ledger")).isOne();
        } finally {
            tables.prepare("DROP USER " + user + "@'%'");
        }
    }
}
