package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.cli.TierguardCommand;
import io.tierguard.cli.terminal.Terminal;
import io.tierguard.integration.oracle.OlderArtifacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tierguard check} and {@code tierguard explain} read of databases whose drivers they do not come with. */
class CommandOnAnyDatabaseTest {
    private static final String POLICY = """
            tier ledger is immutable
            tier live is mutable
            table payment is ledger
            table orders is live
            component shop {
              grant select, insert, update, delete on orders
            }
            """;

    private static final List<String> TABLES = List.of(
            "CREATE TABLE orders (id INT NOT NULL PRIMARY KEY)",
            "CREATE TABLE payment (id INT, order_id INT, CONSTRAINT of_order FOREIGN KEY (order_id) REFERENCES orders (id)"
                    + " ON DELETE CASCADE)");

    private static final String DELETE = "DELETE FROM orders WHERE id = 1";

    @TempDir
    private Path folder;

    private Path policy = Path.of("");
    private String out = "";
    private String err = "";

    @BeforeEach
    void write() throws IOException {
        policy = Files.writeString(folder.resolve("shop.tierguard"), POLICY);
    }

    @Test
    void aCascadeOfMariaDbIsSeenByTheDriverThatIsNamed() throws Exception {
        String url = MySqlDatabase.MARIADB.createDatabase();
        fill(url, MySqlDatabase.MARIADB.user());
        String driver = jarOf(org.mariadb.jdbc.Driver.class);

        assertThat(run("explain", url, "--user", MySqlDatabase.MARIADB.user(), "--driver", driver))
                .isEqualTo(1);
        assertThat(out).contains("orders → ", "payment by foreign key of_order ON DELETE CASCADE");
        assertThat(run("check", url, "--user", MySqlDatabase.MARIADB.user(), "--driver", driver))
                .as(err + out)
                .isZero();
        assertThat(out).contains("ok, 1 warning (2 tiers, 2 table patterns, 1 component)");
    }

    @Test
    void aDriverThatIsNamedGoesBeforeTheOneTheCommandComesWith() throws Exception {
        String oldest = OlderArtifacts.startingWith("h2-").toString();

        assertThat(run("explain", "jdbc:h2:" + folder.resolve("shop"), "--driver", oldest))
                .as(err)
                .isZero();

        // The newer version refuses a file of the older one.
        assertThat(run("explain", "jdbc:h2:" + folder.resolve("shop"))).isEqualTo(2);
        assertThat(err).contains("cannot be read");
    }

    @Test
    void sqliteIsReadAsEverySchemaIs() throws Exception {
        String url = "jdbc:sqlite:" + folder.resolve("shop.db");
        fill(url, "");

        assertThat(run("explain", url, "--driver", jarOf(org.sqlite.JDBC.class)))
                .isEqualTo(1);
        assertThat(out).contains("ON DELETE CASCADE");
    }

    @Test
    void anUnknownDatabaseIsReadWhereThePolicySaysSo() throws Exception {
        String url = "jdbc:hsqldb:mem:command";
        fill(url, "SA");

        assertThat(run("explain", url, "--user", "SA")).isEqualTo(2);
        assertThat(err).contains("the driver refuses jdbc:hsqldb: unless the policy says: read as ansi \"hsqldb\"");
        assertThat(run("check", url, "--user", "SA")).isEqualTo(1);
        assertThat(out).contains("error: the driver refuses jdbc:hsqldb:");

        Files.writeString(policy, "policy shop {\n  read as ansi \"hsqldb\"\n}\n" + POLICY);

        assertThat(run("explain", url, "--user", "SA")).as(err).isEqualTo(1);
        assertThat(out).contains("ON DELETE CASCADE");
        assertThat(run("check", url, "--user", "SA")).as(err + out).isZero();
        assertThat(out).contains("ok, 1 warning (2 tiers, 2 table patterns, 1 component)");
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThat(run("explain", "jdbc:mariadb://localhost/x", "--driver", "none.jar"))
                .isEqualTo(2);
        assertThat(err).contains("there is no driver at none.jar");
        assertThat(run("explain", "jdbc:mariadb://localhost/x", "--driver", jarOf(org.sqlite.JDBC.class)))
                .isEqualTo(2);
        assertThat(err).contains("no driver knows this URL", "--driver");
        assertThat(run("explain", "nonsense")).isEqualTo(2);
        assertThat(err).contains("--url takes a URL of JDBC");
    }

    private static void fill(String url, String user) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, "");
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(table);
            }
        }
    }

    private static String jarOf(Class<?> driver) {
        return Path.of(driver.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
    }

    private int run(String command, String url, String... options) {
        StringWriter said = new StringWriter();
        StringWriter remarked = new StringWriter();
        Terminal terminal =
                new Terminal(InputStream.nullInputStream(), new PrintWriter(said), new PrintWriter(remarked), false);
        List<String> arguments = new ArrayList<>(List.of(command, "--url", url));
        arguments.addAll(List.of(options));
        if (command.equals("check")) {
            arguments.add(policy.toString());
        } else {
            arguments.addAll(List.of("--policy", policy.toString(), "--as", "shop", DELETE));
        }
        int code = TierguardCommand.run(terminal, arguments.toArray(String[]::new));
        out = said.toString();
        err = remarked.toString();
        return code;
    }
}
