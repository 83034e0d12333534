package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A function of PostgreSQL that changes tables is called by a statement of its own as its statements are run, and by no other. */
class CalledFunctionsTest {
    private static final String POLICY = """
            table ledger is ledger
            table closed_book is closed
            table * is operational

            component app {
              grant select, insert on tier ledger
              grant select on tier closed
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier operational
            }
            """;

    private static final String TRUST = """

            trust app {
              why "migrates"
              owner "data-guardians@shop.example"
              define
              until 2999-01-01T00:00Z
            }
            """;

    private static final String[] TABLES = {
        "CREATE TABLE ledger (id int PRIMARY KEY, amount int)",
        "INSERT INTO ledger VALUES (1, 10), (2, 20)",
        "CREATE TABLE closed_book (id int PRIMARY KEY)",
        "INSERT INTO closed_book VALUES (1)",
        "CREATE TABLE orders (id int PRIMARY KEY, state text)",
        "INSERT INTO orders VALUES (1, 'new')",
        "CREATE TABLE note (id int PRIMARY KEY, orders_id int)",
        "INSERT INTO note VALUES (1, 1)",
        "CREATE VIEW behind AS SELECT id, amount FROM ledger",
        "CREATE SCHEMA archive",
        "CREATE FUNCTION wipe() RETURNS int LANGUAGE plpgsql AS $$ BEGIN DELETE FROM ledger; RETURN 1; END $$"
    };

    @TempDir
    private Path folder;

    private GuardedTables open(String rules, String... more) throws Exception {
        List<String> schema = new ArrayList<>(List.of(TABLES));
        schema.addAll(List.of(more));
        return GuardedTables.open(LiveDatabase.POSTGRESQL, folder, rules, schema.toArray(String[]::new));
    }

    private static String function(String name, String body) {
        return "CREATE FUNCTION " + name + "() RETURNS void LANGUAGE plpgsql AS $$ BEGIN " + body + "; END $$";
    }

    private static String procedure(String name, String body) {
        return "CREATE PROCEDURE " + name + "() LANGUAGE plpgsql AS $$ BEGIN " + body + "; END $$";
    }

    private static final String ADD_COLUMN = function(
            "add_column",
            "IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'orders' AND column_name = 'added')"
                    + " THEN ALTER TABLE orders ADD COLUMN added int; CREATE INDEX added_index ON orders (added); END IF");

    private static void assertUntouched(GuardedTables tables) throws SQLException {
        assertThat(tables.count("ledger WHERE (id = 1 AND amount = 10) OR (id = 2 AND amount = 20)"))
                .isEqualTo(2);
        assertThat(tables.count("closed_book WHERE id = 1")).isEqualTo(1);
        assertThat(tables.count("information_schema.columns WHERE table_name IN ('ledger', 'closed_book')"))
                .isEqualTo(3);
    }

    private static int added(GuardedTables tables) throws SQLException {
        return tables.count("information_schema.columns WHERE column_name = 'added'");
    }

    private static void assertDenied(Statement statement, String sql) {
        assertThat(catchThrowable(() -> statement.execute(sql))).as(sql).isInstanceOf(DenialException.class);
    }

    @Test
    void aScriptThatMayRunTwiceRuns() throws Exception {
        try (GuardedTables tables = open(POLICY + TRUST)) {
            for (String call : List.of("SELECT add_column()", "SELECT public.add_column();", "select add_column( )")) {
                tables.assertAllowed(
                        ADD_COLUMN, call, "DROP FUNCTION add_column()", "UPDATE orders SET added = 1 WHERE id = 1");
                assertThat(added(tables)).isEqualTo(1);
            }
            try (Connection connection = tables.connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("ALTER TABLE orders DROP COLUMN added");
                statement.execute(ADD_COLUMN.replace("FUNCTION", "PROCEDURE").replace("RETURNS void", ""));
                statement.execute("CALL add_column()");
                statement.execute("UPDATE orders SET added = 2");
                try (CallableStatement call = connection.prepareCall("CALL add_column()")) {
                    call.execute();
                }
                connection.commit();
            }
            assertThat(tables.count("orders WHERE added = 2")).isEqualTo(1);
            assertUntouched(tables);
        }
    }

    @Test
    void itNeedsTheRightsThatItsStatementsNeed() throws Exception {
        String lesser = POLICY.replace(
                "grant select, insert, update, delete, truncate, create, extend, alter, drop",
                "grant select, insert, update");
        try (GuardedTables tables = open(
                lesser + TRUST,
                ADD_COLUMN,
                function("made", "CREATE TABLE made (id int)"),
                function("gone", "DROP TABLE note"))) {
            tables.assertDenied(Reason.NOT_GRANTED, "SELECT add_column()", "EXTEND", "orders", "routine", "add_column");
            tables.assertDenied(Reason.NOT_GRANTED, "SELECT made()", "CREATE", "made");
            tables.assertDenied(Reason.NOT_GRANTED, "SELECT gone()", "DROP", "note");
            assertThat(added(tables)).isZero();
            assertThat(tables.count("note")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE ledger DROP COLUMN amount",
                "ALTER TABLE ledger ALTER COLUMN amount TYPE bigint",
                "DROP TABLE ledger CASCADE",
                "ALTER TABLE closed_book ADD COLUMN x int",
                "CREATE INDEX i ON closed_book (id)",
                "CREATE TABLE made (id int); DELETE FROM ledger",
                "CREATE TABLE made (id int); DELETE FROM behind",
                "IF true THEN DROP TABLE IF EXISTS ledger CASCADE; END IF",
                "BEGIN CREATE TABLE note (id int); EXCEPTION WHEN duplicate_table THEN DELETE FROM ledger; END",
                "FOR i IN 1..2 LOOP ALTER TABLE orders ADD COLUMN IF NOT EXISTS x int; UPDATE ledger SET amount = 0; END LOOP",
                "PERFORM wipe(); CREATE TABLE made (id int)",
                // What is not followed: names that mean something else, texts, the session, transactions, powers.
                "ALTER TABLE note RENAME TO old_note",
                "ALTER TABLE note RENAME TO old_note; DELETE FROM note",
                "CREATE VIEW shown AS SELECT id FROM ledger",
                "CREATE OR REPLACE VIEW shown AS SELECT id FROM ledger; DELETE FROM shown",
                "ALTER TABLE note SET SCHEMA archive",
                "ALTER TABLE note ADD FOREIGN KEY (orders_id) REFERENCES orders (id) ON DELETE CASCADE",
                "CREATE TABLE made (LIKE ledger INCLUDING ALL)",
                "EXECUTE 'DROP TABLE ledger CASCADE'; CREATE TABLE made (id int)",
                "CREATE TABLE made (id int); SET search_path = archive",
                "CREATE TABLE made (id int); PERFORM set_config('search_path', 'archive', false)",
                "CREATE TABLE made (id int); SET ROLE postgres",
                "CREATE SCHEMA other; CREATE TABLE other.made (id int)",
                "CREATE TABLE made (id int); COMMIT",
                "CREATE TABLE made (id int); ROLLBACK",
                "CREATE TABLE made (id int); GRANT ALL ON made TO PUBLIC",
                "CREATE TRIGGER t AFTER INSERT ON note EXECUTE FUNCTION nowhere()",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "DROP FUNCTION wipe()",
                "CREATE TABLE made (id int); EXECUTE format('DELETE FROM %I', 'ledger')",
                "CREATE TABLE made (a text DEFAULT E'\\\\')",
            })
    void neitherWhatIsProtectedNorWhatIsNotFollowedIsReached(String body) throws Exception {
        try (GuardedTables tables = open(POLICY + TRUST, function("f_made", body), procedure("p_made", body));
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            assertDenied(statement, "SELECT f_made()");
            assertDenied(statement, "CALL p_made()");
            assertDenied(statement, function("other", body));
            assertDenied(statement, procedure("other", body));
            assertUntouched(tables);
            assertThat(tables.count("note")).isEqualTo(1);
        }
    }

    @Test
    void nothingElseCallsIt() throws Exception {
        try (GuardedTables tables = open(
                        POLICY + TRUST,
                        "CREATE FUNCTION extended(n int DEFAULT 1) RETURNS int LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE orders ADD"
                                + " COLUMN added int; RETURN 1; END $$",
                        "CREATE FUNCTION outside() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN extended(1); END $$",
                        "CREATE FUNCTION fired() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE orders ADD"
                                + " COLUMN added int; RETURN NEW; END $$",
                        "CREATE TABLE watched (id int)",
                        "CREATE TRIGGER t AFTER INSERT ON watched FOR EACH ROW EXECUTE FUNCTION fired()",
                        "CREATE VIEW seen AS SELECT extended(1) AS n",
                        "CREATE TABLE filled (n int DEFAULT extended(1))");
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (String way : List.of(
                    "SELECT outside()",
                    "SELECT extended(1) FROM note",
                    "SELECT * FROM extended(1)",
                    "SELECT 1 + extended(1)",
                    "SELECT extended(1) WHERE false",
                    "SELECT extended(1)::text",
                    "SELECT extended(wipe())",
                    "SELECT extended((SELECT count(*)::int FROM note))",
                    "VALUES (extended(1))",
                    "WITH x AS (SELECT extended(1)) SELECT * FROM x",
                    "SELECT extended(1) INTO made",
                    "CREATE TABLE made AS SELECT extended(1)",
                    "EXPLAIN ANALYZE SELECT extended(1)",
                    "COPY (SELECT extended(1)) TO STDOUT",
                    "DO $$ BEGIN PERFORM extended(1); END $$",
                    "UPDATE note SET orders_id = extended(1)",
                    "DELETE FROM note WHERE id = extended(1)",
                    "INSERT INTO watched VALUES (1)",
                    "INSERT INTO filled DEFAULT VALUES",
                    "SELECT * FROM seen",
                    "CREATE VIEW other AS SELECT extended(1)",
                    function("other", "PERFORM extended(1)"),
                    "CREATE TRIGGER u AFTER INSERT ON note FOR EACH ROW EXECUTE FUNCTION fired()",
                    "CREATE OR REPLACE FUNCTION fired() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DROP TABLE note; RETURN NEW; END $$",
                    "CREATE RULE r AS ON UPDATE TO note DO ALSO SELECT extended(1)")) {
                assertDenied(statement, way);
            }
            assertThat(catchThrowable(() -> {
                        statement.execute("PREPARE s AS SELECT extended(1)");
                        statement.execute("EXECUTE s");
                    }))
                    .isInstanceOf(DenialException.class);
            connection.setAutoCommit(false);
            assertDenied(statement, "DECLARE c CURSOR FOR SELECT extended(1)");
            connection.rollback();
            connection.setAutoCommit(true);
            assertThat(added(tables)).isZero();
            assertUntouched(tables);
        }
    }

    /** A name in the body would find the session's own table first, and another once that is dropped. */
    @Test
    void nothingIsCalledThatNamesATemporaryTable() throws Exception {
        try (GuardedTables tables = open(
                        POLICY + TRUST,
                        ADD_COLUMN,
                        function("drops", "DROP TABLE IF EXISTS hurry; DROP TABLE IF EXISTS hurry; DELETE FROM note"),
                        function(
                                "reads",
                                "IF to_regclass('x') IS NULL AND EXISTS (SELECT FROM \"hurry\") THEN DROP TABLE note; END IF"));
                Connection connection = tables.connectToGoOn();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE hurry (id int)");
            assertDenied(statement, "SELECT drops()");
            assertDenied(statement, "SELECT reads()");
            statement.execute("CREATE TEMP VIEW own AS SELECT 1 AS id");
            statement.execute("SELECT add_column()");
            assertThat(added(tables)).isEqualTo(1);
            assertThat(tables.count("note")).isEqualTo(1);
            assertUntouched(tables);
        }
    }

    @Test
    void oneOfSeveralIsNotCalled() throws Exception {
        try (GuardedTables tables = open(
                        POLICY + TRUST,
                        ADD_COLUMN,
                        "CREATE FUNCTION add_column(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$",
                        function("abs", "ALTER TABLE orders ADD COLUMN added int"),
                        "CREATE FUNCTION given(n int DEFAULT wipe()) RETURNS int LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE orders"
                                + " ADD COLUMN added int; RETURN 1; END $$");
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (String call : List.of("SELECT add_column()", "SELECT abs()", "SELECT given()", "CALL given()")) {
                assertDenied(statement, call);
            }
            assertThat(added(tables)).isZero();
            assertUntouched(tables);
        }
    }

    @Test
    void eventTriggersRunByIt() throws Exception {
        try (GuardedTables tables = open(
                POLICY + TRUST,
                ADD_COLUMN,
                function("made", "CREATE TABLE made (id int)"),
                "CREATE FUNCTION fire() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM ledger; END $$",
                "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION fire()")) {
            tables.assertDenied(Reason.CASCADE, "SELECT made()");
            tables.assertDenied(Reason.CASCADE, "SELECT add_column()");
            assertThat(added(tables)).isZero();
            assertUntouched(tables);
        }
    }

    @Test
    void itsNamesAreThoseOfEverySchema() throws Exception {
        String rules = POLICY.replace("table closed_book", "table archive.note is ledger\ntable closed_book");
        try (GuardedTables tables = open(
                        rules + TRUST,
                        "CREATE TABLE archive.note (id int)",
                        function("gone", "DROP TABLE note"),
                        function("gone_there", "DROP TABLE note")
                                .replace("LANGUAGE", "SECURITY DEFINER SET search_path = archive LANGUAGE"),
                        function("told", "DROP TABLE public.note"));
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            assertDenied(statement, "SELECT gone()");
            assertDenied(statement, "SELECT gone_there()");
            statement.execute("SET search_path = archive, public");
            assertDenied(statement, "SELECT gone()");
            statement.execute("SELECT told()");
            assertThat(tables.count("archive.note")).isZero();
            assertUntouched(tables);
        }
    }

    @Test
    void nothingThatChangesRowsPassesBehindIt() throws Exception {
        try (GuardedTables tables = open(POLICY + TRUST, ADD_COLUMN);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            for (String text : List.of(
                    "SELECT add_column(); DELETE FROM note",
                    "ALTER TABLE orders RENAME TO n; SELECT add_column()",
                    "DROP VIEW behind; SELECT add_column()",
                    "CREATE OR REPLACE FUNCTION add_column() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DROP TABLE note; END $$;"
                            + " SELECT add_column()")) {
                assertDenied(statement, text);
            }
            assertThat(added(tables)).isZero();
            assertThat(tables.count("note")).isEqualTo(1);
        }
    }

    @Test
    void theBodyThatIsThereNowCounts() throws Exception {
        try (GuardedTables tables = open(POLICY + TRUST, ADD_COLUMN);
                Connection connection = tables.connect();
                PreparedStatement prepared = connection.prepareStatement("SELECT add_column()")) {
            prepared.execute();
            tables.prepare("CREATE OR REPLACE FUNCTION add_column() RETURNS void LANGUAGE plpgsql AS"
                    + " $$ BEGIN DELETE FROM ledger; CREATE TABLE made (id int); END $$");
            Thread.sleep(1_100);
            assertThatThrownBy(prepared::execute).isInstanceOf(DenialException.class);
            assertUntouched(tables);
        }
    }

    @Test
    void whatIsUndoneIsSeenAsItWas() throws Exception {
        try (GuardedTables tables = open(POLICY + TRUST, function("make", "CREATE TABLE made (id int)"));
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT make()");
            statement.execute("INSERT INTO made VALUES (1)");
            assertDenied(statement, "DELETE FROM ledger");
            GuardedTables.assertDenied(statement, Reason.TRANSACTION_DENIED, "SELECT make()");
            connection.rollback();
            statement.execute("SELECT make()");
            connection.commit();
            assertThat(tables.count("made")).isZero();
            assertUntouched(tables);
        }
    }

    @Test
    void whatThePolicySaysGoesBeforeTheBodyAndTrustIsNeeded() throws Exception {
        String stated = "\nroutine gone writes delete on ledger {\n  why \"says so\"\n}\n";
        try (GuardedTables tables = open(POLICY + stated, function("gone", "DROP TABLE note"))) {
            tables.assertDenied(Reason.IMMUTABLE_TIER, "SELECT gone()");
            tables.assertDenied(Reason.DEFINES_CODE, ADD_COLUMN);
            assertThat(tables.count("note")).isEqualTo(1);
        }
    }
}
