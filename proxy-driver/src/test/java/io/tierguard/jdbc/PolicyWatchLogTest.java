package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who looks after a policy that cannot take over is told so in the log, at WARN, once. */
class PolicyWatchLogTest {
    private static final String POLICY = """
            tier operational is mutable
            table orders is operational
            component checkout {
              connects as "sa"
              grant select, insert on orders
            }
            """;

    @TempDir
    private Path folder;

    private Path file;
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private Connection connection;

    @BeforeEach
    void connect() throws IOException, SQLException {
        file = folder.resolve("shop.tierguard");
        write(POLICY);
        String url = "jdbc:tierguard:h2:mem:;tierguard.policy=" + file
                + ";tierguard.component=checkout;tierguard.policy-reload=1;tierguard.audit="
                + folder.resolve("audit.jsonl");
        connection = DriverManager.getConnection(url, "sa", "");
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() throws SQLException {
        System.setErr(before);
        connection.close();
    }

    /** As a file that has been there for long. */
    private void write(String text) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(100 + text.length())));
    }

    /** What is said with the next look, which a statement takes. */
    private String said() throws SQLException, InterruptedException {
        Thread.sleep(1100);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        }
        String said = log.toString(StandardCharsets.UTF_8);
        log.reset();
        return said;
    }

    @Test
    void aChangeThatIsNoPolicyIsToldWithItsErrorsOnce() throws Exception {
        write(POLICY.replace("grant select", "grant delite"));
        assertThat(said())
                .contains("WARN", "shop.tierguard has changed and is refused; ", " stays in force", "delite")
                .containsOnlyOnce("has changed");
        assertThat(said()).isEmpty();
    }

    @Test
    void soIsOneThatKnowsTheComponentNoMore() throws Exception {
        write(POLICY.replace("checkout", "till"));
        assertThat(said()).contains("WARN", "has changed and declares no component checkout; ");
        write(POLICY + "# as before\n");
        assertThat(said()).isEmpty();
    }
}
