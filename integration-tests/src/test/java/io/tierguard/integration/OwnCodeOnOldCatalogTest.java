package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.jdbc.DenialException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Code that a transaction of PostgreSQL binds while it reads the catalog as it was when it began runs what others have made meanwhile of what
 * it names.
 */
class OwnCodeOnOldCatalogTest {
    private static final String RULES = """
            table ledger is ledger
            table * is operational

            component app {
              grant select, insert, update, delete, create, extend, alter, drop on tier operational
              grant select, insert on tier ledger
            }

            trust app {
              why "it makes the functions of the application"
              owner "dba@example.com"
              until 2126-01-01T00:00Z
              define
            }
            """;

    private static final String THROUGH_VIEW =
            "CREATE FUNCTION own() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DELETE FROM seen; RETURN NEW; END'";
    private static final String VALUE_THROUGH_VIEW =
            "CREATE FUNCTION own() RETURNS int LANGUAGE plpgsql AS 'BEGIN DELETE FROM seen; RETURN 1; END'";
    private static final String VIEW = "CREATE OR REPLACE VIEW seen AS SELECT id FROM ledger";
    private static final String ROUTINE =
            "CREATE OR REPLACE FUNCTION theirs() RETURNS int LANGUAGE plpgsql AS 'BEGIN DELETE FROM public.ledger; RETURN 1; END'";

    @TempDir
    private Path folder;

    private GuardedTables tables;

    @BeforeEach
    void open() throws Exception {
        tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                RULES,
                "CREATE TABLE orders (id INT PRIMARY KEY)",
                "CREATE TABLE draft (id INT)",
                "CREATE TABLE part (id INT) PARTITION BY LIST (id)",
                "CREATE TABLE ledger (id INT)",
                "CREATE VIEW seen AS SELECT id FROM draft",
                "CREATE FUNCTION theirs() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'",
                "INSERT INTO orders VALUES (1)",
                "INSERT INTO ledger VALUES (7)");
    }

    @AfterEach
    void close() throws SQLException {
        tables.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                THROUGH_VIEW
                        + "& CREATE TABLE t (id INT)& CREATE TRIGGER k BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION own() | "
                        + VIEW + " | INSERT INTO t VALUES (1)",
                THROUGH_VIEW + "& CREATE TRIGGER k BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION own() | "
                        + VIEW + " | INSERT INTO orders VALUES (2)",
                THROUGH_VIEW + "& CREATE TABLE p PARTITION OF part FOR VALUES IN (1)&"
                        + " CREATE TRIGGER k BEFORE INSERT ON p FOR EACH ROW EXECUTE FUNCTION own() | "
                        + VIEW + " | INSERT INTO part VALUES (1)",
                VALUE_THROUGH_VIEW + "& CREATE TABLE t (id INT, v INT DEFAULT own()) | " + VIEW
                        + " | INSERT INTO t VALUES (1)",
                VALUE_THROUGH_VIEW + "& CREATE TABLE t (id INT, CHECK (own() = id)) | " + VIEW
                        + " | INSERT INTO t VALUES (1)",
                VALUE_THROUGH_VIEW + "& CREATE VIEW v AS SELECT own() AS x | " + VIEW + " | SELECT * FROM v",
                "CREATE TABLE t (id INT, v INT DEFAULT theirs()) | " + ROUTINE + " | INSERT INTO t VALUES (1)",
                "CREATE FUNCTION s(int, int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN theirs(); END'&"
                        + " CREATE AGGREGATE own(int) (SFUNC = s, STYPE = int, INITCOND = '0') | " + ROUTINE
                        + " | SELECT own(id) FROM orders",
                "CREATE FUNCTION own(i int DEFAULT theirs()) RETURNS int LANGUAGE sql AS 'SELECT i' | " + ROUTINE
                        + " | SELECT own()",
                "CREATE FUNCTION own() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN theirs(); END' | " + ROUTINE
                        + " | SELECT own()",
            })
    void runsWhatOthersHaveMadeOfWhatItNames(String own, String other, String write) throws Exception {
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement();
                Connection besides = tables.connect();
                Statement ddl = besides.createStatement()) {
            begin(connection, statement);
            for (String sql : own.split("&")) {
                statement.execute(sql);
            }
            tables.prepare(other);
            ddl.execute("CREATE TABLE fresh (id INT)"); // so that what was done past the guard is looked for
            boolean isDenied = false;
            try {
                statement.execute(write);
            } catch (DenialException denial) {
                isDenied = true;
            }
            connection.rollback();
            assertThat(isDenied).isTrue();
        }
        assertThat(tables.count("ledger")).isOne();
    }

    /** It is judged by what all others see, with what it has made and without what it has taken away. */
    @Test
    void whatOthersHaveMadeElsewhereAndWhatItHasTakenAwayIsNothingToIt() throws Exception {
        tables.prepare(
                "CREATE TABLE parent (id INT PRIMARY KEY)",
                "CREATE TABLE child (id INT, p INT CONSTRAINT fk_p REFERENCES parent (id) ON DELETE CASCADE)",
                "CREATE FUNCTION wipes() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DELETE FROM public.ledger; RETURN NULL; END'",
                "CREATE TRIGGER w AFTER DELETE ON child FOR EACH STATEMENT EXECUTE FUNCTION wipes()");
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            begin(connection, statement);
            statement.execute("ALTER TABLE child DROP CONSTRAINT fk_p");
            tables.prepare("CREATE TABLE fresh (id INT)", "CREATE VIEW sight AS SELECT id FROM fresh");
            statement.execute("DELETE FROM parent");
            statement.execute(THROUGH_VIEW);
            statement.execute("CREATE TABLE t (id INT)");
            statement.execute("CREATE TRIGGER k BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION own()");
            statement.execute("INSERT INTO t VALUES (1)");
            statement.execute("DROP TABLE t");
            statement.execute("CREATE TABLE t (id INT)");
            statement.execute("INSERT INTO t VALUES (1)");
            connection.commit();
        }
        assertThat(tables.count("t")).isOne();
        assertThat(tables.count("ledger")).isOne();
    }

    private static void begin(Connection connection, Statement statement) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        statement.execute("SELECT 1 FROM orders");
    }
}
