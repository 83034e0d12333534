package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guard's own queries use no operator that a database has for types which PostgreSQL's own take by a conversion alone. */
class OwnOperatorsTest {
    private static final String RULES = """
            table ledger is ledger

            table * is operational

            component app {
              grant select, insert, update, delete, create, alter on tier operational
              grant select, insert on tier ledger
            }
            """;

    /** For every pair of types that catalogs have, and every sign, one that fails where there is none of the server's own. */
    private static final String HOSTILE = """
            DO $do$
            DECLARE
              types text[] := ARRAY['name', 'text', '"char"', 'int2', 'int4', 'oid', 'regclass'];
              signs text[] := ARRAY['=', '<>', '>=', '||', '&', '!~'];
              l text; r text; s text; f text;
            BEGIN
              FOREACH l IN ARRAY types LOOP
                FOREACH r IN ARRAY types LOOP
                  f := 'f' || md5(l || '/' || r);
                  EXECUTE format('CREATE FUNCTION public.%I(%s, %s) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS'
                    || ' $f$ BEGIN RAISE EXCEPTION ''an operator of %s and %s''; END $f$', f, l, r, replace(l, '"', ''), replace(r, '"', ''));
                  FOREACH s IN ARRAY signs LOOP
                    IF NOT EXISTS (SELECT FROM pg_operator o WHERE o.oprname = s AND o.oprleft = l::regtype::oid AND o.oprright = r::regtype::oid) THEN
                      EXECUTE format('CREATE OPERATOR public.%s (FUNCTION = public.%I, LEFTARG = %s, RIGHTARG = %s)', s, f, l, r);
                    END IF;
                  END LOOP;
                END LOOP;
              END LOOP;
            END $do$""";

    @TempDir
    private Path folder;

    @Test
    void whatTheDatabaseHasChangesNoReading() throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                RULES,
                "CREATE TABLE ledger (id INT PRIMARY KEY)",
                "INSERT INTO ledger VALUES (1)",
                "CREATE TABLE orders (id INT PRIMARY KEY, state text)",
                "CREATE TABLE line (id INT PRIMARY KEY, o INT REFERENCES orders ON DELETE CASCADE)",
                "CREATE FUNCTION wipe() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM ledger; RETURN NEW; END $$",
                "CREATE TRIGGER wipes AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION wipe()",
                "CREATE VIEW shown AS SELECT id FROM ledger",
                "CREATE DOMAIN short AS text CHECK (length(value) < 9)",
                "CREATE TABLE parted (id INT) PARTITION BY LIST (id)",
                "CREATE TABLE part PARTITION OF parted FOR VALUES IN (1)",
                HOSTILE)) {
            try (Connection connection = tables.connectToGoOn();
                    Statement statement = connection.createStatement()) {
                GuardedTables.assertDenied(statement, Reason.CASCADE, "INSERT INTO orders VALUES (1, 'new')", "wipes");
                GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM shown", "ledger");
                connection.setAutoCommit(false);
                statement.execute("CREATE TABLE more (id INT)");
                GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM ledger", "ledger");
                connection.rollback();
            }
            assertThat(tables.count("ledger")).isOne();
        }
    }
}
