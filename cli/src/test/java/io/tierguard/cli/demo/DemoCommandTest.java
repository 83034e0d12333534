package io.tierguard.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.cli.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir
    private Path folder;

    @Test
    void whatMustPassPassesAndWhatMustBeDeniedIsDenied() throws Exception {
        Path audit = folder.resolve("audit.jsonl");

        CommandRun run = CommandRun.of("demo", "--audit", audit);

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("table payment is ledger")
                .contains("passed  UPDATE orders SET state = 'paid' WHERE id = 12  -- 1 row")
                .contains("DENIED  DELETE FROM payment WHERE id <= 3")
                .contains("denied: cleanup may not DELETE from payment: tier ledger is immutable (shop.tierguard:7;")
                .contains("before  1  10  40.00  |  2  11  12.50  |  3  11  7.25\n")
                .contains("after   1  10  40.00  |  2  11  12.50  |  3  11  7.25  |  4  12  15.00\n")
                .contains("Everything went as it must.")
                .doesNotContain("\u001b");
        assertThat(run.exitCode()).isZero();
        long denials = Files.readAllLines(audit).stream()
                .filter(line -> line.contains("\"decision\":\"deny\""))
                .count();
        assertThat(run.out().lines().filter(line -> line.startsWith("  DENIED")))
                .hasSize((int) denials);
    }

    @Test
    void itIsColouredOnATerminal() {
        assertThat(CommandRun.with("", true, "demo", "--audit", folder.resolve("audit.jsonl"))
                        .out())
                .contains("\u001b[1;31mDENIED\u001b[0m");
    }
}
