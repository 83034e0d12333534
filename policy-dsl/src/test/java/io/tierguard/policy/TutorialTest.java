package io.tierguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Decision;
import io.tierguard.policy.model.DenialText;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The policy of the tutorial loads without a word and decides as the tutorial tells. */
class TutorialTest {

    private static final Path PAGE = Path.of("../docs/tutorial/protect-one-table.md");
    private static final TableName INVOICE = TableName.of("public", "invoice");
    private static final TableName DRAFT = TableName.of("public", "draft");

    @Test
    void is_sound() throws IOException {
        assertThat(Policies.diagnostics("invoices.tierguard", policyText())).isEmpty();
        Policy policy = policy();
        assertThat(Files.readString(PAGE))
                .contains("try/invoices.tierguard: ok (" + policy.tiers().size() + " tiers, "
                        + policy.tableClasses().size() + " table patterns, "
                        + policy.components().size() + " component)\n");
    }

    @Test
    void lets_through_what_the_tutorial_says_goes_through() throws IOException {
        assertThat(decide(Effect.of(Verb.INSERT, INVOICE, List.of("customer", "amount"), true)))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide(Effect.of(Verb.UPDATE, INVOICE, List.of("paid_at"), true)))
                .isEqualTo(Decision.ALLOW);
    }

    @Test
    void denies_in_the_words_of_the_tutorial() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page)
                .contains("denied: " + words(decide(Effect.of(Verb.UPDATE, INVOICE, List.of("amount"), true))) + " [");
        assertThat(page)
                .contains(
                        "denied: " + words(decide(new Effect(Verb.DELETE, DRAFT, new TreeSet<>(), false, ""))) + " [");
    }

    private static String words(Decision decision) {
        return DenialText.of(((Decision.Deny) decision).denials());
    }

    private static Decision decide(Effect effect) throws IOException {
        Policy policy = policy();
        Component billing = policy.component("billing").orElseThrow();
        return policy.decide(billing, effect, Instant.EPOCH);
    }

    private static Policy policy() throws IOException {
        return ((PolicyOutcome.Loaded) PolicyLoader.load("invoices.tierguard", policyText())).policy();
    }

    private static String policyText() throws IOException {
        return Files.readString(PAGE).split("```tierguard\n", 2)[1].split("```", 2)[0];
    }
}
