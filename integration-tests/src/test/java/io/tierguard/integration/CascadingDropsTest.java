package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a table loses because something else is dropped, and what is tied to it. */
class CascadingDropsTest {
    private static final String RULES = """
            table ledger is ledger

            table draft is operational
            table other is operational
            table numbers is operational

            component app {
              grant select, insert on ledger
              grant select, insert, update, delete, create, extend, alter, drop on tier operational
            }
            """;

    private static final String[] TABLES = {
        "CREATE TABLE ledger (id INT, amount INT)",
        "CREATE TABLE draft (id INT PRIMARY KEY, note TEXT)",
        "CREATE TABLE other (id INT)",
        "CREATE FUNCTION stay() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    };

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE RULE r AS ON INSERT TO ledger DO ALSO INSERT INTO draft VALUES (new.id + 100) | DROP TABLE draft CASCADE | pg_rewrite
            CREATE RULE r AS ON INSERT TO ledger DO ALSO INSERT INTO draft VALUES (new.id + 100) | DROP TABLE other, draft CASCADE | pg_rewrite
            CREATE RULE r AS ON UPDATE TO ledger DO ALSO UPDATE draft SET note = 'x' | ALTER TABLE draft DROP COLUMN note CASCADE | pg_rewrite
            CREATE RULE r AS ON DELETE TO ledger WHERE EXISTS (SELECT 1 FROM draft) DO INSTEAD NOTHING | DROP TABLE draft CASCADE | pg_rewrite
            CREATE VIEW other_view AS SELECT id FROM draft; CREATE RULE r AS ON DELETE TO ledger WHERE EXISTS (SELECT 1 FROM other_view) DO INSTEAD NOTHING | DROP TABLE draft CASCADE | pg_rewrite
            CREATE CONSTRAINT TRIGGER t AFTER INSERT ON ledger FROM draft FOR EACH ROW EXECUTE FUNCTION stay() | DROP TABLE draft | pg_trigger
            CREATE POLICY p ON ledger USING (EXISTS (SELECT 1 FROM draft WHERE note = 'x')) | DROP TABLE draft CASCADE | pg_policy
            CREATE POLICY p ON ledger USING (EXISTS (SELECT 1 FROM draft WHERE note = 'x')) | ALTER TABLE draft DROP COLUMN note CASCADE | pg_policy
            CREATE SEQUENCE numbers; ALTER TABLE ledger ALTER amount SET DEFAULT nextval('numbers') | DROP SEQUENCE numbers CASCADE | pg_attrdef
            ALTER TABLE ledger ADD CONSTRAINT k CHECK ((ROW(id, 'x')::draft).id > 0) | DROP TABLE draft CASCADE | pg_constraint
            CREATE STATISTICS s ON (ROW(id, 'x')::draft), amount FROM ledger | DROP TABLE draft CASCADE | pg_statistic_ext
            """)
    void areChangesOfIt(String tie, String drop, String catalog) throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, TABLES)) {
            tables.prepare(tie);
            int before = tables.count("pg_catalog." + catalog);
            tables.assertDenied(Reason.CASCADE, drop, "ledger");
            tables.prepare(drop);
            assertThat(tables.count("pg_catalog." + catalog)).isLessThan(before);
        }
    }

    @Test
    void ofOrdinaryTablesAndViewsAreOrdinary() throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, TABLES)) {
            tables.prepare(
                    "CREATE RULE r AS ON INSERT TO other DO ALSO INSERT INTO draft VALUES (new.id)",
                    "CREATE VIEW shown AS SELECT id FROM other",
                    "CREATE RULE r AS ON INSERT TO shown DO INSTEAD INSERT INTO draft VALUES (new.id)",
                    "CREATE RULE own AS ON DELETE TO draft DO ALSO NOTIFY gone",
                    "CREATE CONSTRAINT TRIGGER t AFTER INSERT ON other FROM draft FOR EACH ROW EXECUTE FUNCTION stay()",
                    "CREATE RULE r AS ON INSERT TO ledger DO ALSO NOTIFY news");
            tables.assertAllowed("ALTER TABLE draft DROP COLUMN note CASCADE", "DROP TABLE draft CASCADE");
        }
    }

    @Test
    void aSequenceIsOwnedOnlyByATableThatMayBeExtended() throws Exception {
        try (GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, TABLES)) {
            tables.assertDenied(Reason.NOT_GRANTED, "CREATE SEQUENCE numbers OWNED BY ledger.amount", "EXTEND ledger");
            tables.assertDenied(
                    Reason.NOT_GRANTED, "CREATE SEQUENCE numbers START 5 OWNED BY public.ledger.amount", "ledger");
            tables.assertAllowed("CREATE SEQUENCE numbers OWNED BY draft.id", "DROP SEQUENCE numbers");
            tables.assertAllowed("CREATE SEQUENCE numbers OWNED BY NONE");
        }
    }

    @ParameterizedTest
    @CsvSource({"REGULAR", "Oracle", "PostgreSQL", "MSSQLServer"})
    void aUserOfH2MayHaveNoName(String mode) throws Exception {
        try (GuardedTables tables =
                GuardedTables.open(LiveDatabase.H2, folder, RULES, "CREATE TABLE nothing (id INT)")) {
            String url = "jdbc:h2:mem:nameless-" + mode + ";MODE=" + mode;
            String guarded = url.replace("jdbc:", "jdbc:tierguard:") + ";tierguard.policy="
                    + tables.settings().get("tierguard.policy") + ";tierguard.component=app;tierguard.audit="
                    + tables.settings().get("tierguard.audit");
            try (Connection bare = DriverManager.getConnection(url);
                    Statement setup = bare.createStatement();
                    Connection connection = DriverManager.getConnection(guarded);
                    Statement statement = connection.createStatement()) {
                setup.execute("CREATE TABLE ledger (id INT)");
                statement.execute("SELECT id FROM ledger");
                GuardedTables.assertDenied(statement, Reason.IMMUTABLE_TIER, "DELETE FROM ledger");
            }
        }
    }
}
