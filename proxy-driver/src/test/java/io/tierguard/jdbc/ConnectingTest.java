package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.tierguard.policy.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in a URL and in properties: settings, and texts that run while the real driver connects. */
class ConnectingTest extends GuardedShop {
    @Test
    void settingsComeFromThePropertiesTooAndDoNotReachTheRealDriver() throws SQLException {
        Driver real = mock(Driver.class);
        RecordingDriver.delegate = real;
        Properties properties = user();
        properties.setProperty("tierguard.policy", policy.toString());
        properties.setProperty("tierguard.component", "checkout");
        properties.setProperty("tierguard.audit", folder.resolve("audit.jsonl").toString());
        properties.setProperty("tierguard.driver", RecordingDriver.class.getName());

        assertThatThrownBy(() -> driver.connect("jdbc:tierguard:h2:mem:x;DB_CLOSE_DELAY=-1", properties))
                .hasMessageContaining("does not accept the URL");

        verify(real).connect("jdbc:h2:mem:x;DB_CLOSE_DELAY=-1", user());
    }

    @Test
    void aUserThatThePolicyDoesNotNameIsRefusedAndItsConnectionClosed() throws SQLException {
        Connection real = DriverManager.getConnection(database, "owner", "");
        Driver recorded = mock(Driver.class);
        when(recorded.connect(database, new Properties())).thenReturn(real);
        RecordingDriver.delegate = recorded;

        assertThatThrownBy(() ->
                        driver.connect(url(";tierguard.driver=" + RecordingDriver.class.getName()), new Properties()))
                .isInstanceOfSatisfying(
                        DenialException.class,
                        denial -> assertThat(denial.reason()).isEqualTo(Reason.WRONG_USER));
        assertThat(real.isClosed()).isTrue();
    }

    @Test
    void sqlInTheUrlIsAskedForBeforeConnecting() throws Exception {
        assertThatThrownBy(() -> connect(";INIT=SELECT 1\\;DELETE FROM payment"))
                .isInstanceOf(DenialException.class);
        assertThatThrownBy(() -> connect(";init=DELETE FROM payment")).isInstanceOf(DenialException.class);
        assertThatThrownBy(() -> connect(";LOCK_TIMEOUT=1\\;DELETE FROM payment"))
                .isInstanceOf(DenialException.class);
        for (String setting : new String[] {"LOCK_TIMEOUT", "CACHE_SIZE", "QUERY_TIMEOUT", "MAX_MEMORY_ROWS"}) {
            String value = "(SELECT 5 + COUNT(*) FROM OLD TABLE (DELETE FROM payment))";
            assertThatThrownBy(() -> connect(";" + setting + "=" + value)).isInstanceOf(DenialException.class);
        }
        assertThatThrownBy(() -> connect(";EXCLUSIVE=1")).isInstanceOf(DenialException.class);
        assertThatThrownBy(() -> connect(";LOCK_MODE=0")).isInstanceOf(DenialException.class);
        // The guard lets them pass; H2 wants an administrator for them.
        assertThatThrownBy(() -> connect(";LOCK_MODE=3")).isNotInstanceOf(DenialException.class);
        assertThatThrownBy(() -> connect(";IGNORECASE=TRUE")).isNotInstanceOf(DenialException.class);
        assertThat(count("SELECT COUNT(*) FROM payment")).isEqualTo(1);
    }

    @Test
    void sqlInThePropertiesIsAskedForToo() {
        Properties properties = user();
        properties.setProperty("Init", "DELETE FROM payment");
        assertThatThrownBy(() -> driver.connect(url(""), properties)).isInstanceOf(DenialException.class);
        assertThat(count("SELECT COUNT(*) FROM payment")).isEqualTo(1);
    }

    @Test
    void sqlInTheUrlIsJudgedByTheSchema() throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("ALTER TABLE payment ADD FOREIGN KEY (id) REFERENCES orders (id) ON DELETE CASCADE");
        }
        assertThatThrownBy(() -> connect(";INIT=DELETE FROM orders"))
                .isInstanceOfSatisfying(
                        DenialException.class,
                        denial -> assertThat(denial.getMessage()).contains("public.orders → public.payment"));
        Properties properties = user();
        properties.setProperty("Init", "DELETE FROM orders");
        assertThatThrownBy(() -> driver.connect(url(""), properties)).isInstanceOf(DenialException.class);
        // Nor does anything else of the URL run before that is judged.
        assertThatThrownBy(() -> connect(";INIT=UPDATE orders SET state = 'a';LOCK_TIMEOUT=1\\;DELETE FROM payment"))
                .isInstanceOf(DenialException.class);
        assertThat(count("SELECT COUNT(*) FROM payment")).isEqualTo(1);
        connect(";INIT=UPDATE orders SET state = 'sent'").close();
    }

    @Test
    void harmlessSqlInTheUrlRuns() throws SQLException {
        try (Connection connection = connect(";INIT=UPDATE orders SET state = 'sent';LOCK_TIMEOUT=500")) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-c%20session_replication_role=replica",
                "-csession_replication_role=replica",
                "-c%20DateStyle=ISO%20-c%20session_replication_role=repl\\ica",
                "--session-replication-role=replica",
                "-c%20SESSION_replication_role=replica",
                "-c%20event_triggers=off",
                "-c%20zero_damaged_pages=on",
                "-O",
                "-eOc%20session_replication_role=replica",
            })
    void postgresqlOptionsCannotSwitchProtectionOff(String options) {
        String url = "jdbc:tierguard:postgresql://localhost:1/shop?tierguard.policy=" + policy
                + "&tierguard.component=checkout&tierguard.audit=" + folder.resolve("audit.jsonl") + "&options="
                + options;
        assertThatThrownBy(() -> driver.connect(url, user()))
                .isInstanceOfSatisfying(
                        DenialException.class,
                        denial -> assertThat(denial.reason()).isEqualTo(Reason.SESSION_CHANGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-c%20search_path=tenant,public",
                "-c%20search_path=app,pg_catalog",
                "-c%20statement_timeout=5s%20-c%20DateStyle=ISO",
                "--application-name=it\\'s",
                "-c%20session_replication_role=origin",
                "-e",
            })
    void postgresqlOptionsThatHarmNothingPass(String options) {
        String url = "jdbc:tierguard:postgresql://localhost:1/shop?tierguard.policy=" + policy
                + "&tierguard.component=checkout&tierguard.audit=" + folder.resolve("audit.jsonl") + "&options="
                + options;
        assertThatThrownBy(() -> driver.connect(url, user()))
                .isInstanceOf(SQLException.class)
                .isNotInstanceOf(DenialException.class);
    }

    @Test
    void wrongSettingsAreNamedWithTheirSource() {
        assertMessage("jdbc:tierguard:h2:mem:x", "setting tierguard.policy: it is missing", "TIERGUARD_POLICY");
        assertMessage(
                "jdbc:tierguard:h2:mem:x;tierguard.policy=/no/such/file;tierguard.component=c",
                "setting tierguard.policy (from the URL): the policy is refused",
                "/no/such/file");
        assertMessage(
                "jdbc:tierguard:h2:mem:x;tierguard.policy=classpath:none.tierguard;tierguard.component=c",
                "there is no resource none.tierguard");
        assertMessage(
                "jdbc:tierguard:h2:mem:x;tierguard.polcy=a",
                "setting tierguard.polcy (from the URL): there is no such setting; did you mean tierguard.policy?");
        assertMessage(
                "jdbc:tierguard:h2:mem:x;tierguard.policy=" + policy, "setting tierguard.component: it is missing");
        assertMessage(
                "jdbc:tierguard:h2:mem:x;tierguard.policy=" + policy + ";tierguard.component=chekout",
                "setting tierguard.component (from the URL): the policy shop declares no component chekout",
                "only checkout; did you mean checkout?");
        assertMessage(
                "jdbc:tierguard:h2:mem:x;tierguard.policy=" + policy + ";tierguard.component=checkout;tierguard.audit="
                        + policy.resolve("below/a.jsonl"),
                "setting tierguard.audit (from the URL): ");
        assertMessage(
                url(";tierguard.driver=no.such.Driver"), "setting tierguard.driver (from the URL): ", "no.such.Driver");
        assertMessage(url(";tierguard.driver=java.lang.String"), "java.lang.String is no java.sql.Driver");
        assertMessage("jdbc:tierguard:x", "jdbc:tierguard:…", "jdbc:tierguard:postgresql:");
    }

    @Test
    void aPolicyWithErrorsIsShownWithItsDiagnostics() throws IOException {
        Files.writeString(policy, "tier ledger is imutable\n");
        assertMessage(url(""), "setting tierguard.policy (from the URL): the policy is refused", "imutable", ":1:");
    }

    @Test
    void propertyInfoTellsOurSettingsAndTheRealDriversOwn() throws SQLException {
        DriverPropertyInfo[] infos = driver.getPropertyInfo(
                "jdbc:tierguard:postgresql://localhost/shop?tierguard.component=checkout", new Properties());
        assertThat(infos).extracting(info -> info.name).startsWith("tierguard.policy", "tierguard.component");
        assertThat(infos).extracting(info -> info.name).contains("sslmode");
        assertThat(infos[1].value).isEqualTo("checkout");
        assertThat(infos[0].required).isTrue();
    }

    private void assertMessage(String url, String... parts) {
        assertThatThrownBy(() -> driver.connect(url, user()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(parts)
                .extracting(failure -> ((SQLException) failure).getSQLState())
                .isEqualTo("28000");
    }
}
