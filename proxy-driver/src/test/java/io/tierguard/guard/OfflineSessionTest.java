package io.tierguard.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.PolicyLoader;
import io.tierguard.policy.PolicyOutcome;
import io.tierguard.policy.model.DecisionPath;
import io.tierguard.policy.model.Limit;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.Step;
import io.tierguard.policy.model.Waiver;
import io.tierguard.schema.SchemaReader;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.Placeholders;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Rules X11 and X15. */
class OfflineSessionTest {
    private static final Instant INSIDE = Instant.parse("2026-11-25T12:00:00Z");

    private final Policy policy = policy("""
            policy shop {
              schema path public
            }

            tier ledger is immutable

            tier live is mutable {
              limit delete 50 rows
            }

            table payment is ledger
            table orders is live
            table archive.orders is ledger

            component checkout {
              connects as "app"
              grant select on everything
              grant select, insert, update, delete on orders
            }

            waiver erasure {
              why "Article 17"
              ticket "DP-812"
              owner "dpo"
              from 2026-11-20T08:00Z
              until 2026-11-27T18:00Z
              grant delete on payment to checkout
            }
            """);

    private final OfflineSession session = session(Dialect.POSTGRESQL, SchemaSnapshot.UNKNOWN);

    @Test
    void tellsTheRulesBehindEachStatementOfAText() { // X11
        Explanation explanation = run("SELECT * FROM payment WHERE id = ?; UPDATE payment SET amount = 0");

        assertThat(explanation.isAllowed()).isFalse();
        assertThat(Explanation.reasons(explanation.denied()))
                .containsExactly(Reason.IMMUTABLE_TIER, Reason.NOT_GRANTED);
        assertThat(explanation.denied().get(0).sentence())
                .isEqualTo("statement 2 of 2: checkout may not UPDATE payment.amount: tier ledger is immutable");
        assertThat(explanation.statements())
                .extracting(ExplainedStatement::operation)
                .containsExactly("SELECT", "UPDATE");
        assertThat(explanation.paths())
                .extracting(DecisionPath::act)
                .containsExactly("checkout may SELECT from payment", "checkout may not UPDATE payment.amount");
        assertThat(explanation.paths().get(1).steps())
                .extracting(Step::toString)
                .contains("tier ledger is immutable (shop.tierguard:5)");
    }

    @Test
    void tellsLimitsAndWaivers() {
        assertThat(run("DELETE FROM orders WHERE id = ?").limits())
                .extracting(Limit::rule)
                .containsExactly("shop.tierguard:8");
        assertThat(run("DELETE FROM payment WHERE id = ?").waivers())
                .extracting(Waiver::name)
                .containsExactly("erasure");
        assertThat(session.run(
                                "DELETE FROM payment WHERE id = ?",
                                Placeholders.QUESTION_MARKS,
                                Instant.parse("2026-11-27T18:00:00Z"))
                        .denied())
                .isNotEmpty();
    }

    @Test
    void rowsAreHeldToEveryLimitWhereTheyAreSaid() { // X10
        String delete = "DELETE FROM orders WHERE id = ?";
        Explanation over = session.run(delete, Placeholders.QUESTION_MARKS, INSIDE, OptionalLong.of(51));

        assertThat(run(delete).isAllowed()).isTrue();
        assertThat(session.run(delete, Placeholders.QUESTION_MARKS, INSIDE, OptionalLong.of(50))
                        .isAllowed())
                .isTrue();
        assertThat(over.denied())
                .extracting(denial -> denial.reason() + " " + denial)
                .containsExactly("ROW_LIMIT checkout may not DELETE 51 rows of orders: tier live limits delete to 50"
                        + " rows (shop.tierguard:8)");
        assertThat(over.limits()).hasSize(1);
    }

    @Test
    void aTableThatNoPatternCoversAndACatalogAreSaidToBeThat() {
        assertThat(run("SELECT * FROM nobody").paths().get(0).steps())
                .extracting(Step::clause)
                .containsExactly("no pattern of the policy covers nobody");
        assertThat(run("SELECT * FROM pg_class").paths().get(0).steps())
                .extracting(Step::clause)
                .containsExactly("it is one of the database's own catalogs, which may be read, or no table at all");
        assertThat(run("DELETE FROM pg_class").paths().get(0).steps())
                .extracting(Step::clause)
                .containsExactly("it is one of the database's own catalogs, which are never written");
    }

    @Test
    void whatCannotBeReadIsDeniedWithoutAnyPath() {
        Explanation explanation = run("FROB THE knob");

        assertThat(Explanation.reasons(explanation.denied())).containsExactly(Reason.UNREADABLE_SQL);
        assertThat(explanation.paths()).isEmpty();
    }

    @Test
    void aChangeOfTheSessionHoldsForTheTextsAfterIt() { // X15
        assertThat(run("DELETE FROM orders").isAllowed()).isTrue();
        run("SET search_path TO archive");
        assertThat(run("DELETE FROM orders").isAllowed()).isFalse();
        run("COMMIT");
        assertThat(run("DELETE FROM orders").isAllowed()).isFalse();
        run("SET search_path TO public");
        assertThat(run("DELETE FROM orders").isAllowed()).isTrue();
    }

    @Test
    void aRollbackMayReturnToAnyPathThatWas() { // X15
        run("SET search_path TO archive");
        run("BEGIN");
        run("SET search_path TO public");
        assertThat(run("DELETE FROM orders").isAllowed()).isTrue();
        run("ROLLBACK");
        assertThat(run("DELETE FROM orders").isAllowed()).isFalse();
    }

    @Test
    void aDeniedChangeOfTheSessionDoesNotHold() { // X15
        assertThat(run("SET search_path TO archive; DELETE FROM payment; FROB").isAllowed())
                .isFalse();
        assertThat(run("DELETE FROM orders").isAllowed()).isTrue();
    }

    @Test
    void aKnownSchemaAddsWhatTheDatabaseWouldDo() throws Exception { // X11
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:offline");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders(id INT PRIMARY KEY)");
            statement.execute("CREATE TABLE payment(order_id INT REFERENCES orders(id) ON DELETE CASCADE)");
            statement.execute("CREATE VIEW paid AS SELECT order_id FROM payment");
            SchemaSnapshot schema = SchemaReader.read(connection, Dialect.H2);
            OfflineSession live = session(Dialect.H2, schema);
            OfflineSession blind = session(Dialect.H2, SchemaSnapshot.UNKNOWN);
            Instant after = Instant.parse("2027-01-01T00:00:00Z");

            assertThat(blind.run("DELETE FROM orders WHERE id = 1", Placeholders.NONE, after)
                            .isAllowed())
                    .isTrue();
            assertThat(live.run("DELETE FROM orders WHERE id = 1", Placeholders.NONE, after)
                            .denied())
                    .extracting(denial -> denial.reason())
                    .containsExactly(Reason.CASCADE, Reason.WAIVER_EXPIRED);
            assertThat(blind.run("SELECT * FROM paid", Placeholders.NONE, after).isAllowed())
                    .isFalse();
            assertThat(live.run("SELECT * FROM paid", Placeholders.NONE, after).paths())
                    .extracting(DecisionPath::act)
                    .containsExactly("checkout may SELECT from paid", "checkout may SELECT from payment");
        }
    }

    @Test
    void aViewThatNoPatternCoversIsJudgedByWhatIsBehindIt() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:behind");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE nobody(id INT)");
            statement.execute("CREATE VIEW shown AS SELECT id FROM nobody");
            OfflineSession live = session(Dialect.H2, SchemaReader.read(connection, Dialect.H2));

            assertThat(live.run("SELECT * FROM shown", Placeholders.NONE, INSIDE)
                            .paths())
                    .extracting(path -> path.act() + ": "
                            + path.steps().get(0).answer().word() + " "
                            + path.steps().get(0))
                    .containsExactly(
                            "checkout may not SELECT from shown: tells it is a view that no pattern covers: what is"
                                    + " behind it decides",
                            "checkout may not SELECT from nobody: denies no pattern of the policy covers nobody");
        }
    }

    private Explanation run(String sql) {
        return session.run(sql, Placeholders.QUESTION_MARKS, INSIDE);
    }

    private OfflineSession session(Dialect dialect, SchemaSnapshot schema) {
        return OfflineSession.of(policy, policy.component("checkout").orElseThrow(), dialect, schema);
    }

    private static Policy policy(String text) {
        PolicyOutcome outcome = PolicyLoader.load("shop.tierguard", text);
        assertThat(outcome).isInstanceOf(PolicyOutcome.Loaded.class);
        return ((PolicyOutcome.Loaded) outcome).policy();
    }
}
