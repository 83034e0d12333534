package io.tierguard.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tierguard.policy.source.Diagnostic;
import io.tierguard.policy.source.Style;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Rule S9: whatever the bytes, reading ends soon, with a policy or with diagnostics. */
class FuzzTest {

    private static final byte[] SHOP = Policies.shop().getBytes(StandardCharsets.UTF_8);
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "(",
            ")",
            ",",
            ".",
            "\"",
            "\n",
            "\r",
            "*",
            "#",
            " ",
            "\t",
            "\\",
            "tier",
            "table",
            "component",
            "grant",
            "on",
            "is",
            "everything",
            "mutable",
            "routine",
            "trigger",
            "writes",
            "insert",
            "harmless",
            "\ntrigger a* on b, c writes insert on d",
            "\nroutine *b writes update on ",
            "\nwaiver x {\n",
            "\nobserve everyone {\n",
            "\ntrust checkout {\n",
            "\ntest \"a\" {\n",
            "\ninclude components from ",
            "include",
            "from",
            "to",
            "until",
            "reasons",
            "not-granted",
            "limit",
            "limit delete 5 rows",
            "per transaction",
            "except truncate, cascade",
            "2026-11-27T18:00Z",
            "+01:00",
            "999999999999",
            "body sha256:",
            "bind values",
            "unwrap",
            "define",
            "as",
            "deny",
            "rows",
            "\u202e",
            "\u200b",
            "é",
            "\ud83d\ude00",
            "\0");

    private static final String WAIVERS = """
            waiver w {
              why "w"
              ticket "w"
              owner "w"
              from 2026-11-20T08:00Z
              until 2026-11-27T08:00Z
              grant delete on a to c
            }
            """.repeat(5_000);

    @Test
    void survives_random_bytes() {
        Random random = new Random(1);
        for (int run = 0; run < 1_000; run++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            read(bytes);
        }
    }

    @Test
    void survives_a_sound_file_with_a_few_changes() {
        Random random = new Random(2);
        for (int run = 0; run < 1_500; run++) {
            String text = Policies.shop();
            for (int change = 1 + random.nextInt(4); change > 0; change--) {
                int at = random.nextInt(text.length());
                int end = Math.min(text.length(), at + random.nextInt(12));
                text = text.substring(0, at) + PIECES.get(random.nextInt(PIECES.size())) + text.substring(end);
            }
            read(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void survives_included_files_of_any_sort() {
        Random random = new Random(4);
        String include = "include components, tiers, waivers, trusts from \"teams/*\"\ninclude tables from \"a\"\n";
        for (int run = 0; run < 500; run++) {
            List<byte[]> contents = new ArrayList<>();
            for (int file = 0; file < 3; file++) {
                int start = random.nextInt(SHOP.length);
                contents.add(Arrays.copyOfRange(SHOP, start, start + random.nextInt(SHOP.length - start)));
            }
            byte[] root =
                    (include + new String(contents.get(2), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
            hold(() -> PolicyLoader.load("fuzz.tierguard", root, new FilesInMemory(contents)), root);
        }
    }

    /** As many files as there are contents, whatever they are called. */
    private record FilesInMemory(List<byte[]> contents) implements PolicyFiles {

        @Override
        public byte[] read(String path, int most) throws IOException {
            if (path.length() % 5 == 0) {
                throw new IOException("no luck");
            }
            return contents.get(path.length() % contents.size());
        }

        @Override
        public List<String> list(String folder) {
            return List.of("x.tierguard", "xx.tierguard", "x_test.tierguard", ".x", "x", "");
        }
    }

    @Test
    void survives_a_file_cut_off_anywhere() {
        for (int length = 0; length < SHOP.length; length += 7) {
            read(Arrays.copyOf(SHOP, length));
        }
    }

    @Test
    void survives_random_token_soup() {
        Random random = new Random(3);
        for (int run = 0; run < 1_500; run++) {
            StringBuilder soup = new StringBuilder();
            for (int count = random.nextInt(60); count > 0; count--) {
                soup.append(PIECES.get(random.nextInt(PIECES.size() - 1))).append(random.nextBoolean() ? " " : "");
            }
            read(soup.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void ends_soon_on_large_and_deeply_nested_files() {
        List<String> large = List.of(
                "{".repeat(1_000_000),
                "tier a is mutable {".repeat(50_000),
                "tier a is mutable {\n".repeat(50_000),
                "tier x is mutable\n" + "table a*b is x\n".repeat(4_999),
                "table " + "a.".repeat(500_000),
                "a".repeat(1_000_000),
                "*".repeat(1_000_000),
                "\"".repeat(1_000_000),
                "tier x is mutable {\n  forbid " + "drop, ".repeat(160_000),
                "component x {\n  grant select on " + "a, ".repeat(300_000),
                "routine a writes " + "insert on a, ".repeat(80_000),
                "routine a writes insert on " + "a, ".repeat(300_000),
                "trigger a on " + "a, ".repeat(300_000),
                "trigger " + "a*".repeat(100) + " on " + "b*b, ".repeat(4_999) + "x is harmless\n",
                "routine a*b is harmless\n".repeat(4_999) + "routine *a writes drop on x\n",
                "include " + "tiers, ".repeat(150_000),
                "include tiers from \"x.tierguard\"\n".repeat(30_000),
                "tier x is mutable {\n" + "  limit delete 5 rows\n".repeat(40_000) + "}\n",
                "tier x is mutable {\n  limit delete 5 rows except " + "truncate, ".repeat(90_000),
                "routine a is harmless {\n  body " + "sha256:x, ".repeat(90_000),
                "observe everyone {\n  reasons " + "cascade, ".repeat(100_000),
                "observe x {\n}\n".repeat(60_000),
                "waiver x {\n" + "  grant delete on a to b\n".repeat(35_000),
                "component c {\n}\ntier t is mutable\ntable a is t\n" + WAIVERS,
                "test \"a\" {\n" + "  allow \"SELECT 1\"\n".repeat(45_000),
                "\n".repeat(1_000_000),
                "\u202e".repeat(300_000),
                "\u202e\n".repeat(250_000));
        for (String text : large) {
            Assertions.assertThatNoException().isThrownBy(() -> {
                ProcessorTime time = ProcessorTime.start();
                read(text.getBytes(StandardCharsets.UTF_8));
                time.assertIsBounded(text.substring(0, 20));
            });
        }
    }

    private static void read(byte[] bytes) {
        hold(() -> PolicyLoader.load("fuzz.tierguard", bytes), bytes);
    }

    private static void hold(Supplier<PolicyOutcome> reading, byte[] bytes) {
        assertThatCode(() -> {
                    PolicyOutcome outcome = reading.get();
                    if (outcome instanceof PolicyOutcome.Rejected rejected) {
                        assertThat(rejected.diagnostics()).isNotEmpty();
                        assertThat(rejected.diagnostics().get(0).isError()).isTrue();
                        assertThat(rejected.diagnostics()).hasSizeLessThan(150);
                        rejected.diagnostics().forEach(FuzzTest::render);
                    }
                })
                .as(() -> new String(bytes, 0, Math.min(bytes.length, 2_000), StandardCharsets.UTF_8))
                .doesNotThrowAnyException();
    }

    private static void render(Diagnostic diagnostic) {
        assertThat(diagnostic.render()).endsWith("\n").hasSizeLessThan(20_000);
        assertThat(diagnostic.render(Style.ANSI)).contains(diagnostic.code());
        assertThat(diagnostic.line()).isNotNegative();
    }
}
