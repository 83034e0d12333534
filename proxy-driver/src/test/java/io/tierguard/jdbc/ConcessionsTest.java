package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.policy.model.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbc.JdbcStatement;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy concedes for a time, on a connection of the driver; the rules E4, E5, E10, E11, E13, E14 and E20. */
class ConcessionsTest {
    private static final String POLICY = """
            tier ledger is immutable

            tier operational is mutable

            table payment is ledger
            table orders is operational

            component checkout {
              grant select on tier operational
            }
            """;

    private static final String TRUST = """

            trust checkout {
              why "a driver of its own"
              owner "data-guardians@shop.example"
              unwrap
              administer
              until 2999-01-01T00:00Z
            }
            """;

    private static final String OBSERVE = """

            observe checkout {
              why "being classified"
              until 2999-01-01T00:00Z
            }
            """;

    private static final String ALL_IS_ALLOWED = """
            tier open is mutable

            tier other is mutable

            table * is open
            table orders is other

            component checkout {
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier open
              grant select, insert, update, delete, truncate, create, extend, alter, drop on orders
            }

            trust checkout {
              why "a suite of tests"
              owner "data-guardians@shop.example"
              unwrap
              define
              administer
              until 2999-01-01T00:00Z
            }
            """;

    @TempDir
    private Path folder;

    private final String database = "jdbc:h2:mem:" + UUID.randomUUID();
    private final TierguardDriver driver = new TierguardDriver(new Guards(), List.of());
    private Connection owner;

    @BeforeEach
    void createShop() throws SQLException {
        owner = DriverManager.getConnection(database, "sa", "");
        try (Statement statement = owner.createStatement()) {
            statement.execute("CREATE TABLE payment (id INT PRIMARY KEY); CREATE TABLE orders (id INT PRIMARY KEY)");
        }
    }

    @AfterEach
    void dropShop() throws SQLException {
        owner.close();
    }

    private Path audit() {
        return folder.resolve("audit.jsonl");
    }

    private Connection connect(String policy) throws SQLException, IOException {
        Path file = Files.writeString(folder.resolve("shop.tierguard"), policy);
        Properties properties = new Properties();
        properties.setProperty("user", "sa");
        properties.setProperty("password", "");
        properties.setProperty("tierguard.policy", file.toString());
        properties.setProperty("tierguard.component", "checkout");
        properties.setProperty("tierguard.audit", audit().toString());
        String url = database.replaceFirst("jdbc:", "jdbc:tierguard:");
        return Objects.requireNonNull(driver.connect(url, properties));
    }

    @Test
    void e10WhoIsTrustedWithUnwrapGetsTheRealObjectAndItIsRecordedBefore() throws SQLException, IOException {
        try (Connection connection = connect(POLICY + TRUST);
                Statement statement = connection.createStatement()) {
            assertThat(connection.isWrapperFor(JdbcConnection.class)).isTrue();
            assertThat(connection.unwrap(JdbcConnection.class)).isInstanceOf(JdbcConnection.class);
            assertThat(Files.readString(audit()))
                    .contains("\"db.operation.name\":\"unwrap(org.h2.jdbc.JdbcConnection)\"")
                    .contains("\"decision\":\"allow\"");
            assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
            assertThat(statement.unwrap(JdbcStatement.class)).isNotNull();
            assertThatThrownBy(() -> connection.unwrap(Path.class))
                    .isInstanceOf(SQLException.class)
                    .isNotInstanceOf(DenialException.class);
        }
    }

    @Test
    void e10WithoutTrustNothingIsHandedOut() throws SQLException, IOException {
        try (Connection connection = connect(POLICY + OBSERVE)) {
            assertThat(connection.isWrapperFor(JdbcConnection.class)).isFalse();
            assertThatThrownBy(() -> connection.unwrap(JdbcConnection.class)).isInstanceOf(DenialException.class);
        }
    }

    @Test
    void e10TheDataSourceHandsOutTheRealOneToWhoIsTrusted() throws SQLException, IOException {
        JdbcDataSource real = new JdbcDataSource();
        real.setURL(database);
        real.setUser("sa");
        real.setPassword("");
        Path file = Files.writeString(folder.resolve("shop.tierguard"), POLICY + TRUST);
        TierguardDataSource guarded = new TierguardDataSource(
                real,
                Map.of(
                        "tierguard.policy", file.toString(),
                        "tierguard.component", "checkout",
                        "tierguard.audit", audit().toString()));
        assertThat(guarded.unwrap(JdbcDataSource.class)).isSameAs(real);
    }

    @Test
    void e11WhoIsTrustedToAdministerMayAndItIsOnTheDiskBefore() throws SQLException, IOException {
        try (Connection connection = connect(POLICY + TRUST);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE USER app PASSWORD 'x'");
            assertThat(Files.readString(audit())).contains("\"db.operation.name\":\"CREATE USER\"");
            assertThatThrownBy(() -> statement.execute("GRANT SELECT ON orders TO app; DELETE FROM orders"))
                    .isInstanceOf(DenialException.class);
        }
    }

    @Test
    void e11WithoutTrustNobodyAdministersNotEvenObserved() throws SQLException, IOException {
        try (Connection connection = connect(POLICY + OBSERVE);
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("CREATE USER app PASSWORD 'x'"))
                    .isInstanceOfSatisfying(
                            DenialException.class,
                            denied -> assertThat(denied.reason()).isEqualTo(Reason.NOT_GRANTED));
        }
    }

    @Test
    void e4WhatIsObservedRuns() throws SQLException, IOException {
        try (Connection connection = connect(POLICY + OBSERVE);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("INSERT INTO orders VALUES (1)")).isEqualTo(1);
            assertThat(Files.readString(audit())).contains("\"decision\":\"would-deny\"");
            assertThatThrownBy(() -> statement.execute("DELETE FROM payment")).isInstanceOf(DenialException.class);
        }
    }

    @Test
    void e5WhatIsObservedIsFollowed() throws SQLException, IOException {
        try (Connection connection = connect(
                        POLICY + OBSERVE.replace("  until", "  reasons not-granted, unclassified-table\n  until"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE VIEW seen AS SELECT id FROM payment");
            assertThatThrownBy(() -> statement.execute("DELETE FROM seen")).isInstanceOf(DenialException.class);
        }
    }

    @Test
    void e20WhereNothingCouldBeDeniedTheDatabaseSaysWhatItDoesNotUnderstand() throws SQLException, IOException {
        try (Statement owning = owner.createStatement()) {
            owning.execute("CREATE ALIAS wipe AS 'int wipe(Connection c) throws SQLException"
                    + " { return c.createStatement().executeUpdate(\"DELETE FROM orders\"); }'");
            owning.execute("INSERT INTO orders VALUES (1)");
        }
        try (Connection connection = connect(ALL_IS_ALLOWED);
                Statement statement = connection.createStatement()) {
            for (String text : List.of("FROBNICATE orders", "SELECT 'never closed", "SELECT (1", "SELECT {x}")) {
                assertThatThrownBy(() -> statement.execute(text))
                        .as(text)
                        .isInstanceOf(SQLException.class)
                        .isNotInstanceOf(DenialException.class);
            }
            assertThat(statement.execute("EXECUTE IMMEDIATE 'INSERT INTO orders ' || 'VALUES (2)'"))
                    .isFalse();
            try (ResultSet wiped = statement.executeQuery("SELECT wipe()")) {
                assertThat(wiped.next()).isTrue();
                assertThat(wiped.getInt(1)).isEqualTo(2);
            }
            assertThat(Files.readString(audit()))
                    .contains("\"db.operation.name\":\"FROBNICATE\"")
                    .contains("\"decision\":\"allow\"")
                    .doesNotContain("\"decision\":\"deny\"")
                    .doesNotContain("\"decision\":\"would-deny\"");
        }
    }

    @Test
    void e20ALinkedTableIsCoveredByNoWildcard() throws SQLException, IOException {
        String other = "jdbc:h2:mem:" + UUID.randomUUID();
        try (Connection far = DriverManager.getConnection(other, "sa", "");
                Statement behind = far.createStatement();
                Statement owning = owner.createStatement()) {
            behind.execute("CREATE TABLE far (id INT)");
            owning.execute("CREATE LINKED TABLE far('', '" + other + "', 'sa', '', 'FAR')");
            try (Connection connection = connect(ALL_IS_ALLOWED);
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute("EXECUTE IMMEDIATE 'DELETE FR' || 'OM far'"))
                        .isInstanceOf(DenialException.class);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "  unwrap | ''",
                "  define | ''",
                "  administer | ''",
                "table * is open | table *.* is open {;  limit update 5 rows;}",
                "table * is open | table b* is open",
                "table * is open | table public.* is open",
                "tier other is mutable | tier other is immutable",
                "tier other is mutable | tier other is mutable {;  forbid drop;}",
                "tier other is mutable | tier other is mutable {;  require where on delete;}",
                "tier other is mutable | tier other is mutable {;  limit delete 5 rows;}",
                "component checkout { | component checkout {;  limit insert 5 rows",
                "drop on tier open | drop on tier other",
                "truncate, create, extend, alter, drop on orders | drop on orders",
                "drop on orders | drop on public.orders",
            })
    void e20OneThingThatCouldBeDeniedIsEnoughForWhatNobodyCanRead(String written, String instead)
            throws SQLException, IOException {
        assertThat(ALL_IS_ALLOWED).contains(written);
        try (Connection connection = connect(ALL_IS_ALLOWED.replace(written, instead.replace(";", "\n")));
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("FROBNICATE orders"))
                    .isInstanceOfSatisfying(
                            DenialException.class,
                            denied -> assertThat(denied.reason()).isEqualTo(Reason.UNREADABLE_SQL));
        }
    }

    @Test
    void e13APolicyOnTheClassPathIncludesResourcesByTheirNames() throws SQLException, IOException {
        assertThat(new String(new ClassPathFiles("docs/x.tierguard").read("shop.tierguard", 9), StandardCharsets.UTF_8))
                .isEqualTo("# The poli");
        assertThatThrownBy(() -> new ClassPathFiles("docs/x.tierguard").read("none.tierguard", 9))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no resource docs/none.tierguard on the class path");
        assertThatThrownBy(() -> new ClassPathFiles("x.tierguard").list("docs/"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be listed");
    }

    @Test
    void e14APathThatIsNotThePolicysIsWorthAWord() {
        assertThat(Protection.isSamePath(List.of("public"), List.of("pg_catalog", "public")))
                .isTrue();
        assertThat(Protection.isSamePath(List.of(), List.of("tenant"))).isTrue();
        assertThat(Protection.isSamePath(List.of("public"), List.of("pg_catalog", "tenant", "public")))
                .isFalse();
        assertThat(Protection.isSamePath(List.of("a", "b"), List.of("b", "a"))).isFalse();
    }
}
