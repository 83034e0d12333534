package io.tierguard.integration;

import static io.tierguard.integration.GuardedTables.assertDenied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tierguard.jdbc.DenialException;
import io.tierguard.jdbc.TierguardDataSource;
import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.apache.commons.dbcp2.BasicDataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A pool that takes a connection back whose transaction is doomed gives none out that is of no use. */
class DoomedPoolTest {
    private static final String POLICY = """
            table payment is ledger
            table note is operational

            component app {
              grant select on tier ledger
              grant select, insert, update, delete on tier operational
            }
            """;

    private static final String REFUSED = "DELETE FROM payment WHERE id = 1";

    @TempDir
    private Path folder;

    private GuardedTables open(TestDatabase database) throws Exception {
        return GuardedTables.open(
                database,
                folder,
                POLICY,
                "CREATE TABLE payment (id INT PRIMARY KEY)",
                "CREATE TABLE note (id INT PRIMARY KEY)");
    }

    private static String note(int id) {
        return "INSERT INTO note VALUES (" + id + ")";
    }

    @ParameterizedTest
    @MethodSource("io.tierguard.integration.DoomedTransactionsTest#databases")
    void aPoolResetsADoomedConnectionAndKeepsIt(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            CountedConnections real = new CountedConnections(tables);
            HikariConfig config = new HikariConfig();
            config.setDataSource(new TierguardDataSource(real, tables.settings()));
            config.setMaximumPoolSize(1);
            try (HikariDataSource pool = new HikariDataSource(config)) {
                for (int round = 0; round < 3; round++) {
                    try (Connection connection = pool.getConnection();
                            Statement statement = connection.createStatement()) {
                        assertThat(connection.getAutoCommit()).isTrue();
                        statement.execute(note(round));
                        connection.setAutoCommit(false);
                        statement.execute(note(10));
                        assertDenied(statement, Reason.IMMUTABLE_TIER, REFUSED);
                    }
                    // Hikari does not roll back where nothing but a prepare was asked for.
                    try (Connection connection = pool.getConnection()) {
                        assertThat(connection.getAutoCommit()).isTrue();
                        connection.setAutoCommit(false);
                        assertThatThrownBy(() -> connection.prepareStatement(REFUSED))
                                .isInstanceOf(DenialException.class);
                    }
                }
                try (Connection connection = pool.getConnection()) {
                    assertThat(connection.isValid(5)).isTrue();
                }
            }
            assertThat(real.made).hasValue(1);
            assertThat(tables.count("note")).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @MethodSource("io.tierguard.integration.TestDatabase#ofApplications")
    void aConnectionThatATextHasLeftInADoomedTransactionIsReplaced(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database)) {
            CountedConnections real = new CountedConnections(tables);
            TierguardDataSource guarded = new TierguardDataSource(real, tables.settings());
            try (BasicDataSource pool = new BasicDataSource() {
                @Override
                protected org.apache.commons.dbcp2.ConnectionFactory createConnectionFactory() {
                    return guarded::getConnection;
                }
            }) {
                pool.setMaxTotal(1);
                try (Connection connection = pool.getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("BEGIN");
                    statement.execute(note(1));
                    assertThat(connection.isValid(5)).isTrue();
                    assertDenied(statement, Reason.IMMUTABLE_TIER, REFUSED);
                    assertThat(connection.isValid(5)).isFalse();
                }
                try (Connection connection = pool.getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute(note(2));
                }
            }
            assertThat(tables.count("note")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("io.tierguard.integration.TestDatabase#ofApplications")
    void aRequestThatEndsTakesItsDoomedTransactionWithIt(TestDatabase database) throws Exception {
        try (GuardedTables tables = open(database);
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            connection.beginRequest();
            statement.execute("BEGIN");
            statement.execute(note(1));
            assertDenied(statement, Reason.IMMUTABLE_TIER, REFUSED);
            connection.endRequest();
            assertThat(connection.isValid(5)).isTrue();
            connection.beginRequest();
            connection.setAutoCommit(false);
            statement.execute(note(2));
            connection.commit();
            statement.execute(note(3));
            assertDenied(statement, Reason.IMMUTABLE_TIER, REFUSED);
            connection.endRequest();
            statement.execute(note(4));
            connection.commit();
            assertThat(tables.count("note")).isEqualTo(2);
        }
    }
}
