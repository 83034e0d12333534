package io.tierguard.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tierguard.cli.CommandRun;
import io.tierguard.cli.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    private static final Path POLICY = Path.of("src/test/resources/io/tierguard/cli/language/shop.tierguard");

    private static final String SCRIPT = """
            -- Version 3 of the schema.
            BEGIN;
            UPDATE orders SET state = 'a;b'
              WHERE id = 3;
            ALTER TABLE payment ADD COLUMN note text; CREATE TABLE draft (id int);
            SET search_path TO accounting;
            DELETE FROM orders WHERE id = 3;
            COMMIT;
            """;

    @TempDir
    private Path folder;

    @Test
    void aTextIsExplainedRuleByRule() throws Exception {
        CommandRun run = explain("eraser", "--at", "2026-11-25T08:00Z", "DELETE FROM payment WHERE customer_id = ?");

        assertThat(run.exitCode()).isZero();
        Golden.assertMatches("explain-waived.golden", run.out());
    }

    @Test
    void whatIsOnlyObservedPassesAndIsSaidToBeThat() throws Exception {
        CommandRun run = explain("reporting", "--at", "2026-12-01T00:00Z", "DELETE FROM orders WHERE id = ?");

        assertThat(run.exitCode()).isZero();
        Golden.assertMatches("explain-observed.golden", run.out());
    }

    @Test
    void ofATextOfSeveralStatementsEachIsExplained() {
        CommandRun run = explain("checkout", "SELECT id FROM orders; DELETE FROM payment");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("denied: statement 2 of 2: checkout may not DELETE from payment: tier ledger is immutable")
                .contains("  statement 1, SELECT\n  checkout may SELECT from orders\n")
                .contains("  statement 2, DELETE\n  checkout may not DELETE from payment\n");
    }

    @Test
    void aScriptIsExplainedStatementByStatement() throws Exception { // X14, X15
        CommandRun run = explain("checkout", file("V3__draft.sql", SCRIPT));

        assertThat(run.exitCode()).isEqualTo(1);
        Golden.assertMatches("explain-script.golden", run.out());
    }

    @Test
    void aScriptCanComeFromStandardInput() {
        CommandRun run = CommandRun.with(
                "SELECT 1;\nSELECT id FROM orders;\n", false, "explain", "--policy", POLICY, "--as", "checkout", "-");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("standard input:1: allowed  SELECT 1\n  it reads and changes no table\n")
                .contains("standard input:2: allowed  SELECT id FROM orders\n")
                .contains("all 2 statements would pass\n");
    }

    @Test
    void whatTheDatabaseAddsIsSeenInALiveSchemaOnly() throws Exception { // X11
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:explain");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE session(id INT PRIMARY KEY)");
            statement.execute(
                    "CREATE TABLE payment(session INT CONSTRAINT payment_session REFERENCES session(id) ON DELETE CASCADE)");
            String delete = "DELETE FROM session WHERE id = 1";

            CommandRun blind = explain("checkout", "--dialect", "h2", delete);
            CommandRun live = explain("checkout", "--url", "jdbc:h2:mem:explain", delete);

            assertThat(blind.exitCode()).isZero();
            assertThat(blind.out()).containsOnlyOnce("note: judged without a database");
            assertThat(live.exitCode()).isEqualTo(1);
            Golden.assertMatches("explain-live.golden", live.out());
        }
    }

    @Test
    void whatCannotBeReadIsShownAtItsPlaceInTheFile() throws Exception {
        CommandRun run = explain("checkout", file("x.sql", "SELECT 1;\n\n  FROB THE knob;\n"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("x.sql:3: DENIED  FROB THE knob\n").contains("at line 3, column 3");
    }

    @Test
    void aCommandOfAClientIsAUsageErrorThatSaysSo() throws Exception { // X14
        CommandRun run = explain("checkout", file("x.sql", "SELECT 1;\n\\connect shop\n"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo(
                        "tierguard: x.sql cannot be read: `\\connect` is a command of psql, not SQL at line 2, column"
                                + " 1; take it out, or give the statements that psql would send\n");
    }

    @Test
    void aMisspelledComponentIsAUsageErrorThatNamesTheClosest() {
        assertThat(explain("chekout", "SELECT 1")).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).isEqualTo("tierguard: no component is called `chekout`; did you mean `checkout`?\n");
        });
        assertThat(CommandRun.of("explain", "--policy", POLICY, "SELECT 1").err())
                .isEqualTo("tierguard: name a component with --as;"
                        + " the policy has checkout, reporting, eraser, importer\n");
    }

    @Test
    void thePolicyIsTheOnlyOneOfTheFolderWhereNoneIsNamed() throws Exception {
        assertThat(CommandRun.of("explain", "--as", "checkout", "SELECT 1").err())
                .isEqualTo("tierguard: there is no policy in the current folder; name one with --policy\n");
        Path policy = Path.of(file("shop.tierguard", ""));
        file("shop_test.tierguard", "");
        assertThat(PolicyFinder.only(folder)).isEqualTo(policy);
        file("other.tierguard", "");
        assertThat(catchThrowable(() -> PolicyFinder.only(folder)))
                .hasMessage("there are several policies in the current folder; name one with --policy");
    }

    @Test
    void whatCannotBeUsedIsAUsageError() throws Exception {
        assertThat(explain("checkout", "none.sql").err())
                .isEqualTo("tierguard: none.sql cannot be read: it does not exist\n");
        assertThat(explain("checkout", "--url", "jdbc:tierguard:h2:mem:x", "SELECT 1")
                        .exitCode())
                .isEqualTo(2);
        assertThat(explain("checkout", "--url", "jdbc:h2:mem:x", "--dialect", "postgresql", "SELECT 1")
                        .err())
                .contains("--url is one of h2, --dialect says postgresql");
        assertThat(explain("checkout", "--url", "jdbc:postgresql://u:s3cret@localhost:1/x", "SELECT 1"))
                .satisfies(run -> {
                    assertThat(run.exitCode()).isEqualTo(2);
                    assertThat(run.err()).contains("cannot be read").doesNotContain("s3cret");
                });
        assertThat(CommandRun.of("explain", "--policy", file("broken.tierguard", "tier"), "--as", "x", "SELECT 1")
                        .exitCode())
                .isEqualTo(2);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    /** Runs the command; paths are shown as if the script's folder were the current one. */
    private CommandRun explain(String component, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("explain", "--policy", POLICY, "--as", component));
        arguments.addAll(List.of(more));
        CommandRun run = CommandRun.of(arguments.toArray());
        String prefix = folder + "/";
        return new CommandRun(
                run.exitCode(), run.out().replace(prefix, ""), run.err().replace(prefix, ""));
    }
}
