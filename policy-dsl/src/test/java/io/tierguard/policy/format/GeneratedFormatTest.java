package io.tierguard.policy.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.GeneratedText;
import io.tierguard.policy.LayoutNoise;
import io.tierguard.policy.PolicyLoader;
import io.tierguard.policy.PolicyOutcome;
import io.tierguard.policy.SpanlessTree;
import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Decision;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.policy.source.Diagnostic;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.SourceText;
import io.tierguard.policy.syntax.Parser;
import io.tierguard.policy.syntax.SyntaxTree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rules F1, F3 and F5 on generated files of the whole language, laid out as badly as the language permits. */
class GeneratedFormatTest {

    private static final int FILES = 1_000;
    private static final Instant IN_THE_WAIVER = Instant.parse("2026-11-21T00:00:00Z");
    private static final List<String> TABLES =
            List.of("payment", "orders", "größe", "顧客", "order \"lines\"", "table", "x");

    @Test
    void keeps_meaning_and_comments_of_any_policy() {
        Random random = new Random(11);
        for (int run = 0; run < FILES; run++) {
            keepsMeaningAndComments(GeneratedText.policy(random), random);
        }
    }

    @Test
    void keeps_meaning_and_comments_of_tests() {
        Random random = new Random(12);
        for (int run = 0; run < FILES / 3; run++) {
            keepsMeaningAndComments(GeneratedText.tests(random), random);
        }
    }

    @Test
    void keeps_the_decisions_of_sound_policies() {
        Random random = new Random(13);
        int sound = 0;
        for (int run = 0; run < FILES / 3; run++) {
            String before = keepsMeaningAndComments(GeneratedText.soundPolicy(random), random);
            String after = Formatted.of(before);
            PolicyOutcome outcome = PolicyLoader.load("generated.tierguard", before);
            assertThat(codes(PolicyLoader.load("generated.tierguard", after)))
                    .as(before)
                    .isSubsetOf(codes(outcome));
            if (outcome instanceof PolicyOutcome.Loaded loaded) {
                sound++;
                PolicyOutcome.Loaded written = (PolicyOutcome.Loaded) PolicyLoader.load("generated.tierguard", after);
                assertThat(answers(written.policy())).as(before).isEqualTo(answers(loaded.policy()));
            }
        }
        assertThat(sound).as("most load").isGreaterThan(FILES / 6);
    }

    private static String keepsMeaningAndComments(GeneratedText generated, Random random) {
        assertThat(tree(generated.plain()).declarations()).hasSameSizeAs(generated.blocks());
        LayoutNoise.Written written = generated.noisy(random);
        String text = written.text();
        String formatted = Formatted.of(text);
        assertThat(SpanlessTree.of(tree(formatted)))
                .as("%s%n---%n%s", text, formatted)
                .isEqualTo(SpanlessTree.of(tree(text)))
                .isEqualTo(SpanlessTree.of(tree(generated.plain())));
        assertThat(comments(formatted)).as("%s%n---%n%s", text, formatted).isEqualTo(written.comments());
        assertThat(Formatted.of(formatted)).as(text).isEqualTo(formatted);
        assertThat(formatted).endsWith("\n").doesNotEndWith("\n\n").doesNotContain("\n\n\n", "\r", "\uFEFF");
        assertThat(formatted.lines()).as(text).noneMatch(line -> line.endsWith(" ") || line.startsWith("\t"));
        return text;
    }

    private static List<String> comments(String text) {
        return Piece.all(SourceText.of("generated.tierguard", text)).stream()
                .filter(Piece::isComment)
                .map(Piece::text)
                .toList();
    }

    private static SyntaxTree tree(String text) {
        SourceText source = SourceText.of("generated.tierguard", text.replace("\uFEFF", ""));
        Findings findings = new Findings(source);
        SyntaxTree tree = Parser.parse(source, findings);
        assertThat(findings.hasErrors()).as("%s%n%s", findings.sorted(), text).isFalse();
        return tree;
    }

    private static List<String> codes(PolicyOutcome outcome) {
        return outcome instanceof PolicyOutcome.Rejected rejected
                ? rejected.diagnostics().stream().map(Diagnostic::code).toList()
                : ((PolicyOutcome.Loaded) outcome)
                        .warnings().stream().map(Diagnostic::code).toList();
    }

    /** What the policy answers its components on every table and verb. */
    private static List<List<Reason>> answers(Policy policy) {
        List<List<Reason>> answers = new ArrayList<>();
        for (Component component : policy.components()) {
            for (String table : TABLES) {
                for (Verb verb : Verb.values()) {
                    for (List<String> columns : List.of(List.<String>of(), List.of("status"))) {
                        Effect effect = Effect.of(verb, TableName.of("public", table), columns, verb != Verb.DELETE);
                        answers.add(reasons(policy.decide(component, effect, IN_THE_WAIVER)));
                    }
                }
            }
        }
        return answers;
    }

    private static List<Reason> reasons(Decision decision) {
        return decision instanceof Decision.Deny deny
                ? deny.denials().stream().map(Denial::reason).toList()
                : List.of();
    }
}
