package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A type of ranges comes with functions of the server's own, and may come with a function of a user's. */
class RangeTypesTest {
    private static final String RULES = """
            table ledger is ledger

            table * is operational

            component app {
              grant select, insert, update, delete, create, extend, alter, drop on *
            }
            """;

    @TempDir
    private Path folder;

    private GuardedTables tables(String difference) throws Exception {
        return GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                RULES,
                "CREATE TABLE ledger (id INT PRIMARY KEY)",
                "INSERT INTO ledger SELECT generate_series(1, 1000)",
                "CREATE FUNCTION wipe() RETURNS void LANGUAGE plpgsql AS 'BEGIN DELETE FROM public.ledger; END'",
                "CREATE FUNCTION apart(a float8, b float8) RETURNS float8 IMMUTABLE LANGUAGE plpgsql AS"
                        + " 'BEGIN PERFORM public.wipe(); RETURN a - b; END'",
                "CREATE TYPE spanrange AS RANGE (subtype = float8, subtype_diff = " + difference + ")",
                "CREATE TABLE reading (id INT, during spanrange)");
    }

    @Test
    void whatTheServerMakesWithItIsHarmless() throws Exception {
        try (GuardedTables tables = tables("float8mi")) {
            tables.assertAllowed(
                    "INSERT INTO reading VALUES (1, '[1,2]'), (2, spanrange(1, 2)), (3, spanrange(1, 2, '[]'))",
                    "SELECT id, during::spanmultirange, spanmultirange(), spanmultirange(during, spanrange(3, 4)) FROM reading",
                    "CREATE INDEX reading_during ON reading USING gist (during)",
                    "UPDATE reading SET during = during * '[1,3]' WHERE during && '[1,2]'::spanrange",
                    "ALTER TABLE reading ADD CONSTRAINT apart EXCLUDE USING gist (during WITH &&) WHERE (id > 3)",
                    "ALTER TABLE reading ADD COLUMN more spanmultirange DEFAULT '{}'",
                    "DELETE FROM reading WHERE isempty(during)",
                    "DROP TABLE reading");
        }
    }

    @Test
    void aDifferenceOfAUsersOwnCountsWhereverTheTypeIs() throws Exception {
        try (GuardedTables tables = tables("apart");
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : new String[] {
                "INSERT INTO reading VALUES (1, '[1,2]')",
                "CREATE INDEX reading_during ON reading USING gist (during)",
                "CREATE TABLE other (during spanrange)",
            }) {
                GuardedTables.assertDenied(statement, Reason.CASCADE, sql, "apart");
            }
            assertThat(tables.count("ledger")).isEqualTo(1000);
            tables.prepare(
                    "CREATE INDEX reading_during ON reading USING gist (during)",
                    "INSERT INTO reading SELECT i, spanrange(i, i + 1) FROM generate_series(1, 1000) i");
            assertThat(tables.count("ledger")).isZero();
        }
    }
}
