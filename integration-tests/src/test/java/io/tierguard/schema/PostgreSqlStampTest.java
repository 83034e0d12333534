package io.tierguard.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.integration.LiveDatabase;
import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the catalog says of itself changes with whatever all sessions see, and with nothing that one alone has. */
class PostgreSqlStampTest {
    private static final List<String> OF_SESSION = List.of(
            "CREATE TEMP TABLE hurry (id serial PRIMARY KEY, n int DEFAULT 5 CHECK (n > 0), note text UNIQUE)",
            "CREATE TEMP TABLE late AS SELECT id FROM orders",
            "CREATE INDEX ON hurry (lower(note))",
            "ALTER TABLE hurry ADD COLUMN more numeric[] DEFAULT '{}'",
            "ALTER TABLE hurry ADD FOREIGN KEY (n) REFERENCES hurry",
            "CREATE TEMP VIEW seen AS SELECT id FROM hurry",
            "CREATE TEMP SEQUENCE numbers",
            "DROP VIEW seen",
            "DROP TABLE hurry, late",
            "DISCARD TEMP");

    private static final List<String> OF_ALL = List.of(
            "CREATE TABLE line (id int PRIMARY KEY, n int)",
            "ALTER TABLE line ADD COLUMN note text",
            "ALTER TABLE line ALTER COLUMN n SET DEFAULT 5",
            "ALTER TABLE line ADD CHECK (n > 0)",
            "ALTER TABLE line RENAME COLUMN n TO amount",
            "CREATE INDEX ON line (lower(note))",
            "ALTER TABLE line ADD FOREIGN KEY (amount) REFERENCES orders ON DELETE CASCADE",
            "CREATE VIEW shown AS SELECT id FROM line",
            "CREATE OR REPLACE VIEW shown AS SELECT id FROM orders",
            "CREATE RULE nothing AS ON DELETE TO line DO INSTEAD NOTHING",
            "CREATE OR REPLACE RULE nothing AS ON DELETE TO line DO INSTEAD DELETE FROM orders",
            "CREATE OR REPLACE RULE nothing AS ON DELETE TO line WHERE OLD.id > 0 DO INSTEAD DELETE FROM orders",
            "CREATE RULE of_view AS ON DELETE TO shown DO INSTEAD NOTHING",
            "CREATE OR REPLACE RULE of_view AS ON DELETE TO shown DO INSTEAD DELETE FROM orders",
            "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            "CREATE OR REPLACE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
            "CREATE TRIGGER t BEFORE UPDATE ON line FOR EACH ROW EXECUTE FUNCTION f()",
            "ALTER TABLE line DISABLE TRIGGER t",
            "CREATE DOMAIN positive AS int CHECK (VALUE > 0)",
            "ALTER DOMAIN positive SET DEFAULT 5",
            "CREATE TYPE pair AS (a int, b positive)",
            "CREATE TABLE part () INHERITS (line)",
            "CREATE SEQUENCE counted OWNED BY line.id",
            "CREATE POLICY p ON line USING (id > 0)",
            "ALTER TABLE line SET SCHEMA other",
            "ALTER SCHEMA other RENAME TO another",
            "DROP TABLE another.line CASCADE");

    @Test
    void temporaryTablesAreNoPartOfIt() throws SQLException {
        String url = LiveDatabase.POSTGRESQL.createDatabase();
        try (Connection connection = LiveDatabase.POSTGRESQL.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders (id int PRIMARY KEY)");
            String before = stamp(connection);
            for (boolean autoCommit : new boolean[] {true, false}) {
                connection.setAutoCommit(autoCommit);
                for (String sql : OF_SESSION) {
                    if (autoCommit || !sql.startsWith("DISCARD")) {
                        statement.execute(sql);
                    }
                    assertThat(stamp(connection)).as(sql).isEqualTo(before);
                }
                if (!autoCommit) {
                    connection.rollback();
                }
            }
            assertThat(stamp(connection)).isEqualTo(before);
        } finally {
            LiveDatabase.POSTGRESQL.dropDatabase(url);
        }
    }

    @Test
    void whateverAllSeeIs() throws SQLException {
        String url = LiveDatabase.POSTGRESQL.createDatabase();
        try (Connection connection = LiveDatabase.POSTGRESQL.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders (id int PRIMARY KEY)");
            statement.execute("CREATE SCHEMA other");
            statement.execute("CREATE TEMP TABLE hurry (id serial PRIMARY KEY, note text)");
            String last = stamp(connection);
            for (String sql : OF_ALL) {
                statement.execute(sql);
                String now = stamp(connection);
                assertThat(now).as(sql).isNotEqualTo(last);
                last = now;
            }
        } finally {
            LiveDatabase.POSTGRESQL.dropDatabase(url);
        }
    }

    private static String stamp(Connection connection) throws SQLException {
        return CatalogStamp.of(connection, Dialect.POSTGRESQL).text();
    }
}
