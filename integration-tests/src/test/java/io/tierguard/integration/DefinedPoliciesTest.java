package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a policy of rows asks, and of which functions an aggregate is made, is read where it is defined; rule E15. */
class DefinedPoliciesTest {
    private static final String RULES = """
            table ledger is ledger
            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select, insert, update, delete, create, extend, alter, drop on tier operational
            }

            trust app {
              why "it looks after its policies of rows"
              owner "dba@example.com"
              define
              until 2126-01-01T00:00Z
            }
            """;

    @TempDir
    private Path folder;

    private GuardedTables open() throws Exception {
        return GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                RULES,
                "CREATE SCHEMA auth",
                "CREATE TABLE notes (id int, user_id text)",
                "INSERT INTO notes VALUES (1, 'a'), (2, 'b')",
                "CREATE TABLE ledger (id int)",
                "INSERT INTO ledger VALUES (1)",
                "CREATE FUNCTION auth.uid() RETURNS text LANGUAGE sql STABLE AS"
                        + " 'SELECT current_setting(''request.jwt.claim.sub'', true)'",
                "CREATE FUNCTION auth.wipes(bool DEFAULT true, bool DEFAULT true) RETURNS bool LANGUAGE plpgsql AS"
                        + " 'BEGIN DELETE FROM ledger; RETURN true; END'");
    }

    @Test
    void whatReadsAloneIsDefined() throws Exception {
        try (GuardedTables tables = open()) {
            tables.assertAllowed(
                    "ALTER TABLE notes ENABLE ROW LEVEL SECURITY",
                    "CREATE POLICY everybody ON notes FOR SELECT USING (true)",
                    "CREATE POLICY \"with check\" ON notes FOR ALL TO public"
                            + " USING (auth.uid() = user_id) WITH CHECK ((SELECT auth.uid()) = user_id)",
                    "CREATE POLICY booked ON notes AS RESTRICTIVE USING (EXISTS (SELECT FROM ledger l WHERE l.id = notes.id))",
                    "CREATE POLICY named ON notes WITH CHECK (user_id ~ '^\\w' OR user_id IN ('b', 'c'))",
                    "ALTER POLICY everybody ON notes USING (user_id = current_user)",
                    "ALTER POLICY everybody ON notes RENAME TO nobody",
                    "DROP POLICY nobody ON notes",
                    "CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0')",
                    "SELECT total(id) FROM notes");
        }
    }

    @Test
    void whatWritesOrIsNotKnownIsDenied() throws Exception {
        try (GuardedTables tables = open()) {
            tables.prepare("CREATE POLICY mine ON notes USING (true)");
            for (String sql : List.of(
                    "CREATE POLICY p ON notes USING (auth.wipes())",
                    "CREATE POLICY p ON notes USING (true) WITH CHECK (id > 0 AND auth.wipes())",
                    "CREATE POLICY p ON notes USING (id IN (SELECT 1 WHERE auth.wipes()))",
                    "ALTER POLICY mine ON notes USING (auth.wipes())",
                    "ALTER POLICY mine ON notes TO public WITH CHECK (auth.wipes())",
                    "CREATE AGGREGATE every_one(bool) (SFUNC = auth.wipes, STYPE = bool)",
                    "CREATE AGGREGATE every_one(bool) (SFUNC = booland_statefunc, STYPE = bool, FINALFUNC = auth.wipes)")) {
                tables.assertDenied(Reason.CASCADE, sql, "DELETE from public.ledger", "when it runs");
            }
            for (String sql : List.of(
                    "CREATE POLICY p ON notes USING (nothing_known(id))",
                    "CREATE POLICY p ON notes USING",
                    "CREATE AGGREGATE sum(text) (SFUNC = textcat, STYPE = text)")) {
                tables.assertDenied(Reason.DEFINES_CODE, sql);
            }
            tables.assertDenied(Reason.IMMUTABLE_TIER, "CREATE POLICY p ON ledger USING (true)", "ALTER ledger");
            assertThat(tables.count("ledger")).isOne();
        }
    }
}
