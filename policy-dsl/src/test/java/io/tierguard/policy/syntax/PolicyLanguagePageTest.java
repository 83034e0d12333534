package io.tierguard.policy.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.Policies;
import io.tierguard.policy.model.AuditLevel;
import io.tierguard.policy.model.BindValues;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.TierKind;
import io.tierguard.policy.model.Uncounted;
import io.tierguard.policy.model.Verb;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page about the language knows each of its words, and its examples are of the language. */
class PolicyLanguagePageTest {

    private static final Path PAGE = Path.of("../docs/reference/policy-language.md");
    private static final Pattern FENCE = Pattern.compile("(?ms)^```([a-z]+)\n(.*?)^```$");
    private static final Pattern TERMINAL = Pattern.compile("\"([a-z][a-z0-9-]*)\"");

    @ParameterizedTest
    @EnumSource(BlockKind.class)
    void has_a_section_with_an_example_for_each_block(BlockKind kind) throws IOException {
        String section = Files.readString(PAGE)
                .split("\n### `" + kind.word() + "`\n", 2)[1]
                .split("\n##", 2)[0];

        assertThat(section).containsPattern("(?ms)^```tierguard\n([^`]*\n)?" + kind.word() + " ");
    }

    @ParameterizedTest
    @EnumSource(FactKind.class)
    void explains_each_fact_and_shows_it_in_an_example(FactKind kind) throws IOException {
        String text = FENCE.matcher(Files.readString(PAGE)).replaceAll("");

        assertThat(text).containsPattern("`" + kind.word() + "[ `]");
        assertThat(String.join("\n", fences("tierguard"))).containsPattern("(?m)^  " + kind.word() + "\\b");
    }

    @Test
    void has_a_grammar_of_exactly_the_words_of_the_language() throws IOException {
        Set<String> words = new TreeSet<>(
                Set.of("is", "on", "to", "path", "where", "values", "per", "transaction", "except", "row", "rows"));
        words.addAll(Set.of("and", "harmless", "writes", "everything", "everyone", "postgresql", "h2", "ansi"));
        words.addAll(Set.of("mysql", "mariadb", "sqlite", "oracle", "sqlserver", "documented"));
        words.addAll(BlockKind.words());
        includable().map(BlockKind::plural).forEach(words::add);
        words(words, FactKind.values(), FactKind::word);
        words(words, Verb.values(), Verb::word);
        words(words, Power.values(), Power::word);
        words(words, TierKind.values(), TierKind::word);
        words(words, AuditLevel.values(), AuditLevel::word);
        words(words, Durability.values(), Durability::word);
        words(words, BindValues.values(), BindValues::word);
        words(words, Uncounted.values(), Uncounted::word);

        Set<String> found = TERMINAL.matcher(fences("ebnf").get(0))
                .results()
                .map(terminal -> terminal.group(1))
                .collect(Collectors.toSet());

        assertThat(found).containsExactlyInAnyOrderElementsOf(words);
    }

    @Test
    void has_examples_that_can_be_read() throws IOException {
        for (String example : fences("tierguard")) {
            SourceText source = SourceText.of("example.tierguard", example);
            Findings findings = new Findings(source);
            SyntaxTree tree = Parser.parse(source, findings);

            assertThat(Policies.rendered(findings.sorted())).as(example).isEmpty();
            assertThat(tree.declarations()).as(example).isNotEmpty();
        }
    }

    @Test
    void has_examples_that_load_without_an_error_where_they_are_whole() throws IOException {
        List<String> whole = fences("tierguard").stream()
                .filter(example -> !example.startsWith("test ") && !example.startsWith("include "))
                .toList();

        assertThat(whole).hasSizeGreaterThan(8);
        assertThat(whole).allSatisfy(Policies::sound);
    }

    private static Stream<BlockKind> includable() {
        return Arrays.stream(BlockKind.values()).filter(BlockKind::isIncludable);
    }

    private static <E> void words(Set<String> words, E[] constants, Function<E, String> word) {
        Arrays.stream(constants).map(word).forEach(words::add);
    }

    private static List<String> fences(String language) throws IOException {
        return FENCE.matcher(Files.readString(PAGE))
                .results()
                .filter(fence -> fence.group(1).equals(language))
                .map(fence -> fence.group(2))
                .toList();
    }
}
