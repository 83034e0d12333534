package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was prepared while a waiver or an observation held does not run once it has ended. */
class WindowEndsTest {
    private static final String RULES = """
            table ledger is ledger

            component app {
              grant select, insert on ledger
            }
            """;

    private static final String WAIVER = """

            waiver erasure {
              why "asked for"
              ticket "DP-1"
              owner "data-guardians@shop.example"
              from 2020-01-01T00:00Z
              until %s
              grant delete on ledger to app
            }
            """;

    private static final String OBSERVATION = """

            observe app {
              why "being classified"
              reasons not-granted, immutable-tier
              until %s
            }
            """;

    private static final String[] SCHEMA = {
        "CREATE TABLE ledger (id INT PRIMARY KEY, amount INT)",
        "INSERT INTO ledger VALUES (1, 10), (2, 20), (3, 30), (4, 40)",
    };

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"H2, waiver", "H2, observation", "POSTGRESQL, waiver", "POSTGRESQL, observation"})
    void whatWasPreparedBeforeTheEndIsDeniedAfterIt(LiveDatabase database, String kind) throws Exception {
        // On a busy machine the window may be over before anything has run in it.
        for (int seconds = 2; !isDeniedAfterTheEnd(database, kind, seconds); seconds *= 2) {
            assertThat(seconds).isLessThan(64);
        }
    }

    private boolean isDeniedAfterTheEnd(LiveDatabase database, String kind, int seconds) throws Exception {
        Instant end = Instant.now().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS);
        String window = (kind.equals("waiver") ? WAIVER : OBSERVATION).formatted(end);
        try (GuardedTables tables = GuardedTables.open(database, folder, RULES + window, SCHEMA);
                Connection connection = tables.connect();
                PreparedStatement delete = connection.prepareStatement("DELETE FROM ledger WHERE id = ?");
                Statement batch = connection.createStatement();
                Statement scrolled =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                ResultSet rows = scrolled.executeQuery("SELECT id, amount FROM ledger ORDER BY id")) {
            delete.setInt(1, 4);
            assertThat(delete.executeUpdate()).isEqualTo(1);
            delete.setInt(1, 1);
            delete.addBatch();
            batch.addBatch("DELETE FROM ledger WHERE id = 2");
            rows.next();
            if (Instant.now().isAfter(end.minusMillis(100))) {
                return false;
            }
            Thread.sleep(Math.max(0, Duration.between(Instant.now(), end).toMillis()) + 50);
            denied(delete::executeUpdate);
            denied(delete::execute);
            denied(delete::executeBatch);
            denied(batch::executeBatch);
            denied(rows::deleteRow);
            denied(() -> connection.prepareStatement("DELETE FROM ledger WHERE id = 3"));
            assertThat(tables.count("ledger")).isEqualTo(3);
            return true;
        } catch (DenialException before) {
            if (Instant.now().isBefore(end)) {
                throw before;
            }
            return false;
        }
    }

    private static void denied(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(DenialException.class);
    }
}
