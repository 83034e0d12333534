package io.tierguard.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class RecordFormatTest {
    private static final Origin ORIGIN =
            new Origin("ABCDEFGH-1", Instant.parse("2026-11-22T13:01:02Z"), "main", "4bf9", "00f0");

    private final RecordFormat format = new RecordFormat("shop-1", 4711);

    @AfterEach
    void forgetTheTrace() {
        MDC.clear();
    }

    @Test
    void aDenialIsOneLineWithItsFieldsInAFixedOrder() {
        String line = line(new AuditEvent.Decided(ORIGIN, Records.CHECKOUT, Records.DELETE, 3));

        assertThat(line)
                .isEqualTo("{\"schema\":\"tierguard.audit/1.0\",\"id\":\"ABCDEFGH-1\",\"seq\":1,"
                        + "\"time\":\"2026-11-22T13:01:02.000000Z\",\"stage\":\"decision\",\"component\":\"checkout\","
                        + "\"release\":\"4.2.0\",\"db.user\":\"checkout_rw\",\"host\":\"shop-1\",\"pid\":4711,"
                        + "\"thread\":\"main\",\"trace_id\":\"4bf9\",\"span_id\":\"00f0\","
                        + "\"db.system.name\":\"postgresql\",\"db.namespace\":\"shop\",\"server.address\":\"db.example\","
                        + "\"server.port\":5432,\"connection\":\"c-7\",\"db.operation.name\":\"DELETE\","
                        + "\"db.query.summary\":\"DELETE payment\","
                        + "\"db.query.text\":\"DELETE FROM payment WHERE id = ?\",\"query.hash\":\"9a1b\","
                        + "\"effects\":[{\"verb\":\"delete\",\"table\":\"payment\",\"tier\":\"ledger\"}],"
                        + "\"db.operation.batch.size\":3,\"decision\":\"deny\","
                        + "\"reasons\":[{\"name\":\"immutable-tier\",\"rule\":\"shop.tierguard:9\","
                        + "\"sentence\":\"checkout may not DELETE from payment: tier ledger is immutable\"}],"
                        + "\"policy.name\":\"shop\",\"policy.hash\":\"sha256:0f0f\","
                        + "\"hash\":\"17980a5f3732f140a79ba9e21f2110f20e165bb3b3bdd49b25402b96de027433\"}\n");
    }

    @Test
    void theValuesOfAnExecutionStandByParameterInItsDecisionOnly() {
        BoundValues bound = new BoundValues(
                List.of(List.of(
                        new BoundValues.Value("1", "it's \"so\"\n\u001b[31m \ud83d"),
                        new BoundValues.Value("who", null))),
                false,
                0);
        AuditStatement statement = showing(bound);

        assertThat(line(new AuditEvent.Decided(ORIGIN, Records.CHECKOUT, statement, 0)))
                .contains("}],\"db.query.parameter\":{\"1\":\"it's \\\"so\\\"\\n\\u001B[31m \ufffd\","
                        + "\"who\":null},\"decision\":\"allow\"");
        assertThat(line(new AuditEvent.Completed(ORIGIN, Records.CHECKOUT, statement, 1, 5)))
                .doesNotContain("parameter");
    }

    @Test
    void theValuesOfABatchAreAListOfItsFirstRuns() {
        List<BoundValues.Value> first = List.of(new BoundValues.Value("1", "a"));
        List<BoundValues.Value> second = List.of(new BoundValues.Value("1", "b"));

        assertThat(line(new AuditEvent.Decided(
                        ORIGIN, Records.CHECKOUT, showing(new BoundValues(List.of(first, second), true, 40)), 42)))
                .contains("\"db.operation.batch.size\":42,\"db.query.parameter\":[{\"1\":\"a\"},{\"1\":\"b\"}],"
                        + "\"more_parameters\":40,\"decision\"");
    }

    private static AuditStatement showing(BoundValues bound) {
        AuditStatement update = Records.UPDATE;
        return new AuditStatement(
                        update.operation(),
                        update.summary(),
                        update.text(),
                        update.hash(),
                        update.effects(),
                        List.of(),
                        false,
                        List.of(),
                        true,
                        BoundValues.NONE)
                .with(() -> bound);
    }

    @Test
    void anOutcomeTellsRowsAndDurationAfterTheVerdict() {
        String line = line(new AuditEvent.Completed(ORIGIN, Records.CHECKOUT, Records.UPDATE, 2, 1500));

        assertThat(line)
                .contains("\"columns\":[\"note\",\"state\"]")
                .contains("\"decision\":\"allow\",\"policy.name\":\"shop\",\"policy.hash\":\"sha256:0f0f\","
                        + "\"rows\":2,\"duration_ns\":1500,\"hash\"");
    }

    @Test
    void aFailureTellsTheDatabasesSqlState() {
        String line = line(new AuditEvent.Failed(ORIGIN, Records.CHECKOUT, Records.UPDATE, "23505", 900));

        assertThat(line).contains("\"duration_ns\":900,\"db.response.status_code\":\"23505\"");
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        AuditSubject nobody = new AuditSubject("", "", "", "h2", "", "", 0, "", "", "");
        Origin untraced = new Origin("X-1", ORIGIN.time(), "main", "", "");

        assertThat(Records.parse(line(new AuditEvent.Completed(untraced, nobody, Records.withText(""), -1, 5))))
                .hasValueSatisfying(fields -> assertThat(fields)
                        .containsOnlyKeys(
                                "schema",
                                "id",
                                "seq",
                                "time",
                                "stage",
                                "host",
                                "pid",
                                "thread",
                                "db.system.name",
                                "db.operation.name",
                                "db.query.summary",
                                "query.hash",
                                "decision",
                                "duration_ns",
                                "hash"));
    }

    @Test
    void timeAlwaysHasSixDigitsOfASecond() {
        assertThat(RecordFormat.time(Instant.parse("2026-11-22T13:01:02.1Z"))).isEqualTo("2026-11-22T13:01:02.100000Z");
        assertThat(RecordFormat.time(Instant.parse("2026-11-22T13:01:02.123456789Z")))
                .isEqualTo("2026-11-22T13:01:02.123456Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quotes \" and \\ backslashes",
                "a\nline\r\nbreak\tand\u0000nul\u001b[31mred\u007f",
                "\u2028 \u202e \ufeff \uffff",
                "pair \ud83d\ude00"
            })
    void anyTextComesBackAsItWas(String text) {
        String line = line(new AuditEvent.Decided(ORIGIN, Records.CHECKOUT, Records.withText(text), 0));

        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
        assertThat(Records.parse(line))
                .hasValueSatisfying(fields -> assertThat(fields).containsEntry("db.query.text", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "a\ude00b", "\ude00\ud83d", "\ud83d\ud83d\ude00"})
    void aLoneSurrogateBecomesTheReplacementCharacter(String text) {
        AuditSubject odd = new AuditSubject(text, "", "", "", "", "", 0, "", "", "");

        assertThat(Records.parse(line(new AuditEvent.Decided(ORIGIN, odd, Records.withText(text), 0))))
                .hasValueSatisfying(fields -> {
                    assertThat(fields.get("db.query.text")).contains("\ufffd").doesNotContain("?");
                    assertThat(fields.get("component")).isEqualTo(fields.get("db.query.text"));
                });
    }

    @Test
    void anEndlessTextIsCutAndSaysSo() {
        String text = "x".repeat(QueryText.LONGEST + 1);

        assertThat(QueryText.shortened(text))
                .hasSizeLessThan(text.length() + 50)
                .endsWith("(262145 characters in all)");
    }

    @Test
    void theTraceComesFromTheDiagnosticContextUnderEitherOfItsNames() {
        MDC.put("traceId", "t1");
        MDC.put("span_id", "s1");

        // SLF4J's simple binding keeps no context: with it both are empty, which must be no fault either.
        assertThat(Origin.here("X-1")).satisfies(origin -> {
            assertThat(origin.traceId()).isIn("t1", "");
            assertThat(origin.spanId()).isIn("s1", "");
        });
    }

    private String line(AuditEvent event) {
        RenderedRecord record = format.render(event);
        LineBuffer line = new LineBuffer(record.length());
        record.writeHead(line);
        line.text(",\"seq\":1");
        record.writeRest(line);
        new HashChain("").close(line);
        return line.toString(StandardCharsets.UTF_8);
    }
}
