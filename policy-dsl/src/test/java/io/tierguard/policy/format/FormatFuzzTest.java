package io.tierguard.policy.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.GeneratedText;
import io.tierguard.policy.Policies;
import io.tierguard.policy.ProcessorTime;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rules F1 and F2: whatever the bytes, formatting ends soon, with a text that says the same or with diagnostics. */
class FormatFuzzTest {

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "(",
            ")",
            ",",
            ".",
            "\"",
            "\n",
            "\r\n",
            "*",
            "#",
            "# x\n",
            " ",
            "\\",
            "tier",
            "table",
            "from",
            "grant",
            "on",
            "is",
            "writes",
            "insert",
            ",\n",
            "\n# y\n",
            "update (",
            "\u202e",
            "é",
            "\ud83d\ude00",
            "\0",
            "");

    @Test
    void survives_random_bytes() {
        Random random = new Random(1);
        for (int run = 0; run < 1_000; run++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            format(bytes);
        }
    }

    @Test
    void survives_mutated_files() {
        Random random = new Random(2);
        int formatted = 0;
        for (int run = 0; run < 1_000; run++) {
            StringBuilder text = new StringBuilder(
                    run % 2 == 0
                            ? GeneratedText.policy(random).noisy(random).text()
                            : GeneratedText.tests(random).plain());
            for (int change = 1 + random.nextInt(3); change > 0; change--) {
                int at = random.nextInt(text.length());
                int end = Math.min(text.length(), at + random.nextInt(4));
                text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
            }
            formatted += format(text.toString().getBytes(StandardCharsets.UTF_8)) ? 1 : 0;
        }
        assertThat(formatted).as("both outcomes are common").isBetween(100, 900);
    }

    @Test
    void survives_a_file_cut_off_anywhere() {
        byte[] shop = Policies.shop().getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length <= shop.length; length += 3) {
            format(Arrays.copyOf(shop, length));
        }
    }

    @Test
    void ends_soon_on_long_lines() {
        List<String> large = List.of(
                "tier a is mutable { why \"" + "x".repeat(1_000_000) + "\" }",
                "tier a is mutable { forbid " + "drop, ".repeat(40_000) + "}",
                "component x { grant select on " + "a, ".repeat(330_000) + "}",
                "component x { grant " + "update (a, b), ".repeat(15_000) + "update on x }",
                "routine a writes " + "insert on a, ".repeat(20_000),
                "trigger a on " + "a, ".repeat(80_000) + "b is harmless",
                "include " + "tiers, ".repeat(140_000) + "tiers from \"x\"",
                "tier a is mutable # " + "x".repeat(1_000_000),
                "tier a is mutable\n" + "#\n".repeat(300_000),
                "tier a is mutable" + "\n".repeat(1_000_000),
                "table a is b\n".repeat(20_000),
                "component x {\n" + "grant select on a\n".repeat(15_000) + "}",
                "{".repeat(1_000_000),
                "tier a is mutable {".repeat(50_000),
                "\"".repeat(1_000_000));
        for (String text : large) {
            ProcessorTime time = ProcessorTime.start();
            FormatOutcome outcome = Formatter.format("fuzz.tierguard", text.getBytes(StandardCharsets.UTF_8));
            assertThat(outcome).isNotInstanceOf(FormatOutcome.Refused.class);
            time.assertIsBounded(text.substring(0, 20));
        }
    }

    @Test
    void refuses_a_file_that_is_too_large_or_no_text() {
        assertThat(format(new byte[(1 << 24) + 1])).isFalse();
        assertThat(format("größe".getBytes(StandardCharsets.ISO_8859_1))).isFalse();
    }

    /** Whether the bytes could be formatted. */
    private static boolean format(byte[] bytes) {
        FormatOutcome outcome = Formatter.format("fuzz.tierguard", bytes);
        assertThat(outcome)
                .as(new String(bytes, 0, Math.min(bytes.length, 5_000), StandardCharsets.UTF_8))
                .isNotInstanceOf(FormatOutcome.Refused.class);
        if (outcome instanceof FormatOutcome.Unreadable unreadable) {
            assertThat(unreadable.diagnostics()).isNotEmpty();
            assertThat(unreadable.diagnostics().get(0).isError()).isTrue();
        } else if (outcome instanceof FormatOutcome.Formatted formatted) {
            assertThat(Formatter.format("fuzz.tierguard", formatted.text().getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(formatted);
        }
        return outcome instanceof FormatOutcome.Formatted;
    }
}
