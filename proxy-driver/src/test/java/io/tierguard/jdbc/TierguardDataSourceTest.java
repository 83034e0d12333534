package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TierguardDataSourceTest {
    @TempDir
    private Path folder;

    private final JdbcDataSource real = new JdbcDataSource();

    @BeforeEach
    void nameDatabase() {
        real.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";INIT=CREATE TABLE IF NOT EXISTS payment (id INT)");
    }

    @Test
    void itsConnectionsAreGuarded() throws SQLException, IOException {
        try (Connection connection = guarded("checkout").getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeQuery("SELECT id FROM payment").next()).isFalse();
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
    void wrongSettingsAreNamed() throws SQLException, IOException {
        TierguardDataSource guarded = guarded("chekout");
        assertThatThrownBy(guarded::getConnection)
                .hasMessageStartingWith("setting tierguard.component (from the properties): ");
        assertThatThrownBy(() -> new TierguardDataSource(real, Map.of("tierguard.x", "y")))
                .hasMessageContaining("there is no such setting");
    }

    private TierguardDataSource guarded(String component) throws SQLException, IOException {
        Path policy = Files.writeString(folder.resolve("shop.tierguard"), """
                policy shop {
                  schema path public
                }
                tier ledger is immutable
                table payment is ledger
                component checkout {
                  grant select on tier ledger
                }
                """);
        return new TierguardDataSource(
                real,
                Map.of(
                        "tierguard.policy", policy.toString(),
                        "tierguard.component", component,
                        "tierguard.audit", folder.resolve("audit.jsonl").toString()));
    }
}
