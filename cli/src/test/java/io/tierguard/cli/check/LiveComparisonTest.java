package io.tierguard.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.cli.CommandRun;
import io.tierguard.cli.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a policy says is compared with a live H2; the same on PostgreSQL is among the integration tests. */
class LiveComparisonTest {
    private static final String URL = "jdbc:h2:mem:compared";

    private static final String POLICY = """
            tier ledger is immutable
            tier live is mutable
            table payment is ledger
            table far* is live
            """;

    @TempDir
    private Path folder;

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection(URL);
        execute("CREATE TABLE payment (id INT)", "CREATE TABLE farm (id INT)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void whatDiffersByCaseOnlyIsOneForThePolicy() throws Exception { // Y3
        execute("CREATE TABLE \"payment\" (id INT)");

        CommandRun run = check(POLICY);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("warning: the live tables `PUBLIC.PAYMENT` and `PUBLIC.payment` differ by case only\n");
    }

    @Test
    void tiersThatDifferByCaseOnlyAreAnError() throws Exception { // Y3
        execute("CREATE LINKED TABLE \"farm\" ('', 'jdbc:h2:mem:', '', '', 'INFORMATION_SCHEMA.SETTINGS')");

        CommandRun run = check(POLICY);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        "error: live tables that differ by case only fall into different tiers: `PUBLIC.FARM` into tier"
                                + " live, `PUBLIC.farm` into none\n")
                .contains("shop.tierguard: 1 error");
    }

    @Test
    void aTableOnAnotherServerNeedsItsName() throws Exception { // Y4
        execute("CREATE LINKED TABLE far ('', 'jdbc:h2:mem:', '', '', 'INFORMATION_SCHEMA.SETTINGS')");

        assertThat(check(POLICY).out())
                .contains(
                        "warning: `far*` does not cover the live table `PUBLIC.FAR`: its rows are on another server, where"
                                + " no wildcard counts\n --> shop.tierguard:4\n");
        assertThat(check(POLICY + "table far is live\n").out()).doesNotContain("another server");
    }

    @Test
    void aSchemaPathThatIsAnotherIsPointedOut() throws Exception { // Y6
        String declaring = "policy shop {\n  schema path %s\n}\n" + POLICY;

        assertThat(check(declaring.formatted("shop, public")).out())
                .contains(
                        "warning: the schema path of the policy is `shop`, `public`, and the live database looks for an"
                                + " unqualified name in `public`\n");
        assertThat(check(declaring.formatted("public")).out()).doesNotContain("schema path");
        assertThat(check(POLICY).out()).doesNotContain("schema path");
    }

    @Test
    void anotherBodyThanTheReviewedOneIsAnError() throws Exception { // Y7
        execute("CREATE ALIAS twice AS 'int twice(int x) { return x + x; }'");
        String policy =
                POLICY + "routine twice is harmless {\n  why \"adds\"\n  body sha256:" + "0".repeat(64) + "\n}\n";

        CommandRun run = check(policy);
        assertThat(run.exitCode()).isEqualTo(1);
        Golden.assertMatches("check-body.golden", run.out());
        String live = run.out().replaceAll("(?s).*, live (sha256:[0-9a-f]{64}).*", "$1");
        assertThat(check(policy.replace("sha256:" + "0".repeat(64), live))).satisfies(reviewed -> {
            assertThat(reviewed.exitCode()).isZero();
            assertThat(reviewed.out()).doesNotContain("twice");
        });
    }

    @Test
    void aFactAboutNothingIsPointedOut() throws Exception { // Y8
        execute("CREATE ALIAS twice AS 'int twice(int x) { return x + x; }'");

        assertThat(check(POLICY + """
                        routine tw* is harmless
                        routine abs is harmless
                        routine thrice is harmless
                        trigger touch on payment is harmless
                        """).out())
                .contains("warning: routine `thrice` is none of the live database's\n --> shop.tierguard:7\n")
                .contains(
                        "warning: trigger `touch` on `payment` is none of the live database's\n --> shop.tierguard:8\n")
                .doesNotContain("routine `tw*` is none", "routine `abs` is none");
    }

    private void execute(String... texts) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : texts) {
                statement.execute(sql);
            }
        }
    }

    private CommandRun check(String policy) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.tierguard"), policy);
        CommandRun run = CommandRun.of("check", file, "--url", URL);
        return new CommandRun(run.exitCode(), run.out().replace(folder + "/", ""), run.err());
    }
}
