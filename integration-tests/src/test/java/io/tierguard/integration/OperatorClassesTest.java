package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever names an operator class runs its functions; rule V35. */
class OperatorClassesTest {
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
        "CREATE TABLE draft (id INT, amount INT, j JSON)",
        "INSERT INTO draft SELECT i, i, to_json(i) FROM generate_series(1, 9) i",
        "CREATE FUNCTION clears(i INT) RETURNS INT LANGUAGE plpgsql AS 'BEGIN DELETE FROM public.ledger; RETURN 1; END'",
        "CREATE FUNCTION my_order(i INT, j INT) RETURNS INT LANGUAGE plpgsql IMMUTABLE AS"
                + " 'BEGIN PERFORM public.clears(1); RETURN btint4cmp(i, j); END'",
        "CREATE FUNCTION my_less(i INT, j INT) RETURNS bool LANGUAGE internal IMMUTABLE AS 'int4lt'",
        "CREATE OPERATOR <% (FUNCTION = int4lt, LEFTARG = INT, RIGHTARG = INT)",
        "CREATE OPERATOR CLASS myint FOR TYPE INT USING btree AS OPERATOR 1 <%, OPERATOR 3 =, FUNCTION 1 my_order(INT, INT)",
        "CREATE FUNCTION my_hash(i INT) RETURNS INT LANGUAGE plpgsql IMMUTABLE AS 'BEGIN PERFORM public.clears(1); RETURN 1; END'",
        "CREATE OPERATOR CLASS myhash FOR TYPE INT USING hash AS OPERATOR 1 =, FUNCTION 1 my_hash(INT)",
        "CREATE FUNCTION json_order(i JSON, j JSON) RETURNS INT LANGUAGE plpgsql IMMUTABLE AS"
                + " 'BEGIN PERFORM public.clears(1); RETURN bttextcmp(i::TEXT, j::TEXT); END'",
        "CREATE FUNCTION json_is(i JSON, j JSON) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT i::TEXT = j::TEXT'",
        "CREATE OPERATOR ==% (FUNCTION = json_is, LEFTARG = JSON, RIGHTARG = JSON)",
        "CREATE FUNCTION plain_order(i INT, j INT) RETURNS INT LANGUAGE plpgsql IMMUTABLE AS"
                + " 'BEGIN RETURN CASE WHEN i < j THEN -1 WHEN i > j THEN 1 ELSE 0 END; END'",
        "CREATE OPERATOR CLASS plain FOR TYPE INT USING btree AS OPERATOR 1 <, OPERATOR 3 =, FUNCTION 1 plain_order(INT, INT)",
    };

    @TempDir
    private Path folder;

    private GuardedTables open(String... more) throws Exception {
        GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, TABLES);
        tables.prepare(more);
        return tables;
    }

    private static void assertEachClears(GuardedTables tables, String... statements) throws Exception {
        for (String sql : statements) {
            tables.assertDenied(Reason.CASCADE, sql, "clears");
            tables.prepare("INSERT INTO ledger VALUES (1, 1)", sql);
            assertThat(tables.count("ledger")).as(sql).isZero();
        }
    }

    @Test
    void anIndexThatNamesAnOperatorClassRunsItsFunctions() throws Exception {
        try (GuardedTables tables = open()) {
            assertEachClears(
                    tables,
                    "SELECT id FROM draft ORDER BY amount USING <%",
                    "SELECT id FROM draft ORDER BY amount USING OPERATOR(public.<%)",
                    "CREATE INDEX ON draft (amount myint)",
                    "CREATE INDEX ON draft (amount public.\"myint\" DESC, id)",
                    "CREATE INDEX ON draft USING hash (amount myhash)",
                    "ALTER TABLE draft ADD EXCLUDE USING btree (amount myint WITH =)");
            tables.assertDenied(
                    Reason.CASCADE,
                    "CREATE TABLE fresh (id INT, amount INT) PARTITION BY RANGE (amount myint)",
                    "clears");
        }
    }

    @Test
    void anOperatorHashesByTheClassOfItsNegator() throws Exception {
        try (GuardedTables tables = open(
                "CREATE OPERATOR ==% (FUNCTION = int4eq, LEFTARG = INT, RIGHTARG = INT, NEGATOR = <>%, COMMUTATOR = ==%, HASHES)",
                "CREATE OPERATOR <>% (FUNCTION = int4ne, LEFTARG = INT, RIGHTARG = INT, NEGATOR = ==%, COMMUTATOR = <>%)",
                "CREATE OPERATOR CLASS hashed FOR TYPE INT USING hash AS OPERATOR 1 ==%, FUNCTION 1 my_hash(INT)")) {
            assertEachClears(
                    tables,
                    "SELECT id FROM draft WHERE amount <>% ALL (ARRAY[11, 12, 13, 14, 15, 16, 17, 18, 19, 20])");
        }
    }

    @Test
    void aClassForATypeOfTheServersOwnCountsWhereNobodyNamesTheType() throws Exception {
        try (GuardedTables tables = open(
                "CREATE FUNCTION json_less(i JSON, j JSON) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT i::TEXT < j::TEXT'",
                "CREATE OPERATOR <<% (FUNCTION = json_less, LEFTARG = JSON, RIGHTARG = JSON)",
                "CREATE OPERATOR CLASS jsons DEFAULT FOR TYPE json USING btree AS OPERATOR 1 <<%, OPERATOR 3 ==%,"
                        + " FUNCTION 1 json_order(json, json)")) {
            assertEachClears(
                    tables,
                    "SELECT DISTINCT to_json(id) FROM draft",
                    "SELECT json_build_object('a', id) FROM draft ORDER BY 1",
                    "SELECT to_json(id) FROM draft UNION SELECT to_json(amount) FROM draft");
        }
        try (GuardedTables tables = open(
                "CREATE FUNCTION plain_json(i JSON, j JSON) RETURNS INT LANGUAGE sql IMMUTABLE AS"
                        + " 'SELECT bttextcmp(i::TEXT, j::TEXT)'",
                "CREATE FUNCTION json_less(i JSON, j JSON) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT i::TEXT < j::TEXT'",
                "CREATE OPERATOR <<% (FUNCTION = json_less, LEFTARG = JSON, RIGHTARG = JSON)",
                "CREATE OPERATOR CLASS jsons DEFAULT FOR TYPE json USING btree AS OPERATOR 1 <<%, OPERATOR 3 ==%,"
                        + " FUNCTION 1 plain_json(json, json)")) {
            tables.assertAllowed("SELECT DISTINCT to_json(id) FROM draft");
        }
    }

    @Test
    void anOperatorMayStandForItsNegatorAndItsCommutator() throws Exception {
        try (GuardedTables tables = open(
                "CREATE FUNCTION holds(i INT, j INT) RETURNS bool LANGUAGE plpgsql AS 'BEGIN RETURN true; END'",
                "CREATE FUNCTION fails(i INT, j INT) RETURNS bool LANGUAGE plpgsql AS"
                        + " 'BEGIN PERFORM public.clears(1); RETURN true; END'",
                "CREATE OPERATOR !=% (FUNCTION = fails, LEFTARG = INT, RIGHTARG = INT)",
                "CREATE OPERATOR ==% (FUNCTION = holds, LEFTARG = INT, RIGHTARG = INT, NEGATOR = !=%)",
                "CREATE OPERATOR <=% (FUNCTION = fails, LEFTARG = INT, RIGHTARG = INT)",
                "CREATE OPERATOR >=% (FUNCTION = holds, LEFTARG = INT, RIGHTARG = INT, COMMUTATOR = <=%)",
                "CREATE OPERATOR ~~% (FUNCTION = holds, LEFTARG = INT, RIGHTARG = INT, NEGATOR = ~=%)",
                "CREATE OPERATOR ~=% (FUNCTION = holds, LEFTARG = INT, RIGHTARG = INT, COMMUTATOR = ~<%, NEGATOR = ~~%)",
                "CREATE OPERATOR ~<% (FUNCTION = fails, LEFTARG = INT, RIGHTARG = INT, COMMUTATOR = ~=%)",
                "CREATE TABLE checked (amount INT CHECK (NOT (amount ==% ANY (ARRAY[1, 2]))))",
                "CREATE VIEW shown AS SELECT id FROM draft WHERE NOT amount ==% 1")) {
            assertEachClears(
                    tables,
                    "SELECT id FROM draft WHERE NOT (amount ==% ANY (ARRAY[1, 2]))",
                    "SELECT id FROM draft WHERE NOT amount ==% 1",
                    "SELECT id FROM shown",
                    "INSERT INTO checked VALUES (1)");
            tables.assertDenied(Reason.CASCADE, "SELECT id FROM draft WHERE amount >=% 1", "clears");
            tables.assertDenied(Reason.CASCADE, "SELECT id FROM draft WHERE NOT amount ~~% 1", "clears");
        }
    }

    @Test
    void anIndexOfATypeWhoseClassIsTheUsersOwnRunsItsFunctions() throws Exception {
        try (GuardedTables tables = open(
                "CREATE OPERATOR CLASS json_ops DEFAULT FOR TYPE JSON USING btree AS OPERATOR 3 ==%, FUNCTION 1 json_order(JSON, JSON)")) {
            assertEachClears(tables, "CREATE INDEX ON draft (j)");
        }
    }

    @Test
    void anOperatorClassThatOnlyComparesPasses() throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertAllowed(
                    "CREATE INDEX ON draft (amount plain)",
                    "CREATE INDEX ON draft (amount int4_ops)",
                    "CREATE INDEX ON draft ((j::TEXT) text_pattern_ops)",
                    "SELECT id FROM draft ORDER BY amount USING <",
                    "SELECT id FROM draft WHERE amount = 3 ORDER BY amount");
        }
    }
}
