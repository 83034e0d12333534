package io.tierguard.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.tierguard.jdbc.DenialException;
import io.tierguard.jdbc.DenialListener;
import io.tierguard.jdbc.DenialListeners;
import io.tierguard.policy.model.Reason;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** What becomes of tests under a component, by running some. */
class ComponentExtensionTest {

    private static final String RUNNING = "io.tierguard.junit.running";
    private static final String SHOP = "classpath:shop.tierguard";

    @Test
    void a_test_that_is_denied_nothing_passes() {
        run("inserts").assertStatistics(statistics -> statistics.succeeded(1).failed(0));
    }

    @Test
    void a_test_that_is_denied_something_fails_though_the_application_catches_it() {
        assertThat(failure(run("corrects")))
                .hasMessageContaining("under component checkout this test was denied what it did:")
                .hasMessageContaining("checkout may not UPDATE payment.amount: tier ledger is immutable"
                        + " (shop.tierguard:6; ask #data-guardians)")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasOnlyElementsOfType(DenialException.class));
    }

    @Test
    void a_denial_in_another_thread_fails_the_test() {
        assertThat(failure(run("correctsElsewhere"))).hasMessageContaining("may not UPDATE payment.amount");
    }

    @Test
    void a_denial_behind_a_guarded_url_fails_the_test() {
        assertThat(failure(run("deletesByUrl"))).hasMessageContaining("may not DELETE from payment");
    }

    @Test
    void an_expected_denial_is_none_to_fail_for() {
        run("expectsCorrection")
                .assertStatistics(statistics -> statistics.succeeded(1).failed(0));
    }

    @Test
    void an_expected_denial_that_does_not_come_fails_the_test() {
        assertThat(failure(run("expectsInVain")))
                .hasMessageContaining("was expected to be denied for:")
                .hasMessageContaining("immutable-tier");
    }

    @Test
    void a_denial_for_another_reason_than_the_expected_one_fails_the_test() {
        assertThat(failure(run("expectsOtherwise"))).hasMessageContaining("may not UPDATE payment.amount");
    }

    @Test
    void one_test_hears_nothing_of_another() {
        run("corrects");
        run("inserts").assertStatistics(statistics -> statistics.succeeded(1));
    }

    @Test
    void the_guard_tells_what_it_has_denied() {
        run("looksAtDenials").assertStatistics(statistics -> statistics.succeeded(1));
    }

    @Test
    void a_listener_that_fails_does_not_keep_the_denial_from_the_application() {
        AtomicInteger heard = new AtomicInteger();
        DenialListener failing = denial -> {
            heard.incrementAndGet();
            throw new IllegalStateException("not today");
        };
        DenialListeners.add(failing);
        try {
            run("expectsCorrection")
                    .assertStatistics(statistics -> statistics.succeeded(1).failed(0));
        } finally {
            DenialListeners.remove(failing);
        }
        assertThat(heard).hasValue(1);
    }

    private static Events run(String method) {
        System.setProperty(RUNNING, "true");
        try {
            return EngineTestKit.engine("junit-jupiter")
                    .selectors(selectMethod(Shopping.class, method, ComponentGuard.class.getName()))
                    .execute()
                    .testEvents();
        } finally {
            System.clearProperty(RUNNING);
        }
    }

    private static Throwable failure(Events events) {
        List<Throwable> failures = events.failed().stream()
                .map(Event::getPayload)
                .map(payload -> (TestExecutionResult) payload.orElseThrow())
                .map(result -> result.getThrowable().orElseThrow())
                .toList();
        assertThat(failures).hasSize(1);
        return failures.get(0);
    }

    /** Tests that are run by the tests above, and by nothing else. */
    @UnderComponent(value = "checkout", policy = SHOP)
    @EnabledIfSystemProperty(named = RUNNING, matches = "true")
    static class Shopping {

        @Test
        void inserts(ComponentGuard guard) throws SQLException {
            execute(guard.around(shop()), "INSERT INTO payment VALUES (2, 5)");
        }

        @Test
        void corrects(ComponentGuard guard) throws SQLException {
            swallow(guard);
        }

        @Test
        void correctsElsewhere(ComponentGuard guard) throws InterruptedException {
            Thread thread = new Thread(() -> {
                try {
                    swallow(guard);
                } catch (SQLException other) {
                    throw new IllegalStateException(other);
                }
            });
            thread.start();
            thread.join();
        }

        @Test
        void deletesByUrl(ComponentGuard guard) throws SQLException {
            shop();
            String settings = ";tierguard.policy=" + SHOP + ";tierguard.component=checkout;tierguard.audit="
                    + System.getProperty("java.io.tmpdir") + "/tierguard-junit-"
                    + ProcessHandle.current().pid() + ".jsonl";
            try (Connection connection =
                            DriverManager.getConnection("jdbc:tierguard:h2:mem:junit;DB_CLOSE_DELAY=-1" + settings);
                    Statement statement = connection.createStatement()) {
                statement.execute("DELETE FROM payment");
            } catch (DenialException caught) {
                assertThat(caught.reason()).isEqualTo(Reason.IMMUTABLE_TIER);
            }
        }

        @Test
        @ExpectDenial(Reason.IMMUTABLE_TIER)
        void expectsCorrection(ComponentGuard guard) throws SQLException {
            swallow(guard);
        }

        @Test
        @ExpectDenial(Reason.IMMUTABLE_TIER)
        void expectsInVain(ComponentGuard guard) throws SQLException {
            inserts(guard);
        }

        @Test
        @ExpectDenial(Reason.UNCLASSIFIED_TABLE)
        void expectsOtherwise(ComponentGuard guard) throws SQLException {
            swallow(guard);
        }

        @Test
        @ExpectDenial(Reason.IMMUTABLE_TIER)
        void looksAtDenials(ComponentGuard guard) throws SQLException {
            assertThat(guard.denials()).isEmpty();
            swallow(guard);
            assertThat(guard.denials()).extracting(DenialException::reason).containsExactly(Reason.IMMUTABLE_TIER);
        }

        private static void swallow(ComponentGuard guard) throws SQLException {
            try {
                execute(guard.around(shop()), "UPDATE payment SET amount = 0");
            } catch (DenialException caught) {
                assertThat(caught.getSQLState()).isEqualTo("42501");
            }
        }

        private static DataSource shop() throws SQLException {
            JdbcDataSource real = new JdbcDataSource();
            real.setURL("jdbc:h2:mem:junit;DB_CLOSE_DELAY=-1");
            execute(real, "DROP TABLE IF EXISTS payment");
            execute(real, "CREATE TABLE payment (id INT PRIMARY KEY, amount INT)");
            return real;
        }

        private static void execute(DataSource source, String sql) throws SQLException {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }
}
