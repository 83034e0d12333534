package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.tierguard.policy.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TierguardDriverTest {
    private static final String POLICY = """
            policy shop {
              schema path public
            }
            tier ledger is immutable
            tier operational is mutable
            table payment is ledger
            table orders is operational
            component checkout {
              connects as "checkout_rw"
              grant select, insert on tier ledger
              grant select, insert, update, delete on tier operational
            }
            """;

    @TempDir
    private Path folder;

    private final String database = "jdbc:h2:mem:" + UUID.randomUUID();
    private final TierguardDriver driver = new TierguardDriver(new Guards(), List.of());
    private Connection owner;
    private Path policy;

    @BeforeEach
    void createShop() throws SQLException, IOException {
        policy = Files.writeString(folder.resolve("shop.tierguard"), POLICY);
        owner = DriverManager.getConnection(database, "owner", "");
        try (Statement statement = owner.createStatement()) {
            statement.execute("CREATE TABLE payment (id INT PRIMARY KEY, amount INT)");
            statement.execute("CREATE TABLE orders (id INT PRIMARY KEY, state VARCHAR)");
            statement.execute("INSERT INTO payment VALUES (1, 100)");
            statement.execute("INSERT INTO orders VALUES (1, 'new')");
            statement.execute("CREATE USER checkout_rw PASSWORD 'x'");
            statement.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA public TO checkout_rw");
        }
    }

    @AfterEach
    void dropShop() throws SQLException {
        owner.close();
    }

    @Test
    void aDeleteOnAnImmutableTierIsDenied() throws SQLException {
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeUpdate("DELETE FROM payment"))
                    .isInstanceOfSatisfying(DenialException.class, denial -> {
                        assertThat(denial.getSQLState()).isEqualTo("42501");
                        assertThat(denial.reason()).isEqualTo(Reason.IMMUTABLE_TIER);
                        assertThat(denial.auditId()).isNotEmpty();
                        assertThat(denial.rule()).contains("shop.tierguard:");
                    });
        }
        assertThat(count("SELECT COUNT(*) FROM payment")).isEqualTo(1);
    }

    @Test
    void whatThePolicyAllowsRunsAsOnTheBareDriver() throws SQLException {
        try (Connection connection = connect("");
                PreparedStatement insert = connection.prepareStatement("INSERT INTO payment VALUES (?, ?)")) {
            insert.setInt(1, 2);
            insert.setInt(2, 200);
            assertThat(insert.executeUpdate()).isEqualTo(1);
            insert.setInt(1, 3);
            insert.addBatch();
            insert.setInt(1, 4);
            insert.addBatch();
            assertThat(insert.executeBatch()).containsExactly(1, 1);
        }
        assertThat(count("SELECT COUNT(*) FROM payment")).isEqualTo(4);
    }

    @Test
    void anUpdatableResultSetCannotChangeAnImmutableTable() throws SQLException {
        try (Connection connection = connect("");
                Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                ResultSet rows = statement.executeQuery("SELECT id, amount FROM payment")) {
            rows.next();
            rows.updateInt("amount", 0);
            assertThatThrownBy(rows::updateRow).isInstanceOf(DenialException.class);
            assertThatThrownBy(rows::deleteRow).isInstanceOf(DenialException.class);
        }
        assertThat(count("SELECT SUM(amount) FROM payment")).isEqualTo(100);
    }

    @Test
    void aBatchCannotTakeAProtectedTablesNameThroughAnotherSchema() throws SQLException, IOException {
        Files.writeString(
                policy,
                POLICY.replace("table payment is ledger", "table payment is ledger\ntable books.orders is ledger"));
        try (Statement statement = owner.createStatement()) {
            statement.execute("CREATE SCHEMA books");
            statement.execute("CREATE TABLE books.orders (id INT PRIMARY KEY)");
            statement.execute("INSERT INTO books.orders VALUES (1)");
            statement.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA books TO checkout_rw");
        }
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            statement.addBatch("SET SCHEMA books");
            statement.addBatch("DELETE FROM orders");
            assertThatThrownBy(statement::executeBatch)
                    .isInstanceOfSatisfying(
                            DenialException.class,
                            denial -> assertThat(denial.reason()).isEqualTo(Reason.IMMUTABLE_TIER));
        }
        assertThat(count("SELECT COUNT(*) FROM books.orders")).isEqualTo(1);
    }

    @Test
    void aCascadeMadePastTheGuardIsKnownToAConnectionASecondLater() throws SQLException, InterruptedException {
        try (Connection first = connect("");
                Statement early = first.createStatement();
                Statement statement = owner.createStatement()) {
            assertThat(early.executeUpdate("DELETE FROM orders WHERE id = 7")).isZero();
            statement.execute("ALTER TABLE payment ADD COLUMN for_order INT");
            statement.execute(
                    "ALTER TABLE payment ADD FOREIGN KEY (for_order) REFERENCES orders (id) ON DELETE CASCADE");
            statement.execute("UPDATE payment SET for_order = 1");
            Thread.sleep(1100);
            try (Connection second = connect("");
                    Statement late = second.createStatement()) {
                assertThatThrownBy(() -> late.executeUpdate("DELETE FROM orders"))
                        .isInstanceOf(DenialException.class);
            }
        }
        assertThat(count("SELECT COUNT(*) FROM payment")).isEqualTo(1);
    }

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
                "-c%20search_path=app,pg_catalog",
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
    void otherDriversUrlsAreLeftToThem() throws SQLException {
        assertThat(driver.acceptsURL("jdbc:h2:mem:x")).isFalse();
        assertThat(driver.connect("jdbc:h2:mem:x", new Properties())).isNull();
        assertThat(driver.acceptsURL("jdbc:tierguard:oracle:thin:@x")).isTrue();
    }

    @Test
    void theServiceLoaderKnowsTheDriver() throws SQLException {
        assertThat(DriverManager.getDriver("jdbc:tierguard:h2:mem:x")).isInstanceOf(TierguardDriver.class);
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

    @Test
    void whatAPoolAsksOfAConnectionWorks() throws SQLException {
        try (Connection connection = connect("")) {
            assertThat(connection.isValid(1)).isTrue();
            connection.setNetworkTimeout(Runnable::run, 1000);
            assertThat(connection.getNetworkTimeout()).isNotNegative();
            connection.setReadOnly(false);
            connection.setAutoCommit(false);
            connection.rollback();
            connection.setAutoCommit(true);
            connection.clearWarnings();
            assertThat(connection.getSchema()).isEqualToIgnoringCase("public");
        }
    }

    @Test
    void manyThreadsWithConnectionsOfTheirOwnAreAllGuarded() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> denials = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                denials.add(threads.submit(() -> deniedDeletes(20)));
            }
            for (Future<Integer> denied : denials) {
                assertThat(denied.get()).isEqualTo(20);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(count("SELECT COUNT(*) FROM payment")).isEqualTo(1);
    }

    private int deniedDeletes(int attempts) throws SQLException {
        int denied = 0;
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < attempts; i++) {
                try (ResultSet rows = statement.executeQuery("SELECT id FROM payment")) {
                    assertThat(rows.next()).isTrue();
                }
                try {
                    statement.execute("DELETE FROM payment WHERE id = " + i);
                } catch (DenialException expected) {
                    denied++;
                }
            }
        }
        return denied;
    }

    private void assertMessage(String url, String... parts) {
        assertThatThrownBy(() -> driver.connect(url, user()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(parts)
                .extracting(failure -> ((SQLException) failure).getSQLState())
                .isEqualTo("28000");
    }

    private Connection connect(String more) throws SQLException {
        return Objects.requireNonNull(driver.connect(url(more), user()));
    }

    private String url(String more) {
        return database.replace("jdbc:h2", "jdbc:tierguard:h2") + ";tierguard.policy=" + policy
                + ";tierguard.component=checkout;tierguard.audit=" + folder.resolve("audit.jsonl") + more;
    }

    private static Properties user() {
        Properties properties = new Properties();
        properties.setProperty("user", "checkout_rw");
        properties.setProperty("password", "x");
        return properties;
    }

    private long count(String query) {
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /** A real driver that a test can name by its class. */
    public static final class RecordingDriver implements Driver {
        private static Driver delegate = mock(Driver.class);

        @Override
        public Connection connect(String url, Properties properties) throws SQLException {
            return delegate.connect(url, properties);
        }

        @Override
        public boolean acceptsURL(String url) {
            return false;
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }
    }
}
