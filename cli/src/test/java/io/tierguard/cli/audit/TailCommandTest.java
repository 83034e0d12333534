package io.tierguard.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tierguard.audit.AuditEffect;
import io.tierguard.audit.AuditException;
import io.tierguard.audit.AuditLog;
import io.tierguard.audit.AuditLogs;
import io.tierguard.audit.AuditStatement;
import io.tierguard.audit.AuditSubject;
import io.tierguard.cli.CommandRun;
import io.tierguard.cli.TierguardCommand;
import io.tierguard.cli.terminal.Terminal;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.Verb;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TailCommandTest {
    private static final AuditSubject CHECKOUT =
            new AuditSubject("checkout", "4.2.0", "sa", "h2", "shop", "", 0, "c-1", "shop", "sha256:00");

    @TempDir
    private Path folder;

    @Test
    void eachEventIsOneSentence() {
        CommandRun run = CommandRun.with("""
                {"schema":"tierguard.audit/1.0","id":"W-1","seq":1,"time":"2026-11-22T13:01:02.123456Z","stage":"decision",\
                "component":"checkout","release":"4.2.0","db.query.summary":"DELETE payment","decision":"deny",\
                "reasons":[{"name":"immutable-tier","rule":"shop.tierguard:9","sentence":"checkout may not DELETE from \
                payment: tier ledger is immutable"},{"name":"not-granted","sentence":"checkout has no grant"}]}
                {"schema":"tierguard.audit/1.0","id":"W-2","seq":2,"time":"2026-11-22T13:01:03.000000Z","stage":"decision",\
                "component":"checkout","db.query.summary":"INSERT payment","decision":"allow","db.operation.batch.size":3}
                {"schema":"tierguard.audit/1.0","id":"W-2","seq":3,"time":"2026-11-22T13:01:03.100000Z","stage":"completed",\
                "component":"checkout","db.query.summary":"INSERT payment","decision":"allow","rows":1,"duration_ns":1234567}
                {"schema":"tierguard.audit/1.9","id":"W-3","seq":4,"time":"2026-11-22T13:01:04.000000Z","stage":"failed",\
                "component":"checkout","db.operation.name":"UPDATE","duration_ns":900000,"db.response.status_code":"23505",\
                "a.field.of.later":{"x":[1,2]}}
                {"schema":"tierguard.audit/1.0","id":"W-4","seq":5,"time":"2026-11-22T13:01:05.000000Z","stage":"note",\
                "note":"closed off a line"}
                """, false, "audit", "tail", "-");

        assertThat(run.out()).isEqualTo("""
                        2026-11-22T13:01:02Z checkout may not DELETE from payment: tier ledger is immutable \
                        (shop.tierguard:9); also: checkout has no grant [release 4.2.0, W-1]
                        2026-11-22T13:01:03Z checkout may run INSERT payment, a batch of 3 [W-2]
                        2026-11-22T13:01:03Z checkout ran INSERT payment: 1 row in 1.2 ms [W-2]
                        2026-11-22T13:01:04Z the database refused UPDATE of checkout, SQLState 23505 in 0.9 ms [W-3]
                        2026-11-22T13:01:05Z the log notes: closed off a line [W-4]
                        """);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void whatIsOnlyObservedSaysSo() {
        CommandRun run = CommandRun.with("""
                {"schema":"tierguard.audit/1.0","id":"W-1","seq":1,"time":"2026-11-22T13:01:02.123456Z","stage":"decision",\
                "component":"reporting","db.query.summary":"INSERT orders","decision":"would-deny",\
                "reasons":[{"name":"not-granted","rule":"shop.tierguard:9","sentence":"reporting may not INSERT into \
                orders: not granted"}]}
                """, false, "audit", "tail", "-");

        assertThat(run.out()).isEqualTo("""
                2026-11-22T13:01:02Z only observed: reporting may not INSERT into orders: not granted (shop.tierguard:9) [W-1]
                """);
    }

    @Test
    void theLastTenRecordsAreShownUnlessOthersAreAskedFor() throws Exception {
        Path file = log(300);

        assertThat(CommandRun.of("audit", "tail", file).out().lines())
                .hasSize(10)
                .last()
                .asString()
                .contains("order 300");
        assertThat(CommandRun.of("audit", "tail", file, "-n", 250).out().lines())
                .hasSize(250)
                .first()
                .asString()
                .contains("order 51 ");
        assertThat(CommandRun.of("audit", "tail", file, "-n", 1000).out().lines())
                .hasSize(300);
        assertThat(CommandRun.of("audit", "tail", file, "-n", 0).exitCode()).isEqualTo(1);
        assertThat(CommandRun.of("audit", "tail", file, "-n", -1).exitCode()).isEqualTo(2);
        assertThat(CommandRun.with(Files.readString(file), false, "audit", "tail", "-", "-n", 3)
                        .out())
                .isEqualTo(CommandRun.of("audit", "tail", file, "-n", 3).out());
    }

    @Test
    void jsonIsTheRecordAsItStands() throws Exception {
        Path file = log(3);

        assertThat(CommandRun.of("audit", "tail", file, "--format", "json").out())
                .isEqualTo(Files.readString(file));
    }

    @Test
    void boundValuesAreShownInJsonOnly() {
        String record = """
                {"schema":"tierguard.audit/1.0","id":"W-1","seq":1,"time":"2026-11-22T13:01:02.123456Z","stage":"decision",\
                "component":"checkout","db.query.summary":"INSERT orders","db.operation.batch.size":9,\
                "db.query.parameter":[{"1":"Ada","2":null}],"more_parameters":16,"decision":"allow"}
                """;

        assertThat(CommandRun.with(record, false, "audit", "tail", "-").out())
                .isEqualTo("2026-11-22T13:01:02Z checkout may run INSERT orders, a batch of 9 [W-1]\n");
        assertThat(CommandRun.with(record, false, "audit", "tail", "-", "--format", "json")
                        .out())
                .isEqualTo(record);
    }

    @Test
    void whatCouldSteerATerminalIsEscapedInBothFormats() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        try (AuditLog log = AuditLogs.open(file)) {
            log.decided(CHECKOUT, update("\u001b[2J \u009b31m \u202e reversed \u007f"), 0, Durability.FLUSH);
        }
        for (String format : List.of("text", "json")) {
            assertThat(CommandRun.of("audit", "tail", file, "--format", format).out())
                    .containsIgnoringCase("\\u001b[2J \\u009b31m \\u202e reversed \\u007f");
        }
    }

    @Test
    void aMalformedLineIsReportedWithItsPlaceAndTheRestIsShown() throws Exception {
        Path file = log(2);
        long offset = Files.size(file);
        append(file, "{\"schema\":\"something/1\"}\nnot json\n\n{\"schema\":\"tierguard.audit/2.0\"}\n");
        addOrder(file, 3);

        CommandRun run = CommandRun.of("audit", "tail", file);
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out().lines()).hasSize(3);
        assertThat(run.err())
                .contains("byte " + offset + ": no audit record")
                .contains("no JSON: Unrecognized token 'not'")
                .contains("schema tierguard.audit/2.0 is later than this command")
                .endsWith("3 lines are malformed\n");
    }

    @Test
    void aTornLastLineIsReportedAsSuch() throws Exception {
        Path file = log(2);
        append(file, "{\"schema\":\"tierg");

        CommandRun run = CommandRun.of("audit", "tail", file);
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("the last line is torn").endsWith("1 line is malformed\n");
    }

    @Test
    void anEmptyLogHasNothingAndAMissingOneIsAUsageError() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.jsonl"));

        assertThat(CommandRun.of("audit", "tail", empty)).isEqualTo(new CommandRun(1, "", ""));
        assertThat(CommandRun.of("audit", "tail", folder.resolve("none")).exitCode())
                .isEqualTo(2);
        assertThat(CommandRun.of("audit", "tail", folder).err()).contains("is a folder");
        assertThat(CommandRun.of("audit", "tail").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("audit", "tail", empty, "--format", "xml").exitCode())
                .isEqualTo(2);
    }

    @Test
    void denialsAreRedOnATerminal() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        try (AuditLog log = AuditLogs.open(file)) {
            log.decided(CHECKOUT, delete(), 0, Durability.FLUSH);
        }
        assertThat(CommandRun.with("", true, "audit", "tail", file).out()).contains("\u001b[1;31mcheckout may not");
        assertThat(CommandRun.of("audit", "tail", file).out()).doesNotContain("\u001b");
    }

    @Test
    void followingSurvivesRotationTruncationAndATornLine() throws Exception {
        assumeThat(System.getProperty("os.name")).startsWith("Linux");
        Path file = log(1);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal =
                new Terminal(InputStream.nullInputStream(), new PrintWriter(out), new PrintWriter(err), false);
        Thread following = new Thread(() -> TierguardCommand.run(terminal, "audit", "tail", "-f", file.toString()));
        following.start();
        awaitText(out, "order 1 ");

        String whole = Files.readString(log(2));
        append(file, whole.substring(0, 40));
        Thread.sleep(450);
        append(file, whole.substring(40));
        awaitText(out, "order 2 ");

        Files.move(file, folder.resolve("rotated.jsonl"));
        addOrder(file, 3);
        awaitText(out, "order 3 ");

        Files.writeString(file, "");
        awaitText(err, "was truncated");
        addOrder(file, 4);
        awaitText(out, "order 4 ");

        following.interrupt();
        following.join();
        assertThat(err.toString()).contains("is a new file").doesNotContain("malformed");
    }

    private Path log(int orders) throws AuditException {
        Path file = folder.resolve(orders + ".jsonl");
        try (AuditLog log = AuditLogs.open(file)) {
            for (int i = 1; i <= orders; i++) {
                log.decided(CHECKOUT, update("UPDATE order " + i + " of orders"), 0, Durability.FLUSH);
            }
        }
        return file;
    }

    private static void addOrder(Path file, int order) throws AuditException {
        try (AuditLog log = AuditLogs.open(file)) {
            log.decided(CHECKOUT, update("UPDATE order " + order + " of orders"), 0, Durability.FLUSH);
        }
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    private static void awaitText(StringWriter writer, String text) throws InterruptedException {
        while (!writer.toString().contains(text)) {
            Thread.sleep(20);
        }
    }

    private static AuditStatement update(String summary) {
        AuditEffect effect = new AuditEffect(Verb.UPDATE, "orders", "operational", Set.of(), "");
        return new AuditStatement("UPDATE", summary, "UPDATE orders SET a = ?", "00", List.of(effect), List.of());
    }

    private static AuditStatement delete() {
        Denial denial = new Denial(
                Reason.IMMUTABLE_TIER,
                "checkout may not DELETE from payment: tier ledger is immutable",
                "shop.tierguard:9",
                "");
        return new AuditStatement("DELETE", "DELETE payment", "DELETE FROM payment", "01", List.of(), List.of(denial));
    }
}
