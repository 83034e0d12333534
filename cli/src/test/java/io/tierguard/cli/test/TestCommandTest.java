package io.tierguard.cli.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.cli.CommandRun;
import io.tierguard.cli.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules X7 to X13 and X16. */
class TestCommandTest {
    private static final Path LANGUAGE = Path.of("src/test/resources/io/tierguard/cli/language/shop.tierguard");
    private static final Path DEMONSTRATION = Path.of("src/main/resources/io/tierguard/cli/demo/shop.tierguard");

    private static final String POLICY = """
            policy shop {
              schema path public
              contact "#data"
            }

            tier ledger is immutable

            tier live is mutable {
              limit delete 50 rows
            }

            table payment is ledger
            table orders is live

            component checkout {
              connects as "app"
              grant select on everything
              grant delete on orders
            }
            """;

    private static final String PASSING = """
            test "orders are removed one by one" {
              as checkout
              allow rows 50 "DELETE FROM orders WHERE id = ?"
              deny row-limit rows 51 "DELETE FROM orders"
            }
            """;

    private static final String FAILING = """
            test "a payment can be removed" {
              as checkout
              allow "SELECT * FROM payment"
              allow "DELETE FROM payment WHERE id = ?"
            }
            test "orders are never removed" {
              as checkout
              at 2026-11-27T18:00Z
              dialect h2
              deny not-granted "DELETE FROM orders"
              allow rows 51 "DELETE FROM orders"
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void theExampleOfTheLanguageHoldsWhatItsTestsSay() throws Exception {
        CommandRun run = CommandRun.of("test", LANGUAGE, "--coverage");

        assertThat(run.exitCode()).as(run.out()).isZero();
        Golden.assertMatches("test-passed.golden", run.out());
    }

    @Test
    void theDemonstrationsPolicyHoldsWhatItsTestsSay() {
        CommandRun run = CommandRun.of("test", DEMONSTRATION, "--coverage", "--fail-on-empty");

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out()).contains("coverage: 100 %");
    }

    @Test
    void aFailureShowsWhatWasExpectedWhatCameAndWhy() throws Exception {
        CommandRun run = test(file("shop.tierguard", POLICY), file("shop_test.tierguard", PASSING + FAILING));

        assertThat(run.exitCode()).isEqualTo(1);
        Golden.assertMatches("test-failed.golden", run.out());
    }

    @Test
    void rowsAreHeldToEveryLimit() throws Exception { // X10
        CommandRun run = test(file("shop.tierguard", POLICY), file("shop_test.tierguard", PASSING));

        assertThat(run.exitCode()).as(run.out()).isZero();
    }

    @Test
    void eachStatementStandsForItself() throws Exception { // X11
        CommandRun run = test(file("shop.tierguard", POLICY), file("shop_test.tierguard", """
                test "x" {
                  as checkout
                  allow "SET search_path TO elsewhere"
                  allow "DELETE FROM orders WHERE id = ?"
                  allow "SELECT * FROM orders; SELECT * FROM payment"
                  deny immutable-tier "SELECT * FROM orders; DELETE FROM payment"
                }
                """));

        assertThat(run.exitCode()).as(run.out()).isZero();
    }

    @Test
    void whatIsObservedPassesAndIsExpectedAsSuch() throws Exception { // X9, X10
        Path policy = file("shop.tierguard", POLICY + """
                observe checkout {
                  why "being classified"
                  until 2026-12-01T00:00Z
                  reasons not-granted, row-limit
                }
                """);
        CommandRun run = test(policy, file("shop_test.tierguard", """
                test "x" {
                  as checkout
                  at 2026-11-27T18:00Z
                  would-deny not-granted "INSERT INTO orders (id) VALUES (1)"
                  would-deny row-limit rows 51 "DELETE FROM orders"
                  deny immutable-tier "DELETE FROM payment"
                  at 2026-12-01T00:00Z
                  deny not-granted "INSERT INTO orders (id) VALUES (1)"
                }
                """));

        assertThat(run.exitCode()).as(run.out()).isZero();
    }

    @Test
    void theTestsBesideThePolicyAreItsOwn() throws Exception { // X16
        Path policy = file("shop.tierguard", POLICY);
        file("shop_test.tierguard", PASSING);
        file("more_test.tierguard", PASSING.replace("orders are", "more orders are"));
        file("other.tierguard", POLICY);
        file("other_test.tierguard", FAILING);

        CommandRun run = test(policy);

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out()).startsWith("""
                ok      more orders are removed one by one
                ok      orders are removed one by one
                2 tests passed (4 statements)
                """);
    }

    @Test
    void thatNoTestRanIsAFailureWhereThatIsAsked() throws Exception {
        Path policy = file("shop.tierguard", POLICY);

        assertThat(test(policy)).satisfies(run -> {
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).isEqualTo("no test ran\n");
        });
        assertThat(test(policy, "--fail-on-empty").exitCode()).isEqualTo(1);
    }

    @Test
    void aFileWithErrorsIsAFailureAndTheOthersAreRun() throws Exception {
        Path policy = file("shop.tierguard", POLICY);
        Path broken = file("broken_test.tierguard", PASSING.replace("checkout", "chekout"));

        CommandRun run = test(policy, broken, file("shop_test.tierguard", PASSING));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("error[TG206]: no component is called `chekout`")
                .contains("broken_test.tierguard: 1 error\nok      orders are removed")
                .contains("1 test passed (2 statements); 1 file has errors\n");
    }

    @Test
    void aPolicyWithErrorsIsAFailureAndAMisunderstoodCommandAUsageError() throws Exception {
        assertThat(test(folder.resolve("none.tierguard"))).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).contains("does not exist");
        });
        assertThat(CommandRun.of("test").exitCode()).isEqualTo(2);
        assertThat(test(file("shop.tierguard", POLICY), "--dialect", "db2").exitCode())
                .isEqualTo(2);
        assertThat(test(file("shop.tierguard", POLICY), "--at", "tomorrow"))
                .satisfies(run -> assertThat(run.err()).contains("a time is written with its zone"));
    }

    @Test
    void momentAndDialectOfStatementsThatSayNoneComeFromTheOptions() throws Exception {
        Path policy = file("shop.tierguard", POLICY + """
                waiver erasure {
                  why "Article 17"
                  ticket "DP-812"
                  owner "dpo"
                  from 2026-11-20T08:00Z
                  until 2026-11-27T08:00Z
                  grant delete on payment to checkout
                }
                """);
        Path tests = file("shop_test.tierguard", """
                test "x" {
                  as checkout
                  allow "DELETE FROM payment WHERE id = ?"
                  allow "SET SCHEMA PUBLIC"
                }
                """);

        assertThat(test(policy, tests, "--at", "2026-11-25T12:00+01:00", "--dialect", "h2")
                        .exitCode())
                .isZero();
        assertThat(test(policy, tests, "--at", "2026-11-28T12:00Z", "--dialect", "h2")
                        .out())
                .contains("denies  waiver erasure for it ended at 2026-11-27T08:00:00Z");
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    /** Runs the tests; paths are shown as if the policy's folder were the current one. */
    private CommandRun test(Path policy, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("test", policy));
        arguments.addAll(List.of(more));
        CommandRun run = CommandRun.of(arguments.toArray());
        String prefix = folder + "/";
        return new CommandRun(
                run.exitCode(), run.out().replace(prefix, ""), run.err().replace(prefix, ""));
    }
}
