package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that reach tables which they do not name change no protected one, and are free where nothing is protected. */
class SweepingStatementsTest {
    private static final String RULES = """
            table public.ledger is ledger

            table kept.* is ledger

            table public.orders is operational

            table public.line is operational

            table public.note is operational

            table scratch.* is operational

            table public.draft is operational

            component app {
              grant select, insert, update, delete, truncate, create, extend, alter, drop on public.orders, public.line, public.note, scratch.*, public.draft
            }

            trust app {
              owner "operations"
              why "a test"
              until 2099-12-31T00:00Z
              administer
              define
            }
            """;

    private static final String FREE = """
            table * is operational

            component app {
              grant select, insert, update, delete, truncate, create, extend, alter, drop on *
            }

            trust app {
              owner "operations"
              why "a test"
              until 2099-12-31T00:00Z
              administer
              define
            }
            """;

    @TempDir
    private Path folder;

    /** A table may own a sequence from which another takes its numbers, which begin anew with it. */
    @Test
    void aTruncateThatRestartsASequenceChangesWhatTakesNumbersFromIt() throws Exception { // V28
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                RULES,
                "CREATE TABLE orders (id serial PRIMARY KEY)",
                "CREATE TABLE line (id int, o int REFERENCES orders, no serial)",
                "CREATE TABLE ledger (id int DEFAULT nextval('line_no_seq'))",
                "CREATE TABLE note (id serial, part int) PARTITION BY LIST (part)",
                "CREATE TABLE draft PARTITION OF note DEFAULT",
                "CREATE SEQUENCE counter OWNED BY draft.id",
                "CREATE SCHEMA scratch",
                "CREATE TABLE scratch.own (id serial)",
                "CREATE SCHEMA kept",
                "CREATE TABLE kept.numbers (id int DEFAULT nextval('counter'))",
                "SELECT nextval('line_no_seq'), nextval('counter')")) {
            for (String sql : List.of(
                    "TRUNCATE line RESTART IDENTITY",
                    "TRUNCATE orders RESTART IDENTITY CASCADE",
                    "DO $$BEGIN TRUNCATE line RESTART IDENTITY; END$$")) {
                tables.assertDenied(Reason.CASCADE, sql, "line_no_seq", "ledger");
            }
            tables.assertDenied(Reason.CASCADE, "TRUNCATE note RESTART IDENTITY", "counter", "kept.numbers");
            tables.assertAllowed("TRUNCATE orders CASCADE", "TRUNCATE line", "TRUNCATE note CONTINUE IDENTITY");
            tables.assertAllowed(
                    "TRUNCATE scratch.own RESTART IDENTITY CASCADE; INSERT INTO scratch.own DEFAULT VALUES",
                    "DO $$BEGIN TRUNCATE scratch.own RESTART IDENTITY; END$$");
        }
    }

    @Test
    void aTruncateThatCascadesEmptiesWhatRefersToItAtAnyDistance() throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                RULES,
                "CREATE TABLE orders (id int PRIMARY KEY)",
                "CREATE TABLE line (id int PRIMARY KEY, o int REFERENCES orders)",
                "CREATE TABLE ledger (id int, l int REFERENCES line)",
                "CREATE TABLE note (id int)",
                "INSERT INTO ledger VALUES (1, NULL)")) {
            tables.assertDenied(
                    Reason.CASCADE,
                    "TRUNCATE orders CASCADE",
                    "TRUNCATE public.ledger",
                    "public.orders → public.line by foreign key line_o_fkey",
                    "public.line → public.ledger by foreign key ledger_l_fkey");
            tables.assertDenied(Reason.CASCADE, "TRUNCATE note, line RESTART IDENTITY CASCADE", "ledger");
            tables.assertAllowed("TRUNCATE note CASCADE");
            assertThat(tables.count("ledger")).isOne();
            tables.prepare("TRUNCATE orders CASCADE");
            assertThat(tables.count("ledger")).isZero();
        }
    }

    @Test
    void onH2AColumnTakesTheForeignKeysThatReferToItAlong() throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.H2,
                folder,
                RULES,
                "CREATE TABLE orders (id INT PRIMARY KEY, k INT UNIQUE, t INT)",
                "CREATE TABLE ledger (id INT, o INT REFERENCES orders (k))")) {
            for (String sql : List.of(
                    "ALTER TABLE orders DROP COLUMN k",
                    "ALTER TABLE orders DROP k",
                    "ALTER TABLE orders DROP COLUMN t, k",
                    "ALTER TABLE orders DROP COLUMN IF EXISTS k",
                    "ALTER TABLE orders SET REFERENTIAL_INTEGRITY FALSE")) {
                tables.assertDenied(Reason.CASCADE, sql, "ledger");
            }
            tables.assertAllowed("ALTER TABLE orders DROP COLUMN t");
        }
    }

    @Test
    void aTruncateThatCascadesReachesThroughPartitions() throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                RULES,
                "CREATE TABLE orders (id int PRIMARY KEY) PARTITION BY RANGE (id)",
                "CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE ledger (id int, o int REFERENCES orders)",
                "INSERT INTO orders VALUES (1)",
                "INSERT INTO ledger VALUES (1, 1)")) {
            tables.assertDenied(Reason.CASCADE, "TRUNCATE orders_1 CASCADE", "ledger");
            tables.assertDenied(Reason.CASCADE, "TRUNCATE orders CASCADE", "ledger");
            tables.prepare("TRUNCATE orders_1 CASCADE");
            assertThat(tables.count("ledger")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSchemaIsDroppedOnlyWithTablesThatMayBeDropped(LiveDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                RULES,
                "CREATE SCHEMA kept",
                "CREATE SCHEMA scratch",
                "CREATE SCHEMA nobody",
                "CREATE TABLE kept.entry (id int)",
                "CREATE TABLE scratch.a (id int PRIMARY KEY)",
                "CREATE TABLE scratch.b (id int REFERENCES scratch.a)",
                "CREATE TABLE nobody.a (id int)")) {
            tables.assertDenied(Reason.IMMUTABLE_TIER, "DROP SCHEMA kept CASCADE", "DROP kept.entry", "tier ledger");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "DROP SCHEMA kept", "kept.entry");
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER,
                    "DROP SCHEMA IF EXISTS \"kept\" RESTRICT"
                            .replace("\"kept\"", database == LiveDatabase.H2 ? "\"KEPT\"" : "\"kept\""),
                    "kept.entry");
            tables.assertDenied(Reason.UNCLASSIFIED_TABLE, "DROP SCHEMA nobody CASCADE", "nobody.a");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "ALTER SCHEMA kept RENAME TO scratch2", "ALTER kept.entry");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "DROP SCHEMA public CASCADE", "ledger");
            tables.assertAllowed("DROP SCHEMA scratch CASCADE");
            assertThat(tables.count("kept.entry")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSchemaThatATableElsewhereRefersToTakesSomethingFromThat(LiveDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                RULES,
                "CREATE SCHEMA scratch",
                "CREATE TABLE scratch.a (id int PRIMARY KEY)",
                "CREATE TABLE ledger (id int, a int, CONSTRAINT fk_a FOREIGN KEY (a) REFERENCES scratch.a (id))")) {
            tables.assertDenied(
                    Reason.CASCADE,
                    "DROP SCHEMA scratch CASCADE",
                    "ALTER public.ledger",
                    "by dropping foreign key fk_a");
            tables.assertDenied(Reason.CASCADE, "DROP TABLE scratch.a CASCADE", "fk_a");
            tables.prepare("INSERT INTO scratch.a VALUES (1)", "DROP SCHEMA scratch CASCADE");
            tables.prepare("INSERT INTO ledger VALUES (1, 99)");
        }
    }

    @Test
    void whatIsDroppedWithASchemaMayBeUsedElsewhere() throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                RULES,
                "CREATE SCHEMA scratch",
                "CREATE TYPE scratch.mood AS ENUM ('good')",
                "CREATE TABLE ledger (id int, m scratch.mood)",
                "INSERT INTO ledger VALUES (1, 'good')")) {
            tables.assertDenied(
                    Reason.CASCADE, "DROP SCHEMA scratch CASCADE", "ALTER public.ledger", "type scratch.mood");
            tables.assertDenied(Reason.CASCADE, "DROP TYPE scratch.mood CASCADE", "ledger");
            tables.assertPassed("DROP TYPE scratch.mood");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TYPE mood CASCADE",
                "DROP DOMAIN worth CASCADE",
                "DROP FUNCTION two() CASCADE",
                "DROP FUNCTION two CASCADE",
                "DROP ROUTINE public.twice(int) CASCADE",
                "DROP FUNCTION checked(int) CASCADE",
                "DROP FUNCTION fires() CASCADE",
                "DROP TYPE pair CASCADE",
                "DROP FUNCTION same(pair) CASCADE, ",
                "DROP TABLE draft CASCADE",
                "DROP SEQUENCE numbers CASCADE",
                "DROP VIEW seen CASCADE",
                "ALTER TABLE note DROP COLUMN id CASCADE",
                "ALTER TABLE note DROP CONSTRAINT note_pkey CASCADE",
                "DROP INDEX note_code CASCADE",
                "DROP INDEX ledger_n",
                "DROP OPERATOR CLASS odd USING btree CASCADE",
            })
    void whatTablesUseIsDroppedOnlyWithWhatTheyMayLose(String sql) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                RULES,
                "CREATE TYPE mood AS ENUM ('good')",
                "CREATE DOMAIN worth AS int CHECK (value > 0)",
                "CREATE TYPE pair AS (a int, b mood)",
                "CREATE FUNCTION two() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2'",
                "CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2'",
                "CREATE FUNCTION checked(int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true'",
                "CREATE FUNCTION fires() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                "CREATE TABLE draft (id int)",
                "CREATE SEQUENCE numbers",
                "CREATE TABLE note (id int PRIMARY KEY, code int)",
                "CREATE UNIQUE INDEX note_code ON note (code)",
                "CREATE TABLE ledger (id int, m mood, w worth[], p pair, t int DEFAULT two(),"
                        + " g int GENERATED ALWAYS AS (twice(id)) STORED, CHECK (checked(id)), d draft,"
                        + " s int DEFAULT nextval('numbers'), n int REFERENCES note, c int REFERENCES note (code))",
                "CREATE INDEX ledger_n ON ledger (n)",
                "CREATE TRIGGER fires AFTER INSERT ON ledger FOR EACH ROW EXECUTE FUNCTION fires()",
                "CREATE VIEW seen AS SELECT id FROM draft",
                "CREATE FUNCTION of_seen() RETURNS SETOF seen LANGUAGE sql AS 'SELECT * FROM seen'",
                "CREATE TABLE kept_by_view (id int DEFAULT 1)",
                "ALTER TABLE ledger ADD COLUMN v seen",
                "INSERT INTO note VALUES (1, 1)",
                "INSERT INTO ledger (id, n, c) VALUES (1, 1, 1)")) {
            try (Connection connection = tables.connect();
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute(sql))
                        .isInstanceOf(DenialException.class)
                        .hasMessageContaining("ledger");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everythingIsDroppedOnlyWhereNothingIsProtected(LiveDatabase database) throws Exception {
        String[] wholesale = database == LiveDatabase.H2
                ? new String[] {"DROP ALL OBJECTS", "DROP ALL OBJECTS DELETE FILES"}
                : new String[] {
                    "DROP OWNED BY postgres CASCADE",
                    "REASSIGN OWNED BY postgres TO pg_database_owner",
                    "DROP DATABASE other",
                    "ALTER TABLE ALL IN TABLESPACE pg_default SET TABLESPACE pg_default",
                    "DROP LANGUAGE plpgsql CASCADE"
                };
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES, "CREATE TABLE ledger (id int)")) {
            for (String sql : wholesale) {
                tables.assertDenied(Reason.IMMUTABLE_TIER, sql, "ledger");
            }
            assertThat(tables.count("ledger")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereEverythingIsMutableAndGrantedAllOfItRuns(LiveDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                FREE,
                "CREATE SCHEMA kept",
                "CREATE TABLE kept.a (id int PRIMARY KEY)",
                "CREATE TABLE b (id int, CONSTRAINT fk_a FOREIGN KEY (id) REFERENCES kept.a (id))",
                "CREATE VIEW c AS SELECT id FROM b",
                "CREATE DOMAIN worth AS int",
                "CREATE TABLE d (w worth)",
                "CREATE INDEX i ON d (w)")) {
            tables.assertAllowed(
                    "DROP INDEX i",
                    "ALTER SCHEMA kept RENAME TO old",
                    "DROP DOMAIN worth CASCADE",
                    "DROP SCHEMA old CASCADE");
            if (database == LiveDatabase.POSTGRESQL) {
                tables.assertAllowed(
                        "CREATE SCHEMA s CREATE TABLE t (id int PRIMARY KEY) CREATE VIEW v AS SELECT id FROM t",
                        "TRUNCATE b, s.t CASCADE",
                        "CREATE TYPE mood AS ENUM ('good')",
                        "CREATE TABLE e (m mood)",
                        "DROP TYPE mood CASCADE",
                        "ALTER TABLE s.t DROP CONSTRAINT t_pkey CASCADE");
            }
            tables.assertAllowed("DROP TABLE b CASCADE");
            if (database == LiveDatabase.H2) {
                tables.assertAllowed("DROP ALL OBJECTS");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSchemaUnderTheNameOfAProtectedOneMakesTables(LiveDatabase database) throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                database, folder, RULES, "CREATE SCHEMA scratch", "CREATE TABLE scratch.a (id int)")) {
            tables.assertDenied(Reason.NOT_GRANTED, "ALTER SCHEMA scratch RENAME TO kept", "CREATE kept.a");
        }
    }
}
