package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The functions by which PostgreSQL reads and writes values of its own types run nothing; those that are told a type may; rule V37. */
class InputFunctionsTest {
    private static final String RULES = """
            table ledger is ledger

            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete on tier operational
            }
            """;

    private static final String[] TABLES = {
        "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT)",
        "INSERT INTO ledger VALUES (1, 10)",
        "CREATE TABLE workflow (id text DEFAULT uuid_in(md5(random()::text || clock_timestamp()::text)::cstring), name text)",
        "CREATE FUNCTION empties(t text) RETURNS bool LANGUAGE plpgsql AS 'BEGIN DELETE FROM public.ledger; RETURN true; END'",
        "CREATE DOMAIN emptying AS text CHECK (empties(VALUE))",
    };

    @TempDir
    private Path folder;

    @Test
    void aDefaultThatReadsAValueFromTextPasses() throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, TABLES)) {
            tables.assertAllowed(
                    "INSERT INTO workflow (name) VALUES ('x')",
                    "UPDATE workflow SET name = textin(int4out(5)) || encode(textsend('x'), 'hex')",
                    "DELETE FROM workflow WHERE id = uuid_out(gen_random_uuid())::text OR name @@ 'x' AND ts_match_tt(name, 'x')",
                    "SELECT pg_logical_emit_message(false, 'outbox', 'x'), array_out(ARRAY[1]), regclassin('workflow')",
                    "SELECT count(*) FROM pg_get_catalog_foreign_keys()");
        }
    }

    @Test
    void whatIsToldTheTypeIsUnknown() throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, TABLES)) {
            for (String sql : new String[] {
                "SELECT 1 WHERE domain_in('x', 'emptying'::regtype, -1) IS NULL",
                "SELECT 1 WHERE array_in('{x}', 'emptying'::regtype, -1) IS NULL",
            }) {
                tables.assertDenied(Reason.UNKNOWN_ROUTINE, sql, "_in");
                tables.prepare("INSERT INTO ledger VALUES (9, 9)", sql);
                assertThat(tables.count("ledger")).as(sql).isZero();
            }
            tables.assertDenied(
                    Reason.UNKNOWN_ROUTINE, "SELECT ts_rewrite('a'::tsquery, 'SELECT empties(''x'')')", "ts_rewrite");
        }
    }
}
