package io.tierguard.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.integration.LiveDatabase;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.SqlAnalyzer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What runs code that nobody calls is looked for in full only where a short question says that there is any. */
class CodeShortcutTest {
    /** Where none of these has run, there is nothing to find. */
    private static final List<String> UNUSED = List.of(
            "CREATE TABLE orders (id int PRIMARY KEY, note text, amount int DEFAULT 5 CHECK (amount > 0))",
            "CREATE TABLE line (id serial PRIMARY KEY, n int, orders int REFERENCES orders ON DELETE CASCADE)",
            "CREATE FUNCTION plain() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "CREATE FUNCTION check_it(t text) RETURNS bool IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN true; END'",
            "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            "CREATE PROCEDURE clear() LANGUAGE sql AS 'DELETE FROM line'",
            "CREATE TRIGGER touched BEFORE UPDATE OF n ON line FOR EACH ROW EXECUTE FUNCTION touch()",
            "CREATE VIEW shown AS SELECT id, plain() AS one FROM orders",
            "CREATE DOMAIN positive AS int CHECK (VALUE > 0)",
            "CREATE TYPE mood AS ENUM ('ok', 'not')");

    /** After each of these something runs code; each is undone before the next. */
    private static final List<String> USED = List.of(
            "CREATE TRIGGER other BEFORE UPDATE ON line FOR EACH ROW WHEN (OLD.n > plain()) EXECUTE FUNCTION touch()",
            "ALTER TABLE orders ADD CHECK (check_it(note))",
            "ALTER TABLE orders ALTER COLUMN amount SET DEFAULT plain()",
            "ALTER TABLE line ALTER COLUMN n SET DEFAULT setval('line_id_seq', 5)",
            "ALTER TABLE orders ADD COLUMN odd bool GENERATED ALWAYS AS (check_it(note)) STORED",
            "CREATE INDEX ON orders (check_it(note))",
            "CREATE INDEX ON orders (id) WHERE check_it(note)",
            "CREATE POLICY p ON orders USING (check_it(note))",
            "CREATE STATISTICS s ON (check_it(note)), id FROM orders",
            "CREATE DOMAIN odd AS text CHECK (check_it(VALUE))",
            "CREATE DOMAIN one AS int DEFAULT plain()",
            "CREATE FUNCTION of_default(a int DEFAULT plain()) RETURNS int LANGUAGE sql AS 'SELECT a'",
            "CREATE FUNCTION of_server(a bigint DEFAULT setval('line_id_seq', 3)) RETURNS bigint LANGUAGE sql AS 'SELECT a'",
            "CREATE FUNCTION of_body() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT plain(); END",
            "CREATE FUNCTION of_language() RETURNS void LANGUAGE sql BEGIN ATOMIC SELECT plpgsql_validator(0::oid); END",
            """
            CREATE FUNCTION adding(a int, b int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT a + b';
            CREATE AGGREGATE total (int) (SFUNC = adding, STYPE = int, INITCOND = '0')""",
            """
            CREATE FUNCTION less(a mood, b mood) RETURNS bool IMMUTABLE LANGUAGE sql AS 'SELECT true';
            CREATE OPERATOR <<< (LEFTARG = mood, RIGHTARG = mood, FUNCTION = less)""",
            """
            CREATE FUNCTION to_mood(int) RETURNS mood IMMUTABLE LANGUAGE sql AS $$SELECT 'ok'::mood$$;
            CREATE CAST (int AS mood) WITH FUNCTION to_mood(int) AS ASSIGNMENT""",
            """
            CREATE FUNCTION compare(a mood, b mood) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 0';
            CREATE OPERATOR CLASS moods FOR TYPE mood USING btree AS FUNCTION 1 compare(mood, mood)""",
            "CREATE TABLE parted (k text) PARTITION BY LIST (check_it(k))",
            """
            CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
            CREATE EVENT TRIGGER watching ON ddl_command_end EXECUTE FUNCTION watch()""");

    @Test
    void theShortQuestionMissesNothing() throws SQLException {
        String url = LiveDatabase.POSTGRESQL.createDatabase();
        try (Connection connection = LiveDatabase.POSTGRESQL.connect(url);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : UNUSED) {
                statement.execute(sql);
                assertThat(isAnyUsed(statement)).as(sql).isFalse();
                assertThat(isAnyFound(statement)).as(sql).isFalse();
            }
            connection.commit();
            for (String sql : USED) {
                statement.execute(sql);
                assertThat(isAnyFound(statement)).as(sql).isTrue();
                assertThat(isAnyUsed(statement)).as(sql).isTrue();
                connection.rollback();
            }
        } finally {
            LiveDatabase.POSTGRESQL.dropDatabase(url);
        }
    }

    private static boolean isAnyUsed(Statement statement) throws SQLException {
        return functions(statement).areAnyUsed(CatalogRows.by(statement), CodeQueries.POSTGRESQL);
    }

    private static boolean isAnyFound(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(functions(statement).usesBy(CodeQueries.POSTGRESQL))) {
            return rows.next();
        }
    }

    private static ServerFunctions functions(Statement statement) throws SQLException {
        SqlAnalyzer analyzer = new SqlAnalyzer(LexicalModes.defaultsOf(Dialect.POSTGRESQL));
        return ServerFunctions.of(statement, CodeQueries.POSTGRESQL, analyzer);
    }
}
