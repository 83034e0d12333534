package io.tierguard.policy.textmate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What colours must do beyond single words: stay in their line, recover, and come soon. */
class HighlightingTest {

    private static final Path EDITORS = Path.of("../editors/textmate");
    private static final Path SHOP = Path.of("src/test/resources/io/tierguard/policy/highlighting/shop.tierguard");

    /** A language whose texts and comments do not end at a line. */
    private static final String SQL = """
            {"scopeName": "source.sql", "patterns": [
              {"match": "\\\\b(?i:update|set)\\\\b", "name": "keyword.sql"},
              {"name": "string.sql", "begin": "'", "end": "'"},
              {"name": "string.sql", "begin": "\\"", "end": "\\""},
              {"name": "comment.sql", "begin": "/\\\\*", "end": "\\\\*/"}]}
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tier a is mutable {\n  why \"open\n",
                "tier a is mutable {\n  why \"open \\\n",
                "tier a is mutable {\n  why \"open \\\"\n",
                "test \"open\n",
                "test \"a\" {\n  allow \"UPDATE a\n",
                "test \"a\" {\n  deny immutable-tier \"UPDATE a \\\n",
                "include tiers from \"open\n",
                "table \"open\n"
            })
    void ends_an_unclosed_text_at_its_line(String text) throws IOException {
        assertThat(new Tokeniser(Grammar.ofPolicies()).lines(text + "tier b is frozen\n"))
                .satisfies(lines -> {
                    assertThat(lines.get(lines.size() - 2))
                            .extracting(ScopedToken::scope)
                            .contains("keyword.control.block.tierguard", "storage.modifier.tier-kind.tierguard");
                    assertThat(lines.get(lines.size() - 3))
                            .extracting(ScopedToken::scopes)
                            .anySatisfy(scopes ->
                                    assertThat(scopes).anyMatch(scope -> scope.startsWith("string.quoted.double")));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"'x", "/* x", "\\\"x", "\\\\\\\"x", "\\"})
    void keeps_the_sql_of_a_test_within_its_quotes(String unclosed) throws IOException {
        Tokeniser tokeniser = new Tokeniser(Grammar.ofPolicies(Grammar.of(SQL)));
        List<ScopedToken> tokens = tokeniser.tokens(
                "test \"t\" {\n  allow \"UPDATE a SET b = " + unclosed + " \" # note\n  as checkout\n}\n");
        assertThat(tokens)
                .contains(token(
                        "UPDATE",
                        "meta.block.test.tierguard string.quoted.double.sql.tierguard "
                                + "meta.embedded.inline.sql keyword.sql"));
        assertThat(tokens).contains(token("as", "meta.block.test.tierguard keyword.control.fact.tierguard"));
        assertThat(tokens)
                .filteredOn(token -> token.text().contains("note"))
                .extracting(ScopedToken::scope)
                .containsExactly("comment.line.number-sign.tierguard");
    }

    @Test
    void loses_nothing_of_the_text() throws IOException {
        String shop = Files.readString(SHOP);
        for (int length = 0; length < shop.length(); length += 7) {
            String half = shop.substring(0, length);
            assertThat(joined(half)).isEqualTo(half + "\n");
        }
    }

    /** What has to be tried in ever more ways would not end. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void is_done_with_a_long_text_of_anything() throws IOException {
        List<String> large = List.of(
                "a".repeat(200_000),
                "a ".repeat(100_000),
                "\"".repeat(200_000),
                "\\".repeat(200_000),
                "# ".repeat(100_000),
                "{".repeat(200_000),
                "{\n".repeat(20_000),
                "tier a is mutable {\n".repeat(5_000),
                "table " + "*.".repeat(100_000),
                "trigger t on " + "a, ".repeat(60_000),
                "tier t is mutable { why \"" + "\\\"".repeat(100_000),
                "tier t is mutable { forbid " + "drop, ".repeat(32_000),
                "component c { grant select on " + "a,\n".repeat(10_000),
                "component c { grant update " + "(".repeat(200_000),
                "routine r is harmless { body " + "sha256:".repeat(30_000),
                "test \"t\" { deny \"" + "\\".repeat(200_000),
                "test \"t\" { deny \"" + "\\\"".repeat(100_000),
                "\u202e".repeat(60_000));
        for (String text : large) {
            assertThat(joined(text)).as(text.substring(0, 40)).hasSize(text.length() + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"package.json", "language-configuration.json", "tierguard.tmLanguage.json"})
    void is_part_of_a_whole_extension(String name) throws IOException {
        assertThat(JsonTree.object(Files.readString(EDITORS.resolve(name)))).isNotEmpty();
        assertThat(Files.readString(EDITORS.resolve("package.json")))
                .contains(
                        "\"source.tierguard\"", "\"./language-configuration.json\"", "\"./tierguard.tmLanguage.json\"");
    }

    private static ScopedToken token(String text, String scopes) {
        return new ScopedToken(text, List.of(("source.tierguard " + scopes).split(" ")));
    }

    private static String joined(String text) throws IOException {
        return new Tokeniser(Grammar.ofPolicies())
                .lines(text).stream()
                        .flatMap(List::stream)
                        .map(ScopedToken::text)
                        .collect(Collectors.joining());
    }
}
