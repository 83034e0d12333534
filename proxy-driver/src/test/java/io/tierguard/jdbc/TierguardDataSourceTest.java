package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TierguardDataSourceTest {
    @TempDir
    private Path folder;

    private final JdbcDataSource real = new JdbcDataSource();

    @BeforeEach
    void makeDatabase() throws SQLException {
        real.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        try (Connection connection = real.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE payment (id INT)");
            statement.execute("INSERT INTO payment VALUES (1)");
        }
    }

    @Test
    void whatRunsWhileTheRealOneConnectsIsJudged() throws SQLException, IOException {
        String url = real.getURL();
        real.setURL(url + ";INIT=DELETE FROM payment");
        TierguardDataSource guarded = guarded("checkout");
        assertThatThrownBy(guarded::getConnection).isInstanceOf(DenialException.class);
        assertThatThrownBy(() -> guarded.getConnection("", "")).isInstanceOf(DenialException.class);
        real.setURL(url);
        try (Connection connection = guarded.getConnection();
                ResultSet rows = connection.createStatement().executeQuery("SELECT id FROM payment")) {
            assertThat(rows.next()).isTrue();
        }
    }

    @Test
    void aBeanConnectsByItsUrlAndGivesNoSecretBack() throws SQLException, IOException {
        TierguardDataSource bean = new TierguardDataSource();
        bean.setUrl(real.getURL() + ";PASSWORD=secret");
        bean.setUser("");
        bean.setPassword("secret");
        bean.setPolicy(policy().toString());
        bean.setComponent("checkout");
        bean.setAudit(folder.resolve("audit.jsonl").toString());
        bean.setLoginTimeout(7);
        assertThat(bean.getUrl() + bean + bean.getUser()).doesNotContain("secret");
        assertThat(bean.getLoginTimeout()).isEqualTo(7);
        assertThatThrownBy(bean::getConnection)
                .isInstanceOf(SQLException.class)
                .satisfies(failure -> assertThat(failure.toString()).doesNotContain("secret"));
        bean.setUrl(real.getURL());
        bean.setPassword("");
        try (Connection connection = bean.getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("DELETE FROM payment")).isInstanceOf(DenialException.class);
        }
        try (Connection connection = bean.getConnection("", "")) {
            assertThat(connection).isInstanceOf(GuardedConnection.class);
        }
    }

    @Test
    void aBeanWithoutUrlSaysSo() {
        assertThatThrownBy(new TierguardDataSource()::getConnection).hasMessageContaining("has no URL");
    }

    @Test
    void twoComponentsOfOneProcessHaveTheirOwnRights() throws SQLException, IOException {
        try (Connection first = guarded("checkout").getConnection();
                Connection second = guarded("billing").getConnection();
                Statement one = first.createStatement();
                Statement two = second.createStatement()) {
            assertThatThrownBy(() -> one.execute("INSERT INTO payment VALUES (2)"))
                    .isInstanceOf(DenialException.class);
            assertThat(two.executeUpdate("INSERT INTO payment VALUES (2)")).isEqualTo(1);
            assertThat(one.executeQuery("SELECT id FROM payment").next()).isTrue();
        }
    }

    @Test
    void aBuildersConnectionIsGuarded() throws SQLException, IOException {
        DataSource built = mock(DataSource.class);
        ConnectionBuilder builder = mock(ConnectionBuilder.class, RETURNS_SELF);
        when(built.createConnectionBuilder()).thenReturn(builder);
        when(builder.build()).thenAnswer(call -> real.getConnection());
        DataSource guarded = TierguardDataSource.wrap(built, settings("checkout"));
        try (Connection connection =
                guarded.createConnectionBuilder().user("sa").password("").build()) {
            assertThat(connection).isInstanceOf(GuardedConnection.class);
        }
    }

    @Test
    void itsConnectionsAreGuarded() throws SQLException, IOException {
        try (Connection connection = guarded("checkout").getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeQuery("SELECT id FROM payment").next()).isTrue();
            assertThatThrownBy(() -> statement.execute("DELETE FROM payment")).isInstanceOf(DenialException.class);
        }
    }

    @Test
    void theRealDataSourceIsNotHandedOut() throws SQLException, IOException {
        TierguardDataSource guarded = guarded("checkout");
        assertThat(guarded.unwrap(TierguardDataSource.class)).isSameAs(guarded);
        assertThat(guarded.isWrapperFor(JdbcDataSource.class)).isFalse();
        assertThatThrownBy(() -> guarded.unwrap(JdbcDataSource.class)).isInstanceOf(DenialException.class);
    }

    @Test
    void whatTheRealDataSourceIsNotItSaysItself() throws SQLException, IOException {
        SQLException isNone = new SQLException("it is none");
        DataSource plain = mock(DataSource.class);
        when(plain.unwrap(any())).thenThrow(isNone);
        DataSource guarded = TierguardDataSource.wrap(plain, settings("checkout"));
        assertThat(guarded.isWrapperFor(null)).isFalse();
        for (Class<?> type : new Class<?>[] {String.class, null}) {
            assertThatThrownBy(() -> guarded.unwrap(type)).isSameAs(isNone);
            assertThatThrownBy(() -> new TierguardDataSource().unwrap(type)).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aRealDataSourceThatHandsOutWhatItDeniedToBeIsNoWayPastTheGuard() throws SQLException, IOException {
        DataSource lying = mock(DataSource.class);
        when(lying.unwrap(JdbcDataSource.class)).thenReturn(real);
        DataSource guarded = TierguardDataSource.wrap(lying, settings("checkout"));
        assertThatThrownBy(() -> guarded.unwrap(JdbcDataSource.class)).isInstanceOf(DenialException.class);
    }

    @Test
    void wrongSettingsAreNamed() throws SQLException, IOException {
        TierguardDataSource guarded = guarded("chekout");
        assertThatThrownBy(guarded::getConnection)
                .hasMessageStartingWith("setting tierguard.component (from the properties): ");
        assertThatThrownBy(() -> new TierguardDataSource(real, Map.of("tierguard.x", "y")))
                .hasMessageContaining("there is no such setting");
    }

    private TierguardDataSource guarded(String component) throws SQLException, IOException {
        return new TierguardDataSource(real, settings(component));
    }

    private Map<String, String> settings(String component) throws IOException {
        return Map.of(
                "tierguard.policy", policy().toString(),
                "tierguard.component", component,
                "tierguard.audit", folder.resolve("audit.jsonl").toString());
    }

    private Path policy() throws IOException {
        return Files.writeString(folder.resolve("shop.tierguard"), """
                policy shop {
                  schema path public
                }
                tier ledger is immutable
                table payment is ledger
                component checkout {
                  grant select on tier ledger
                }
                component billing {
                  grant select, insert on tier ledger
                }
                """);
    }
}
