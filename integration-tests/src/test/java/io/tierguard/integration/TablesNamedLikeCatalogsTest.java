package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableName;
import io.tierguard.sql.Dialect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On PostgreSQL a table that begins with {@code pg_} is a user's where the server has none of its name; rule V4. */
class TablesNamedLikeCatalogsTest {
    private static final String RULES = """
            table pg_ledger is ledger

            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete, create, extend, alter, drop on tier operational
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void aUsersTableIsHeldAgainstThePolicy() throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                RULES,
                "CREATE TABLE pg_track (id serial PRIMARY KEY)",
                "CREATE TABLE pg_ledger (id INT)",
                "CREATE TABLE public.pg_class (id INT)",
                "CREATE FUNCTION tracks() RETURNS void LANGUAGE plpgsql AS 'BEGIN DELETE FROM pg_track; END'")) {
            tables.assertAllowed(
                    "INSERT INTO pg_track DEFAULT VALUES",
                    "UPDATE pg_track SET id = 2",
                    "SELECT tracks()",
                    "ALTER TABLE pg_track ADD COLUMN n INT",
                    "ALTER SEQUENCE pg_track_id_seq RESTART",
                    "CREATE INDEX pg_track_n ON pg_track (n)",
                    "DROP INDEX pg_track_n",
                    "DELETE FROM public.pg_track",
                    "DROP TABLE pg_track",
                    "CREATE TABLE pg_track (id INT)",
                    "INSERT INTO pg_ledger VALUES (1)");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "DELETE FROM pg_ledger", "pg_ledger");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "DELETE FROM public.pg_ledger", "pg_ledger");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "DROP TABLE pg_ledger", "pg_ledger");
            tables.assertDenied(Reason.FORBIDDEN_VERB, "DELETE FROM pg_class", "own catalogs, which are never written");
            tables.assertDenied(Reason.FORBIDDEN_VERB, "DELETE FROM pg_catalog.pg_track", "own catalogs");
            tables.assertDenied(Reason.FORBIDDEN_VERB, "UPDATE pg_settings SET setting = 1", "own catalogs");
            tables.assertDenied(Reason.FORBIDDEN_VERB, "DELETE FROM pg_nothing", "begins with pg_", "name its schema");
            assertThat(tables.count("pg_ledger")).isOne();
        }
    }

    @Test
    void theServerFindsItsCatalogBeforeWhatAUserHasCalledSo() throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                RULES,
                "CREATE TABLE draft (id INT)",
                "CREATE VIEW public.pg_attrdef AS SELECT id AS adnum FROM draft",
                "CREATE TABLE public.pg_index (indisunique BOOLEAN)",
                "CREATE FUNCTION drops_defaults() RETURNS void LANGUAGE plpgsql AS 'BEGIN DELETE FROM pg_attrdef; END'",
                "CREATE FUNCTION frees() RETURNS void LANGUAGE sql AS 'UPDATE pg_index SET indisunique = false'",
                "CREATE FUNCTION counts() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM pg_attrdef'")) {
            for (String sql : List.of(
                    "DELETE FROM pg_attrdef",
                    "WITH gone AS (DELETE FROM ONLY pg_attrdef RETURNING 1) SELECT * FROM gone",
                    "TRUNCATE pg_index",
                    "SELECT drops_defaults()",
                    "SELECT frees()",
                    "DO $$ BEGIN DELETE FROM pg_attrdef; END $$")) {
                tables.assertDenied(Reason.FORBIDDEN_VERB, sql, "own catalogs, which are never written");
            }
            tables.assertAllowed(
                    "SELECT * FROM pg_attrdef",
                    "SELECT counts()",
                    "DELETE FROM public.pg_attrdef",
                    "UPDATE public.pg_index SET indisunique = false",
                    "DROP VIEW public.pg_attrdef",
                    "CREATE TABLE public.pg_attrdef (id INT)");
        }
    }

    @Test
    void everyNameOfTheServersOwnIsKnown() throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES);
                Connection connection = tables.connectPastTheGuard();
                Statement statement = connection.createStatement();
                ResultSet names = statement.executeQuery(
                        "SELECT relname FROM pg_catalog.pg_class WHERE relnamespace = 'pg_catalog'::regnamespace"
                                + " AND relkind IN ('r', 'p', 'v', 'm', 'S') AND oid < 16384")) {
            List<String> taken = new ArrayList<>();
            while (names.next()) {
                if (Dialect.POSTGRESQL.isAlsoMadeByUsers(TableName.of(names.getString(1)))) {
                    taken.add(names.getString(1));
                }
            }
            assertThat(taken).isEmpty();
        }
    }
}
