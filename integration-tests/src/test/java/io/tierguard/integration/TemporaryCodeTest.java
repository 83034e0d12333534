package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code that is bound to a temporary table is in no catalog of the database's own, so none is bound to one; rule V16. */
class TemporaryCodeTest {
    private static final String POLICY = """
            table ledger is ledger
            table * is operational

            routine stated is harmless {
              why "it computes"
            }

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier operational
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT)",
        "INSERT INTO ledger VALUES (1, 10)",
        "CREATE TABLE line (id INT PRIMARY KEY)",
        "CREATE VIEW behind AS SELECT id FROM ledger",
        "CREATE FUNCTION tidy() RETURNS INT LANGUAGE plpgsql AS 'BEGIN DELETE FROM line; RETURN 1; END'",
        "CREATE FUNCTION reads(i INT) RETURNS INT IMMUTABLE LANGUAGE sql AS 'SELECT i'",
        "CREATE FUNCTION stated(i INT) RETURNS INT IMMUTABLE LANGUAGE sql AS 'SELECT i'",
        "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DELETE FROM line; RETURN NEW; END'",
        "CREATE DOMAIN checked AS INT CHECK (reads(VALUE) > 0)",
        "CREATE TABLE draft (id INT, n INT DEFAULT tidy())",
        "CREATE TABLE orders (id SERIAL, u UUID DEFAULT gen_random_uuid(), at TIMESTAMP DEFAULT now() CHECK (at > '2000-01-01'))",
        "CREATE TRIGGER touch AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION touch()",
    };

    @TempDir
    private Path folder;

    private GuardedTables open() throws Exception {
        return GuardedTables.open(LiveDatabase.POSTGRESQL, folder, POLICY, SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TEMP TABLE t (id INT, n INT DEFAULT tidy())",
                "CREATE TEMP TABLE t (id INT CHECK (reads(id) > 0))",
                "CREATE TEMP TABLE t (id INT, n INT GENERATED ALWAYS AS (reads(id)) STORED)",
                "CREATE TEMP TABLE t (id INT) PARTITION BY RANGE ((reads(id)))",
                "CREATE TEMP TABLE t (id checked)",
                "CREATE TEMP TABLE t (LIKE draft INCLUDING DEFAULTS)",
                "CREATE TEMP TABLE t (LIKE draft INCLUDING ALL)",
                "CREATE TEMP TABLE t () INHERITS (draft)",
                "CREATE TEMP TABLE t (id INT); ALTER TABLE t ADD n INT DEFAULT tidy()",
                "CREATE TEMP TABLE t (id INT); ALTER TABLE t ALTER id SET DEFAULT tidy()",
                "CREATE TEMP TABLE t (id INT); CREATE INDEX ON t (reads(id))",
                "CREATE TEMP TABLE t (id INT); CREATE INDEX ON t (id) WHERE reads(id) > 1",
                "CREATE TEMP TABLE t (id INT); ALTER TABLE pg_temp.t ADD CHECK (reads(id) > 0)",
                "CREATE TEMP TABLE t (id INT); ALTER TABLE t ALTER id TYPE checked",
            })
    void noCodeOfAUsersOwnIsBoundToIt(String sql) throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertDenied(Reason.DEFINES_CODE, sql, "temporary table");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TEMP TABLE t (LIKE orders INCLUDING ALL)",
                "CREATE TEMP TABLE t (id INT DEFAULT nextval('orders_id_seq'), u UUID DEFAULT gen_random_uuid(), CHECK (id > 0))",
                "CREATE TEMP TABLE t AS SELECT reads(1) AS n",
                "CREATE TEMP TABLE t (id INT DEFAULT stated(1))",
                "CREATE TEMP TABLE t (id INT); CREATE INDEX ON t (id); INSERT INTO t VALUES (reads(2)); UPDATE t SET id = reads(id)",
            })
    void whatComputesByTheServerAloneIs(String sql) throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertAllowed(sql);
        }
    }

    /** What the code of one does when its rows are written is told by the names that hold then, which nobody looks at. */
    @Test
    void itWouldRunByOtherNames() throws Exception {
        try (GuardedTables tables = open()) {
            tables.prepare(
                    "CREATE TEMP TABLE t (id INT, n INT DEFAULT tidy());"
                            + " ALTER TABLE line RENAME TO old; ALTER VIEW behind RENAME TO line; INSERT INTO t (id) VALUES (1)");
            assertThat(tables.count("ledger")).isZero();
        }
    }
}
