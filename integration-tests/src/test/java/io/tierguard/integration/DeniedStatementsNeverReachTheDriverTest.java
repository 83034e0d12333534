package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import io.tierguard.jdbc.DenialException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A denied text is refused before anything is asked of the real driver. */
class DeniedStatementsNeverReachTheDriverTest {

    /** Nothing reaches their databases, so that all attempts share them. */
    @TempDir
    private static Path folder;

    private static final Map<LiveDatabase, Shop> SHOPS = new EnumMap<>(LiveDatabase.class);

    @BeforeAll
    static void openShops() throws SQLException {
        for (LiveDatabase database : LiveDatabase.values()) {
            SHOPS.put(database, Shop.open(database, folder));
        }
    }

    @AfterAll
    static void closeShops() throws SQLException {
        for (Shop shop : SHOPS.values()) {
            shop.close();
        }
        SHOPS.clear();
    }

    static java.util.stream.Stream<org.junit.jupiter.params.provider.Arguments> attempts() {
        return ProtectedRowsTest.attempts();
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void whateverWayItCameIn(LiveDatabase database, String sql) throws Exception {
        Shop shop = Objects.requireNonNull(SHOPS.get(database));
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", "");
        properties.setProperty("tierguard.driver", ObservedDriver.class.getName());
        ObservedDriver.forget();
        try (Connection connection = DriverManager.getConnection(shop.guardedUrl("checkout"), properties)) {
            Connection observed = ObservedDriver.CONNECTIONS.get(0);
            ObservedDriver.STATEMENTS.clear();
            try (Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute(sql)).isInstanceOf(DenialException.class);
                assertThatThrownBy(() -> statement.executeUpdate(sql, Statement.RETURN_GENERATED_KEYS))
                        .isInstanceOf(DenialException.class);
                assertThatThrownBy(() -> statement.addBatch(sql)).isInstanceOf(DenialException.class);
                assertThatThrownBy(statement::executeBatch).isInstanceOf(DenialException.class);
                verifyNoInteractions(ObservedDriver.STATEMENTS.get(0));
                for (Statement real :
                        ObservedDriver.STATEMENTS) { // the others are the guard's own, where a look fell due
                    verify(real, never()).execute(sql);
                    verify(real, never()).executeUpdate(sql, Statement.RETURN_GENERATED_KEYS);
                    verify(real, never()).addBatch(sql);
                }
            }
            clearInvocations(observed);
            assertThatThrownBy(() -> {
                        try (PreparedStatement prepared = connection.prepareStatement(sql)) {
                            prepared.execute();
                        }
                    })
                    .isInstanceOf(DenialException.class);
            verify(observed, never()).prepareStatement(anyString());
        }
    }
}
