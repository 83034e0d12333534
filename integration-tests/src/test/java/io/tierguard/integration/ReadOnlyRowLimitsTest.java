package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code setReadOnly} comes to on PostgreSQL is the same under a limit of rows; the bare driver is the oracle. */
class ReadOnlyRowLimitsTest extends LimitedShop {
    private static final String UPDATE = "UPDATE item SET price = 1 WHERE id = 1";

    /** Runs something. */
    private interface Call {
        void run() throws SQLException;
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    transaction, ''
                    always, ''
                    ignore, ''
                    transaction, SET default_transaction_read_only = on
                    always, SET default_transaction_read_only = on
                    transaction, SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY
                    transaction, SET default_transaction_isolation = serializable
                    """)
    void aConnectionSetToReadOnlyWritesWhatItWouldWithoutALimit(String mode, String setting) throws Exception {
        try (Shop shop = open(LiveDatabase.POSTGRESQL)) {
            String bare = shop.database.withSetting(shop.realUrl, "readOnlyMode", mode);
            String guarded = shop.guardedUrl("checkout", policy()) + "&readOnlyMode=" + mode;
            List<String> expected = new ArrayList<>();
            List<String> seen = new ArrayList<>();
            try (Connection connection = DriverManager.getConnection(bare, "postgres", "")) {
                writeReadOnly(connection, setting, expected);
            }
            try (Connection connection = DriverManager.getConnection(guarded, "postgres", "")) {
                writeReadOnly(connection, setting, seen);
            }
            assertThat(seen).isEqualTo(expected);
            assertThat(expected).contains("true true");
        }
    }

    private static void writeReadOnly(Connection connection, String setting, List<String> seen) throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement("UPDATE item SET price = ? WHERE id = 2")) {
            connection.setReadOnly(true);
            if (!setting.isEmpty()) {
                statement.execute(setting);
            }
            tell(connection, seen, () -> statement.executeUpdate(UPDATE));
            tell(connection, seen, () -> statement.executeUpdate("INSERT INTO item VALUES (1, 1)"));
            tell(connection, seen, () -> statement.executeUpdate("UPDATE item SET price = 'x'"));
            tell(connection, seen, () -> statement.executeUpdate("INSERT INTO note (price) VALUES (1)"));
            tell(connection, seen, () -> {
                prepared.setInt(1, 3);
                prepared.addBatch();
                prepared.executeBatch();
            });
            connection.setAutoCommit(false);
            tell(connection, seen, () -> statement.executeUpdate(UPDATE));
            connection.rollback();
            connection.setAutoCommit(true);
            tell(connection, seen, () -> statement.executeUpdate(UPDATE));
            connection.setReadOnly(false);
            tell(connection, seen, () -> statement.executeUpdate(UPDATE));
        }
    }

    private static void tell(Connection connection, List<String> seen, Call call) throws SQLException {
        try {
            call.run();
            seen.add("done");
        } catch (SQLException refused) {
            seen.add(refused.getSQLState());
        }
        seen.add(connection.isReadOnly() + " " + connection.getAutoCommit());
    }
}
