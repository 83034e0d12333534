package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rests on a table, view, index or type goes with it also by a name that the same text or batch has given to it. */
class RenamedInOneTextTest {
    private static final String POLICY = """
            table ledger* is ledger
            table * is operational

            component app {
              grant select on tier ledger
              grant select, insert, update, delete, create, extend, alter, drop on tier operational
            }
            """;

    private static final String TRUSTED = POLICY + """

            trust app {
              why "it looks after the database"
              owner "dba@example.com"
              administer
              define
              until 2126-01-01T00:00Z
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE TABLE draft (id int PRIMARY KEY, x int UNIQUE, y int)",
        "CREATE UNIQUE INDEX ix ON draft (y)",
        "CREATE TABLE ledger (id int PRIMARY KEY, draft int REFERENCES draft (id), x int REFERENCES draft (x))",
        "CREATE VIEW w AS SELECT * FROM draft",
        "CREATE VIEW ledger_lines AS SELECT * FROM w",
        "INSERT INTO draft VALUES (1, 1, 1)",
        "INSERT INTO ledger VALUES (1, 1, 1)",
        "CREATE TABLE free (id int PRIMARY KEY)",
    };

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE draft RENAME TO old; DROP TABLE old CASCADE",
                "ALTER TABLE draft RENAME TO old; ALTER TABLE old RENAME TO older; DROP TABLE older CASCADE",
                "ALTER TABLE draft RENAME TO old; CREATE TABLE draft (id int); DROP TABLE old CASCADE",
                "ALTER TABLE draft RENAME TO old; ALTER TABLE old DROP COLUMN x CASCADE",
                "ALTER TABLE draft RENAME TO old; ALTER TABLE old DROP CONSTRAINT draft_pkey CASCADE",
                "CREATE SCHEMA s; ALTER TABLE draft SET SCHEMA s; DROP TABLE s.draft CASCADE",
                "DROP TABLE IF EXISTS old CASCADE; ALTER TABLE draft RENAME TO old; DROP TABLE IF EXISTS old CASCADE",
                "ALTER VIEW w RENAME TO w2; DROP VIEW w2 CASCADE",
                "ALTER TABLE w RENAME TO w2; DROP VIEW w2 CASCADE",
                "CREATE SCHEMA s; ALTER VIEW w SET SCHEMA s; DROP VIEW s.w CASCADE",
                "ALTER INDEX ix RENAME TO iy; DROP INDEX iy CASCADE"
            })
    void nothingOfPostgreSqlGoesUnseen(String text) throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, POLICY, SCHEMA)) {
            tables.prepare("ALTER TABLE ledger ADD y int REFERENCES draft (y)");
            tables.assertDenied(Reason.CASCADE, text, "ledger");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE draft RENAME TO old; DROP TABLE old CASCADE",
                "ALTER TABLE draft RENAME TO old; ALTER TABLE old DROP CONSTRAINT draft_key CASCADE",
                "ALTER VIEW w RENAME TO w2; DROP VIEW w2 CASCADE"
            })
    void nothingOfH2GoesUnseen(String text) throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.H2, folder, POLICY, SCHEMA)) {
            tables.prepare(
                    "ALTER TABLE draft ADD CONSTRAINT draft_key UNIQUE (y)",
                    "ALTER TABLE ledger ADD y int REFERENCES draft (y)");
            tables.assertDenied(Reason.CASCADE, text, "ledger");
        }
    }

    /** Dropping a table of SQLite deletes its rows first, with those that refer to them; MariaDB drops it where its keys are not kept up. */
    private static Stream<TestDatabase> databases() {
        return Stream.of(
                LiveDatabase.POSTGRESQL,
                LiveDatabase.H2,
                SqliteDatabase.SQLITE,
                MySqlDatabase.MARIADB,
                MySqlDatabase.MYSQL);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void norInABatch(TestDatabase database) throws Exception {
        String[] schema = {
            "CREATE TABLE draft (id int PRIMARY KEY)",
            "CREATE TABLE ledger (id int PRIMARY KEY, draft int, FOREIGN KEY (draft) REFERENCES draft (id) ON DELETE CASCADE)",
        };
        try (GuardedTables tables = GuardedTables.open(database, folder, POLICY, schema);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            statement.addBatch("ALTER TABLE draft RENAME TO old");
            statement.addBatch("DROP TABLE old" + (database instanceof LiveDatabase ? " CASCADE" : ""));
            assertThatThrownBy(statement::executeBatch)
                    .isInstanceOfSatisfying(
                            DenialException.class,
                            denial -> assertThat(denial.reason()).isEqualTo(Reason.CASCADE));
        }
    }

    @Test
    void aBlockIsHeldToTheSameByWhoeverRunsIt() throws Exception {
        String[] blocks = {
            "DO $$ BEGIN IF false THEN NULL; END IF; ALTER TABLE draft RENAME TO old; DROP TABLE old CASCADE; END $$",
            "DO $$ BEGIN ALTER TABLE draft RENAME TO old; ALTER TABLE old DROP COLUMN x CASCADE; END $$",
            "DO $$ DECLARE n int; BEGIN ALTER VIEW w RENAME TO v; DROP VIEW v CASCADE; END $$",
            "DO $$ BEGIN ALTER TABLE draft RENAME TO old; END $$; DROP TABLE old CASCADE",
        };
        for (String rules : List.of(POLICY, TRUSTED)) {
            try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, rules, SCHEMA)) {
                for (String block : blocks) {
                    tables.assertDenied(Reason.CASCADE, block, "ledger");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DO $$ BEGIN ALTER TABLE draft RENAME TO old; DROP TABLE old CASCADE; END $$",
                "DO $$ BEGIN ALTER TABLE draft RENAME TO old; END $$; DROP TABLE old CASCADE",
                "DO $$ BEGIN EXECUTE 'ALTER VIEW w RENAME TO w2'; EXECUTE 'DROP VIEW w2 CASCADE'; END $$"
            })
    void norInABlockOfOneWhoIsTrusted(String text) throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, TRUSTED, SCHEMA)) {
            tables.assertDenied(Reason.CASCADE, text, "ledger");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TYPE mood RENAME TO m2; DROP TYPE m2 CASCADE",
                "ALTER DOMAIN amount RENAME TO m2; DROP DOMAIN m2 CASCADE",
                "ALTER SCHEMA other RENAME TO o; DROP TYPE o.mood CASCADE"
            })
    void whatElseTablesUseIsDroppedByItself(String text) throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, TRUSTED, SCHEMA)) {
            tables.prepare(
                    "CREATE SCHEMA other",
                    "CREATE TYPE mood AS ENUM ('a')",
                    "CREATE TYPE other.mood AS ENUM ('a')",
                    "CREATE DOMAIN amount AS int",
                    "ALTER TABLE ledger ADD m mood, ADD o other.mood, ADD a amount");
            tables.assertDenied(Reason.UNREADABLE_SQL, text, "one by one");
        }
    }

    @Test
    void whatNothingRestsOnPasses() throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, TRUSTED, SCHEMA)) {
            tables.prepare("CREATE VIEW seen AS SELECT * FROM free", "CREATE TYPE colour AS ENUM ('a')");
            tables.assertAllowed(
                    "ALTER TABLE free RENAME TO freed; ALTER TABLE freed ADD COLUMN c int; ALTER TABLE freed DROP COLUMN c CASCADE",
                    "ALTER TABLE freed RENAME TO f2; CREATE TABLE freed (id int); DROP TABLE f2 CASCADE",
                    "CREATE VIEW seen AS SELECT * FROM freed; ALTER VIEW seen RENAME TO saw; DROP VIEW saw CASCADE; DROP TABLE freed CASCADE",
                    "ALTER TYPE colour OWNER TO postgres; CREATE TABLE x (id int); DROP TABLE x CASCADE",
                    "CREATE EXTENSION IF NOT EXISTS plpgsql; DROP TYPE IF EXISTS nothing CASCADE; DROP TYPE colour CASCADE");
        }
    }
}
