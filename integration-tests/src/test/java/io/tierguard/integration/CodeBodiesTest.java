package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a policy says of code it says of one body of it; rule E12. */
class CodeBodiesTest {
    private static final String POLICY = """
            tier operational is mutable

            table note is operational

            routine twice is harmless {
              why "arithmetic"
              body BODY
            }

            trigger touch on note is harmless {
              why "sets nothing"
              body BODY
            }

            component checkout {
              grant select, insert, update on note
            }
            """;

    private static final Pattern HASH = Pattern.compile("sha256:[0-9a-f]{64}");

    @TempDir
    private Path folder;

    private Path policy(String body) throws IOException {
        Path file = folder.resolve("code-" + body.hashCode() + ".tierguard");
        return Files.writeString(file, POLICY.replace("BODY", body));
    }

    private static void prepare(Shop shop, String... statements) throws SQLException {
        try (Connection connection = shop.connectPastTheGuard();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String routine(LiveDatabase database, String expression) {
        return switch (database) {
            case H2 -> "CREATE ALIAS twice AS 'int twice(int x) { return " + expression + "; }'";
            case POSTGRESQL ->
                "CREATE OR REPLACE FUNCTION twice(x int) RETURNS int LANGUAGE sql AS 'SELECT " + expression + "'";
        };
    }

    private static String hashIn(Throwable denied) {
        Matcher matcher = HASH.matcher(String.valueOf(denied.getMessage()));
        assertThat(matcher.find()).as(denied.getMessage()).isTrue();
        return matcher.group();
    }

    @ParameterizedTest
    @EnumSource
    void aFactHoldsOfTheBodyItWasSaidOfAndOfNoOther(LiveDatabase database) throws Exception {
        try (Shop shop = Shop.open(database, folder)) {
            prepare(shop, routine(database, "x + x"));
            String unknown = "sha256:" + "0".repeat(64);
            String live;
            try (Connection connection = shop.connectAs("checkout", policy(unknown));
                    Statement statement = connection.createStatement()) {
                Throwable denied = catchThrowable(() -> statement.executeQuery("SELECT twice(2)"));
                assertThat(denied)
                        .isInstanceOfSatisfying(
                                DenialException.class,
                                exception -> assertThat(exception.reason()).isEqualTo(Reason.UNKNOWN_ROUTINE));
                live = hashIn(denied);
            }
            try (Connection connection = shop.connectAs("checkout", policy(live));
                    Statement statement = connection.createStatement()) {
                statement.executeQuery("SELECT twice(2)").close();
            }
            prepare(shop, database == LiveDatabase.H2 ? "DROP ALIAS twice" : "SELECT 1", routine(database, "2 * x"));
            Thread.sleep(1_100); // a new connection reads a schema again that is older than a second
            try (Connection connection = shop.connectAs("checkout", policy(live));
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.executeQuery("SELECT twice(2)"))
                        .isInstanceOf(DenialException.class);
            }
        }
    }

    @Test
    void anotherRoutineOfTheNameMakesAFactVoid() throws Exception {
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder)) {
            prepare(shop, routine(LiveDatabase.POSTGRESQL, "x + x"));
            String live;
            try (Connection connection = shop.connectAs("checkout", policy("sha256:" + "0".repeat(64)));
                    Statement statement = connection.createStatement()) {
                live = hashIn(catchThrowable(() -> statement.executeQuery("SELECT twice(2)")));
            }
            prepare(
                    shop,
                    "CREATE SCHEMA other",
                    "CREATE FUNCTION other.twice(x text) RETURNS int LANGUAGE sql AS 'DELETE FROM public.orders; SELECT 1'");
            try (Connection connection = shop.connectAs("checkout", policy(live));
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.executeQuery("SELECT twice('2')"))
                        .isInstanceOf(DenialException.class);
            }
        }
    }

    @Test
    void aTriggersFactHoldsOfItsBodyToo() throws Exception {
        try (Shop shop = Shop.open(LiveDatabase.POSTGRESQL, folder)) {
            String dynamic = "CREATE OR REPLACE FUNCTION touching() RETURNS trigger LANGUAGE plpgsql AS"
                    + " 'BEGIN EXECUTE concat(''SELECT 1''); RETURN NEW; END'";
            prepare(
                    shop,
                    "CREATE TABLE note (id INT PRIMARY KEY)",
                    dynamic,
                    "CREATE TRIGGER touch BEFORE INSERT ON note FOR EACH ROW EXECUTE FUNCTION touching()");
            String live;
            try (Connection connection = shop.connectAs("checkout", policy("sha256:" + "0".repeat(64)));
                    Statement statement = connection.createStatement()) {
                live = hashIn(catchThrowable(() -> statement.execute("INSERT INTO note VALUES (1)")));
            }
            try (Connection connection = shop.connectAs("checkout", policy(live));
                    Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO note VALUES (1)");
            }
            prepare(shop, dynamic.replace("SELECT 1", "DELETE FROM public.orders"));
            Thread.sleep(1_100); // a new connection reads a schema again that is older than a second
            try (Connection connection = shop.connectAs("checkout", policy(live));
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute("INSERT INTO note VALUES (2)"))
                        .isInstanceOf(DenialException.class);
                assertThat(shop.rowsOf("orders")).hasSize(2);
            }
        }
    }
}
