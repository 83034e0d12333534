package io.tierguard.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the setting that the documentation gives, git says above a change in which block it is. */
class HunkHeaderTest {

    private static final Path PAGE = Path.of("../docs/how-to/review-a-policy-change.md");
    private static final Path EXAMPLES = Path.of("src/test/resources/io/tierguard/policy/highlighting");

    @TempDir
    private Path folder;

    @Test
    void matches_the_heads_of_blocks_and_nothing_else() throws IOException {
        Pattern head = Pattern.compile(setting().replace("[[:space:]]", "\\s"));
        for (String name : List.of("shop.tierguard", "shop_test.tierguard")) {
            assertThat(Files.readAllLines(EXAMPLES.resolve(name)))
                    .allSatisfy(line -> assertThat(head.matcher(line).find())
                            .as(line)
                            .isEqualTo(!line.isEmpty() && " }#".indexOf(line.charAt(0)) < 0));
        }
    }

    /** With one line of context: a header names what is above the hunk, and most blocks are short. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'contact \"#data-guardians\"' | 'contact \"#dba\"' | policy shop {",
                "audit writes | audit denied | tier ledger is immutable {",
                "forbid truncate, drop | forbid drop | tier operational is mutable {",
                "limit delete 50 rows per transaction | limit delete 5000 rows | tier operational is mutable {",
                "body sha256:9 | body sha256:8 | trigger orders_touch on orders is harmless {",
                "grant select, insert, update on orders | grant delete on orders | component checkout {",
                "until 2027-06-30T00:00Z | until 2030-06-30T00:00Z | trust importer {",
                "grant delete on payment to eraser | grant delete on payment to checkout | waiver gdpr-erasure-2026-11 {"
            })
    void names_the_block_of_a_change(String before, String after, String block) throws Exception {
        assertThat(headers(before, after, "-U1")).containsExactly(block);
    }

    /** As git does it unasked, with three lines of context. */
    @Test
    void names_the_block_as_the_documentation_shows_it() throws Exception {
        String said = diff(
                "  grant select, insert, update on orders\n",
                "  grant select, insert, update on orders\n  grant delete on orders\n",
                "-U3");
        String shown = Files.readString(PAGE).split("```diff\n", 2)[1].split("```", 2)[0];
        assertThat(said.replace("\n \n", "\n\n")).endsWith(shown);
    }

    @Test
    void shows_the_whole_block_when_asked_for_it() throws Exception {
        assertThat(diff("forbid truncate, drop", "forbid drop", "-W"))
                .contains("\n tier operational is mutable {\n", "\n   limit delete 50 rows per transaction\n");
    }

    private List<String> headers(String before, String after, String context) throws Exception {
        Matcher header = Pattern.compile("(?m)^@@ [^@]* @@ ?(.*)$").matcher(diff(before, after, context));
        return header.results().map(found -> found.group(1)).toList();
    }

    /** What git says of the example after one replacement. */
    private String diff(String before, String after, String context) throws Exception {
        String example = Files.readString(EXAMPLES.resolve("shop.tierguard"));
        assertThat(example).contains(before);
        Files.writeString(folder.resolve("attributes"), "*.tierguard diff=tierguard\n");
        Files.writeString(folder.resolve("old.tierguard"), example);
        Files.writeString(folder.resolve("new.tierguard"), example.replace(before, after));
        return git(
                "-c",
                "core.attributesFile=" + folder.resolve("attributes"),
                "-c",
                "diff.tierguard.xfuncname=" + setting(),
                "diff",
                "--no-index",
                "--no-color",
                "--no-ext-diff",
                context,
                "old.tierguard",
                "new.tierguard");
    }

    private String git(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectErrorStream(true);
        assumeTrue(isThere("git"), "git is not on the path");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(1);
        return said;
    }

    private static boolean isThere(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(Pattern.quote(File.pathSeparator)))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private static String setting() throws IOException {
        Matcher setting = Pattern.compile("(?m)^git config diff\\.tierguard\\.xfuncname '(.*)'$")
                .matcher(Files.readString(PAGE));
        assertThat(setting.find()).isTrue();
        return setting.group(1);
    }
}
