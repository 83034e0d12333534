package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tierguard.jdbc.DenialException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.util.PGobject;

/** A cast that harms counts wherever a value of its type can come from, and nowhere else. */
class CastCodeTest {
    private static final String RULES = """
            table ledger is ledger

            table orders is operational
            table far is operational
            table shown is operational

            component app {
              grant select, insert on ledger
              grant select, insert, update, delete, create, extend, alter on tier operational
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE TABLE ledger (id INT, amount INT)",
        "INSERT INTO ledger VALUES (1, 10), (2, 20)",
        "CREATE TABLE orders (id INT PRIMARY KEY, state VARCHAR(20))",
        "INSERT INTO orders VALUES (1, 'new')",
        "CREATE TYPE pair AS (x int)",
        "CREATE TABLE far (id INT, s pair)",
        "INSERT INTO far VALUES (1, ROW(70)::pair)",
    };

    /** From a type of the user's, and to one. */
    private static final String[] CASTS = {
        "CREATE FUNCTION out_of(x pair) RETURNS int LANGUAGE plpgsql AS 'BEGIN %s; RETURN x.x; END'",
        "CREATE CAST (pair AS int) WITH FUNCTION out_of(pair) AS IMPLICIT",
        "CREATE FUNCTION into_pair(x boolean) RETURNS pair LANGUAGE plpgsql AS 'BEGIN %s; RETURN ROW(1)::pair; END'",
        "CREATE CAST (boolean AS pair) WITH FUNCTION into_pair(boolean) AS IMPLICIT",
    };

    private static final String HARM = "DELETE FROM public.ledger";

    @TempDir
    private Path folder;

    private static Arguments form(String name, String sql, String... definitions) {
        return Arguments.of(name, sql, definitions);
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                form("type named", "INSERT INTO orders (id) VALUES (ROW(7)::pair)"),
                form("type of an array named", "INSERT INTO orders (id) VALUES (('{\"(7)\"}'::_pair)[1])"),
                form("column read", "INSERT INTO orders (id) SELECT s FROM far"),
                form("column read and renamed", "UPDATE orders SET id = v.a FROM (SELECT f.* FROM far f) v(b, a)"),
                form("column compared", "SELECT 1 FROM orders o, far f WHERE o.id + f.s > 0"),
                form("column written", "INSERT INTO far (id, s) VALUES (2, true)"),
                form(
                        "column of a view",
                        "INSERT INTO orders (id) SELECT a FROM shown",
                        "CREATE VIEW shown AS SELECT s AS a FROM far"),
                form(
                        "cast within a view",
                        "SELECT a FROM shown",
                        "CREATE VIEW shown AS SELECT CASE WHEN id > 0 THEN id + s END AS a FROM far"),
                form(
                        "column of a type that holds it",
                        "INSERT INTO orders (id) SELECT (w).p FROM shown",
                        "CREATE TYPE wide AS (a int, p pair)",
                        "CREATE TABLE shown (w wide)",
                        "INSERT INTO shown VALUES (ROW(1, ROW(7)))"),
                form(
                        "result of a routine",
                        "INSERT INTO orders (id) VALUES (made())",
                        "CREATE FUNCTION made() RETURNS pair LANGUAGE plpgsql AS 'BEGIN RETURN ROW(7); END'"),
                form(
                        "result of a routine in a row",
                        "INSERT INTO orders (id) SELECT b FROM made()",
                        "CREATE FUNCTION made(OUT a int, OUT b pair) LANGUAGE plpgsql AS 'BEGIN b := ROW(7); END'"),
                form(
                        "parameter of a routine",
                        "SELECT taking(true)",
                        "CREATE FUNCTION taking(p pair) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'"),
                form(
                        "body of a routine",
                        "SELECT copied()",
                        "CREATE FUNCTION copied() RETURNS int LANGUAGE plpgsql AS"
                                + " 'BEGIN INSERT INTO orders (id) SELECT s FROM far; RETURN 1; END'"),
                form(
                        "operator",
                        "INSERT INTO orders (id) VALUES (6 <+> 1)",
                        "CREATE FUNCTION plus(x int, y int) RETURNS pair LANGUAGE plpgsql AS 'BEGIN RETURN ROW(x + y); END'",
                        "CREATE OPERATOR <+> (FUNCTION = plus, LEFTARG = int, RIGHTARG = int)"),
                form(
                        "trigger",
                        "INSERT INTO orders VALUES (8, 'x')",
                        "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS"
                                + " 'BEGIN NEW.id := (SELECT s FROM far LIMIT 1); RETURN NEW; END'",
                        "CREATE TRIGGER touch BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION touch()"));
    }

    private GuardedTables open(String work) throws Exception {
        GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, SCHEMA);
        for (String cast : CASTS) {
            tables.prepare(cast.formatted(work));
        }
        return tables;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void aValueOfItsTypeIsSeenWhereverItComesFrom(String name, String sql, String[] definitions) throws Exception {
        try (GuardedTables tables = open("PERFORM 1")) {
            tables.prepare(definitions);
            tables.assertAllowed(sql);
        }
        try (GuardedTables tables = open(HARM)) {
            tables.prepare(definitions);
            tables.prepare("TRUNCATE ledger", "INSERT INTO ledger VALUES (1, 10), (2, 20)");
            try (Connection connection = tables.connect();
                    Statement statement = connection.createStatement()) {
                Throwable denied = catchThrowable(() -> statement.execute(sql));
                assertThat(denied).as(sql).isInstanceOf(DenialException.class);
                assertThat(denied).hasMessageMatching("(?s).*(the cast of|routine public\\.(out_of|into_pair)).*");
            }
            assertThat(tables.count("ledger")).isEqualTo(2);
            tables.prepare(sql);
            assertThat(tables.count("ledger")).as(sql).isZero();
        }
    }

    @Test
    void aKeyWhoseCheckConvertsCounts() throws Exception {
        try (GuardedTables tables = open(HARM)) {
            tables.prepare("CREATE TABLE shown (s pair REFERENCES orders (id))", "INSERT INTO orders VALUES (7, 'x')");
            tables.prepare("TRUNCATE ledger", "INSERT INTO ledger VALUES (1, 10), (2, 20)");
            try (Connection connection = tables.connect();
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute("DELETE FROM orders WHERE id = 7"))
                        .isInstanceOf(DenialException.class)
                        .hasMessageContaining(" by the cast of ");
            }
            assertThat(tables.count("ledger")).isEqualTo(2);
            tables.prepare("INSERT INTO shown VALUES (ROW(1)::pair)");
            tables.prepare("TRUNCATE ledger", "INSERT INTO ledger VALUES (1, 10), (2, 20)");
            tables.prepare("DELETE FROM orders WHERE id = 7");
            assertThat(tables.count("ledger")).isZero();
        }
    }

    @Test
    void whatHasNoSuchValuePasses() throws Exception {
        try (GuardedTables tables = open(HARM)) {
            tables.prepare("CREATE VIEW shown AS SELECT id, id + 1 AS more FROM far");
            tables.assertAllowed(
                    "INSERT INTO orders VALUES (2, 'x'), (3, upper('y') || 1)",
                    "UPDATE orders SET id = id + 10 WHERE state IN ('x', 'y') AND id BETWEEN 1 AND 3",
                    "SELECT count(*) FILTER (WHERE l.amount > 1), max(o.id) FROM orders o LEFT JOIN ledger l USING (id)",
                    "CREATE TEMP TABLE t AS SELECT id::text AS n FROM orders",
                    "DELETE FROM orders WHERE id > 1");
            try (Connection connection = tables.connect();
                    PreparedStatement statement =
                            connection.prepareStatement("UPDATE orders SET state = ? WHERE id = ?")) {
                PGobject text = new PGobject();
                text.setType("varchar");
                text.setValue("z");
                statement.setObject(1, text);
                statement.setObject(2, 1);
                assertThat(statement.executeUpdate()).isEqualTo(1);
                statement.setArray(1, connection.createArrayOf("int4", new Object[] {1}));
                statement.setNull(1, Types.VARCHAR, "varchar");
            }
            assertThat(tables.count("ledger")).isEqualTo(2);
        }
    }

    @Test
    void aParameterThatBringsItsTypeCounts() throws Exception {
        PGobject pair = new PGobject();
        pair.setType("public.pair");
        pair.setValue("(7)");
        String sql = "UPDATE orders SET id = ?";
        try (GuardedTables tables = open(HARM)) {
            try (Connection connection = tables.connect();
                    PreparedStatement statement = connection.prepareStatement(sql)) {
                assertBringsHarm(() -> statement.setObject(1, pair));
                assertBringsHarm(() -> statement.setObject(1, pair, Types.OTHER));
                assertBringsHarm(() -> statement.setNull(1, Types.OTHER, "pair"));
                assertBringsHarm(() -> statement.setArray(1, connection.createArrayOf("pair", new Object[] {"(7)"})));
            }
            try (Connection connection = tables.connect();
                    Statement statement =
                            connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                    ResultSet rows = statement.executeQuery("SELECT id, state FROM orders")) {
                rows.next();
                assertBringsHarm(() -> rows.updateObject(1, pair));
            }
            assertThat(tables.count("ledger")).isEqualTo(2);
            try (Connection connection = tables.connectPastTheGuard();
                    PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setObject(1, pair);
                statement.executeUpdate();
            }
            assertThat(tables.count("ledger")).isZero();
        }
    }

    /** Binds a value. */
    private interface Binding {
        void run() throws SQLException;
    }

    private static void assertBringsHarm(Binding binding) {
        assertThatThrownBy(binding::run).isInstanceOf(DenialException.class).hasMessageContaining(" by the cast of ");
    }
}
