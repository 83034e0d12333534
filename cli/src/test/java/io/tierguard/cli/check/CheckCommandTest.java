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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    private static final String SOUND = """
            tier ledger is immutable {
            }
            tier operational is mutable {
            }
            table accounting.* is ledger
            table payment is ledger
            table order_item is operational
            table customer is operational

            component checkout {
              connects as "sa"
              grant select on everything
              grant insert on payment
              grant update on tier operational
            }
            """;

    private static final String BROKEN = """
            tier ledger is imutable {
            }
            table payment is ledgr
            component checkout {
              grant select on everything
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void aSoundPolicyIsCountedAndTheMissingComparisonIsSaid() throws Exception {
        CommandRun run = check(file("shop.tierguard", SOUND));

        assertThat(run.exitCode()).isZero();
        Golden.assertMatches("check-sound.golden", run.out());
    }

    @Test
    void everyErrorIsShownWithItsPlaceAndCounted() throws Exception {
        CommandRun run = check(file("shop.tierguard", BROKEN));

        assertThat(run.exitCode()).isEqualTo(1);
        Golden.assertMatches("check-broken.golden", run.out());
    }

    @Test
    void theLiveDatabaseIsComparedBothWays() throws Exception { // Y1, Y2
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:check");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE customer(id INT)");
            statement.execute("CREATE TABLE \"Order Item\"(id INT)");
            statement.execute("CREATE TABLE payments(id INT)");
            statement.execute("CREATE VIEW rich AS SELECT * FROM customer");
            CommandRun run = check(file("shop.tierguard", SOUND), "--url", "jdbc:h2:mem:check");

            assertThat(run.exitCode()).isZero();
            Golden.assertMatches("check-live.golden", run.out());
            assertThat(check(file("shop.tierguard", SOUND), "--url", "jdbc:h2:mem:check", "--strict")
                            .exitCode())
                    .isEqualTo(1);
        }
    }

    @Test
    void aPatternOfAnotherSchemaIsPointedOut() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:elsewhere");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE payment(id INT)");
            String policy =
                    SOUND.replace("table payment is", "table shop.payment is").replace("on payment", "on shop.payment");

            assertThat(check(file("shop.tierguard", policy), "--url", "jdbc:h2:mem:elsewhere")
                            .out())
                    .contains("`shop.payment` matches no table")
                    .contains("help: the live table `PUBLIC.PAYMENT` would match but for its schema");
        }
    }

    @Test
    void whatHasEndedIsAnErrorFromThatMomentOn() throws Exception { // W10
        Path file = file("shop.tierguard", SOUND + """

                observe checkout {
                  why "being classified"
                  until 2026-11-27T18:00Z
                }
                """);

        assertThat(check(file, "--at", "2026-11-27T17:59Z").exitCode()).isZero();
        assertThat(check(file, "--at", "2026-11-27T18:00Z")).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out())
                    .contains("error[TG710]: this observe block has ended\n  --> shop.tierguard:19:")
                    .endsWith("shop.tierguard: 1 error\n");
        });
        assertThat(check(file, "--at", "tomorrow").exitCode()).isEqualTo(2);
    }

    @Test
    void severalFilesAreCheckedAndOneErrorIsEnough() throws Exception {
        CommandRun run = check(
                file("shop.tierguard", SOUND), file("broken.tierguard", BROKEN).toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("shop.tierguard: ok").contains("broken.tierguard: 2 errors, 1 warning");
    }

    @Test
    void aMissingFileIsAnErrorAndNoFileAUsageError() throws SQLException {
        assertThat(check(folder.resolve("none.tierguard"))).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).contains("does not exist");
        });
        assertThat(CommandRun.of("check").exitCode()).isEqualTo(2);
    }

    @Test
    void aDatabaseThatCannotBeReadIsAUsageErrorWithoutItsSecrets() throws Exception {
        CommandRun run = check(
                file("shop.tierguard", SOUND), "--url", "jdbc:postgresql://u:s3cret@localhost:1/x?password=s3cret");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("the database at jdbc:postgresql://localhost:1/x cannot be read")
                .doesNotContain("s3cret");
        assertThat(check(file("shop.tierguard", SOUND), "--url", "jdbc:tierguard:h2:mem:x")
                        .exitCode())
                .isEqualTo(2);
        assertThat(check(file("shop.tierguard", SOUND), "--url", "jdbc:nosuch:x")
                        .err())
                .contains("no driver knows this URL");
    }

    @Test
    void coloursAreForTerminals() throws Exception {
        Path broken = file("broken.tierguard", BROKEN);

        assertThat(CommandRun.with("", true, "check", broken).out()).contains("\u001b[");
        assertThat(check(broken).out()).doesNotContain("\u001b[");
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    /** Runs the check; paths are shown as if the file's folder were the current one. */
    private CommandRun check(Path file, String... more) {
        List<Object> arguments = new ArrayList<>(List.of("check", file));
        arguments.addAll(List.of(more));
        CommandRun run = CommandRun.of(arguments.toArray());
        String prefix = folder + "/";
        return new CommandRun(
                run.exitCode(), run.out().replace(prefix, ""), run.err().replace(prefix, ""));
    }
}
