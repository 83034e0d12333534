package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On PostgreSQL every function of one argument may be written behind a dot, of whatever value; rule V34. */
class FunctionalNotationTest {
    private static final String RULES = """
            table ledger is ledger

            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete, create, extend, alter on tier operational
            }
            """;

    private static final String[] TABLES = {
        "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT)",
        "INSERT INTO ledger VALUES (1, 10), (2, 20)",
        "CREATE TABLE draft (id INT, note TEXT)",
        "INSERT INTO draft VALUES (1, 'x')",
    };

    /** What leads to a function in the schema shop. */
    private static final String FOUND = "SET search_path TO public, shop; ";

    @TempDir
    private Path folder;

    private GuardedTables open(String... more) throws Exception {
        GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, TABLES);
        tables.prepare(more);
        return tables;
    }

    @Test
    void quotesAroundABuiltInFunctionsNameChangeNothing() throws Exception {
        try (GuardedTables tables = open(
                "CREATE VIEW cut AS SELECT id, left(note, 1) AS l, right(note, 1) AS r, substring(note, 1, 2) AS s FROM draft",
                "CREATE FUNCTION first_of(x text) RETURNS text LANGUAGE sql RETURN left(x, 1)")) {
            tables.assertAllowed(
                    "SELECT \"left\"('abc', 1), pg_catalog.\"abs\"(1), \"count\"(*) FROM draft",
                    "SELECT l, r, s FROM cut",
                    "SELECT first_of('abc')",
                    "CREATE VIEW shown AS SELECT \"left\"(note, 1) FROM draft",
                    "UPDATE draft SET note = \"upper\"(note)");
        }
    }

    @Test
    void aFunctionOfAUsersOwnUnderSuchANameCountsInQuotesToo() throws Exception {
        for (String name :
                new String[] {"\"coalesce\"", "\"Abs\"", "\"greatest\"", "\"left\"", "\"ABS\"", "\"xmlforest\""}) {
            try (GuardedTables tables = open("CREATE FUNCTION " + name + "(i point) RETURNS bool LANGUAGE plpgsql AS"
                    + " 'BEGIN DELETE FROM public.ledger; RETURN true; END'")) {
                String sql = "SELECT " + name + "(point '(1,1)')";
                tables.assertDenied(Reason.IMMUTABLE_TIER, sql, "ledger");
                tables.prepare(sql);
                assertThat(tables.count("ledger")).as(sql).isZero();
            }
        }
    }

    @Test
    void aFunctionOfAnyArgumentCountsBehindADot() throws Exception {
        try (GuardedTables tables = open(
                "CREATE FUNCTION archived(i INT) RETURNS bool LANGUAGE plpgsql AS"
                        + " 'BEGIN DELETE FROM ledger; RETURN true; END'",
                "CREATE FUNCTION archived(t TEXT) RETURNS bool LANGUAGE plpgsql AS"
                        + " 'BEGIN DELETE FROM ledger; RETURN true; END'",
                "CREATE FUNCTION calling() RETURNS bool LANGUAGE plpgsql AS 'BEGIN RETURN (1).archived; END'",
                "CREATE VIEW shown AS SELECT (id).archived FROM draft",
                "CREATE TABLE part_check (id INT CHECK ((id).archived))")) {
            for (String sql : new String[] {
                "UPDATE draft SET note = 'x' WHERE (id).archived",
                "SELECT g.archived FROM generate_series(1, 2) g",
                "SELECT ((ARRAY[1])[1]).archived",
                "SELECT (SELECT 1).archived",
                "SELECT ('x'::TEXT).archived",
                "SELECT calling()",
                "SELECT * FROM shown",
            }) {
                tables.assertDenied(Reason.IMMUTABLE_TIER, sql, "archived");
                tables.prepare("INSERT INTO ledger VALUES (9, 9)");
                tables.prepare(sql);
                assertThat(tables.count("ledger")).as(sql).isZero();
            }
            tables.assertDenied(Reason.CASCADE, "INSERT INTO part_check VALUES (1)", "archived");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "CREATE INDEX ON draft (((id).archived))", "archived");
        }
    }

    /** It has no schema there, so it is found by the path alone. */
    @Test
    void aFunctionThatThePathDoesNotFindDoesNotCount() throws Exception {
        try (GuardedTables tables = open(
                "CREATE SCHEMA far",
                "CREATE FUNCTION far.note(i TEXT) RETURNS text LANGUAGE plpgsql AS 'BEGIN EXECUTE i; RETURN i; END'")) {
            tables.assertAllowed("SELECT d.note FROM draft d");
            tables.assertDenied(
                    Reason.UNKNOWN_ROUTINE, "SET search_path TO public, far; SELECT d.note FROM draft d", "note");
        }
    }

    @Test
    void aFunctionOfTheServerCountsBehindADot() throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT (7777::oid).lo_unlink", "lo_unlink");
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT ('/etc/hostname'::text).lo_import", "lo_import");
            tables.assertDenied(Reason.UNKNOWN_ROUTINE, "SELECT (999999).pg_terminate_backend", "pg_terminate_backend");
            tables.assertDenied(
                    Reason.UNKNOWN_ROUTINE,
                    "SELECT g.pg_cancel_backend FROM generate_series(1, 2) g",
                    "pg_cancel_backend");
            tables.assertDenied(
                    Reason.UNKNOWN_ROUTINE,
                    "DO $$ DECLARE x bool; BEGIN x := (999999).\"pg_terminate_backend\"; END $$",
                    "pg_terminate_backend");
        }
    }

    @Test
    void whatIsNamedLikeAFunctionAndDoesNothingPasses() throws Exception {
        try (GuardedTables tables = open(
                "CREATE SCHEMA shop",
                "CREATE TABLE shop.log (id INT, note TEXT)",
                "CREATE FUNCTION shop.log(t TEXT) RETURNS INT LANGUAGE plpgsql AS"
                        + " 'BEGIN DELETE FROM public.ledger; RETURN 1; END'",
                "CREATE FUNCTION note(i INT) RETURNS INT LANGUAGE sql AS 'SELECT i + 1'",
                "CREATE PROCEDURE amount(i INT) LANGUAGE plpgsql AS 'BEGIN DELETE FROM public.ledger; END'",
                "CREATE FUNCTION id(i INT, j INT) RETURNS INT LANGUAGE plpgsql AS"
                        + " 'BEGIN DELETE FROM public.ledger; RETURN 1; END'")) {
            tables.assertAllowed(
                    "SELECT d.note, (d.id).note, d.id FROM draft d",
                    "SELECT l.amount FROM ledger l",
                    "SELECT o.note FROM shop.log o WHERE o.id IS DISTINCT FROM o.id",
                    "INSERT INTO shop.log VALUES (1, 'x')",
                    "UPDATE shop.log SET note = 'y'",
                    "SELECT d.id FROM draft d JOIN shop.log o ON o.id = d.id",
                    "DELETE FROM shop.log WHERE id = 1");
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER, FOUND + "SELECT 1 WHERE 2 IS DISTINCT FROM ('x'::TEXT).log", "log");
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER,
                    FOUND
                            + "SELECT substring(d.select FROM g.log) FROM (SELECT 'x' AS \"select\") d, (SELECT 'x') g (x)",
                    "log");
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER,
                    FOUND + "SELECT substring(delete FROM g.log) FROM (SELECT 'x' AS delete) d, (SELECT 'x') g (x)",
                    "log");
            tables.assertDenied(
                    Reason.IMMUTABLE_TIER, FOUND + "SELECT extract(day FROM g.log) FROM (SELECT now()) g", "log");
        }
    }

    @Test
    void everyFunctionOfTheServerThatCouldStandThereIsListed() throws Exception {
        Set<String> listed = lines("functional-routines-postgresql.txt");
        Set<String> known = lines("harmless-routines-postgresql.txt");
        known.addAll(listed);
        try (GuardedTables tables = open();
                Connection connection = tables.connectPastTheGuard()) {
            assertThat(names(connection, """
                    SELECT p.proname FROM pg_proc p
                    WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.oid < 16384 AND p.prokind <> 'p' AND p.pronargs > 0
                      AND (p.pronargs - p.pronargdefaults <= 1 OR p.provariadic <> 0)
                      AND 'internal'::regtype <> ALL (p.proargtypes) AND 'cstring'::regtype <> ALL (p.proargtypes)
                      AND p.prorettype NOT IN ('cstring'::regtype, 'internal'::regtype)
                      AND NOT EXISTS (SELECT FROM pg_cast k WHERE k.castfunc = p.oid)
                      AND NOT EXISTS (SELECT FROM pg_type t WHERE p.oid IN (t.typsend, t.typmodout))""")).isSubsetOf(known);
            try (PreparedStatement columns = connection.prepareStatement(
                    "SELECT attname FROM pg_attribute WHERE attname = ANY (?) AND attrelid < 16384")) {
                columns.setArray(1, connection.createArrayOf("text", listed.toArray()));
                try (ResultSet rows = columns.executeQuery()) {
                    assertThat(rows.next())
                            .as("a column of the server's with such a name")
                            .isFalse();
                }
            }
        }
    }

    private static Set<String> names(Connection connection, String query) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static Set<String> lines(String resource) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                FunctionalNotationTest.class.getResourceAsStream("/io/tierguard/sql/" + resource),
                StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
