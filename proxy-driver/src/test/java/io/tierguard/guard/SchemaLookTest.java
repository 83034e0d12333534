package io.tierguard.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.PolicyLoader;
import io.tierguard.policy.PolicyOutcome;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.schema.LiveSchema;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.SessionFacts;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.h2.api.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Before rows are changed by a schema that is due, somebody looks what others have made of it; nothing else costs a look. */
class SchemaLookTest {
    private static final String POLICY = """
            tier ledger is immutable
            tier operational is mutable
            table ledger is ledger
            table orders is operational
            table made is operational
            component app {
              grant select, insert, update, delete, extend, alter on orders
              grant create, extend, drop on made
              grant select, insert on ledger
            }
            """;

    private static final String KEY =
            "ALTER TABLE ledger ADD CONSTRAINT fk_o FOREIGN KEY (o) REFERENCES orders (id) ON DELETE CASCADE";

    private Connection owner;
    private int looks;

    @BeforeEach
    void makeTables() throws SQLException {
        owner = DriverManager.getConnection("jdbc:h2:mem:schema_look");
        execute("CREATE TABLE orders (id INT PRIMARY KEY)", "CREATE TABLE ledger (o INT)");
    }

    @AfterEach
    void shutDown() throws SQLException {
        execute("SHUTDOWN");
    }

    @Test
    void aForeignKeyThatSomebodyElseAddsToKnownTablesCountsOnceTheSchemaIsDue() throws SQLException {
        GuardSession session = open(new LiveSchema(Dialect.H2, 0));
        execute(KEY);
        GuardedSessions.denied(session, Reason.CASCADE, "DELETE FROM orders WHERE id = 1");
    }

    @Test
    void aDenialByKnownNamesCostsNoLookHoweverOldTheSchema() throws SQLException {
        GuardSession session = open(new LiveSchema(Dialect.H2, 0));
        GuardedSessions.denied(session, Reason.IMMUTABLE_TIER, "DELETE FROM ledger WHERE o = 1");
        assertThat(looks).isZero();
    }

    @Test
    void aRowThatIsDeletedWithoutSqlIsLookedAfterToo() throws SQLException {
        GuardSession session = open(new LiveSchema(Dialect.H2, 0));
        execute(KEY);
        Effect delete = Effect.of(Verb.DELETE, TableName.of("public", "orders"), List.of(), true);
        assertThat(session.admit("ResultSet.deleteRow", delete))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.CASCADE));
    }

    @Test
    void whatOnlyReadsCostsNoLook() throws SQLException {
        GuardSession session = open(new LiveSchema(Dialect.H2, 0));
        GuardedSessions.allowed(session, "SELECT id FROM orders", "COMMIT");
        assertThat(looks).isZero();
    }

    @Test
    void readingAViewRunsItsQueryWhichSomebodyElseMayHaveChanged() throws SQLException {
        execute("CREATE VIEW seen AS SELECT id FROM orders");
        GuardSession session = open(new LiveSchema(Dialect.H2, 0));
        GuardedSessions.allowed(session, "SELECT id FROM seen");
        assertThat(looks).isOne();
    }

    @Test
    void whatWasReadLatelyIsNotReadAgainForAName() throws SQLException {
        GuardSession session = open(new LiveSchema(Dialect.H2, TimeUnit.HOURS.toNanos(1)));
        GuardedSessions.allowed(session, "DELETE FROM orders WHERE id = 1", "INSERT INTO ledger VALUES (1)");
        assertThat(looks).isZero();
    }

    @Test
    void aChangeThatPassedAnotherGuardOfTheProcessIsLookedForAtOnce() throws SQLException {
        GuardSession session = open(new LiveSchema(Dialect.H2, TimeUnit.HOURS.toNanos(1)));
        GuardedSessions.allowed(session, "DELETE FROM orders WHERE id = 1");
        execute(KEY);
        new LiveSchema(Dialect.POSTGRESQL, 0).changed(true);
        GuardedSessions.allowed(session, "DELETE FROM orders WHERE id = 1");
        assertThat(looks).isZero();
        new LiveSchema(Dialect.H2, 0).changed(true);
        GuardedSessions.denied(session, Reason.CASCADE, "DELETE FROM orders WHERE id = 1");
        assertThat(looks).isOne();
    }

    @Test
    void whoOnlyReadsLooksForSuchAChangeOnceTheLastReadingIsOld() throws SQLException {
        GuardSession session = open(new LiveSchema(Dialect.H2, 0));
        GuardedSessions.allowed(session, "SELECT id FROM orders");
        execute("CREATE TRIGGER watch BEFORE SELECT ON orders CALL '" + Watch.class.getName() + "'");
        new LiveSchema(Dialect.POSTGRESQL, 0).changed(true);
        GuardedSessions.allowed(session, "SELECT id FROM orders");
        assertThat(looks).isZero();
        new LiveSchema(Dialect.H2, 0).changed(false);
        GuardedSessions.denied(session, Reason.UNKNOWN_ROUTINE, "SELECT id FROM orders");
        assertThat(looks).isOne();
    }

    @Test
    void whoOnlyReadsDoesNotLookForAPlainChangeBefore() throws SQLException {
        GuardSession session = open(new LiveSchema(Dialect.H2, TimeUnit.HOURS.toNanos(1)));
        new LiveSchema(Dialect.H2, 0).changed(false);
        GuardedSessions.allowed(session, "SELECT id FROM orders");
        assertThat(looks).isZero();
    }

    @Test
    void whoOnlyReadsLooksAtOnceForCodeThatMayRunThen() throws SQLException {
        GuardSession session = open(new LiveSchema(Dialect.H2, TimeUnit.HOURS.toNanos(1)));
        GuardedSessions.allowed(session, "SELECT id FROM orders");
        execute("CREATE TRIGGER watch BEFORE SELECT ON orders CALL '" + Watch.class.getName() + "'");
        new LiveSchema(Dialect.H2, 0).changed(true);
        GuardedSessions.denied(session, Reason.UNKNOWN_ROUTINE, "SELECT id FROM orders");
        assertThat(looks).isOne();
        GuardedSessions.denied(session, Reason.UNKNOWN_ROUTINE, "SELECT id FROM orders");
        assertThat(looks).isOne();
    }

    @Test
    void whatMakesTablesAloneIsSuchAPlainChangeAndWhatAltersThemIsNone() throws SQLException {
        GuardSession session = open(new LiveSchema(Dialect.H2, TimeUnit.HOURS.toNanos(1)));
        GuardSession migration = open(new LiveSchema(Dialect.H2, TimeUnit.HOURS.toNanos(1)));
        GuardedSessions.allowed(
                migration, "CREATE TABLE made (id INT)", "CREATE INDEX i ON made (id)", "DROP TABLE made");
        looks = 0;
        GuardedSessions.allowed(session, "SELECT id FROM orders");
        assertThat(looks).isZero();
        GuardedSessions.allowed(migration, "ALTER TABLE orders ADD note INT");
        looks = 0;
        GuardedSessions.allowed(session, "SELECT id FROM orders");
        assertThat(looks).isOne();
    }

    /** Does nothing, of which its name does not tell. */
    public static final class Watch implements Trigger {
        @Override
        public void fire(Connection connection, Object[] before, Object[] after) {}
    }

    private GuardSession open(LiveSchema schema) throws SQLException {
        schema.refresh(owner);
        Policy policy = ((PolicyOutcome.Loaded) PolicyLoader.load("shop.tierguard", POLICY)).policy();
        Guard guard = new Guard(policy, policy.component("app").orElseThrow(), "", Dialect.H2, new RecordedAudit());
        SessionFacts facts = new SessionFacts("sa", "shop", List.of("public"), LexicalModes.defaultsOf(Dialect.H2));
        return guard.open(facts, ConnectionPlace.EMBEDDED, schema, () -> Transactions.State.NONE, session -> {
            looks++;
            try {
                schema.refresh(owner);
            } catch (SQLException unreadable) {
                throw new IllegalStateException(unreadable);
            }
        });
    }

    private void execute(String... texts) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            for (String sql : texts) {
                statement.execute(sql);
            }
        }
    }
}
