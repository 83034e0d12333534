package io.tierguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Decision;
import io.tierguard.policy.model.DecisionPath;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.Step;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The compiled policy decides as the naive evaluator does, on generated policies and requests, as many as
 * {@code -Ddifferential.pairs} says.
 */
class DifferentialTest {

    private static final int PAIRS = Integer.getInteger("differential.pairs", 40_000);
    private static final List<Verb> VERBS = List.of(Verb.values());
    private static final int REQUESTS_PER_POLICY = 30;

    @Test
    void decides_as_the_specification_does() {
        Random random = new Random(20_261_122);
        int pairs = 0;
        int allowed = 0;
        while (pairs < PAIRS) {
            GeneratedPolicy generated = GeneratedPolicy.random(random);
            String text = generated.text();
            if (PolicyLoader.load("generated", text) instanceof PolicyOutcome.Loaded loaded) {
                NaiveEvaluator naive = new NaiveEvaluator(generated);
                for (int request = 0; request < REQUESTS_PER_POLICY; request++) {
                    Effect effect = effect(random);
                    Instant moment = GeneratedWaiver.moment(random);
                    allowed += compare(loaded.policy(), naive, effect, moment, text) ? 1 : 0;
                    compareWithin(loaded.policy(), effect, moment, GeneratedWaiver.moment(random));
                    pairs++;
                }
            }
        }
        assertThat(allowed).as("both outcomes are common").isBetween(PAIRS / 10, PAIRS * 9 / 10);
    }

    @Test
    void tells_a_rule_against_what_is_denied_and_none_against_what_is_allowed() {
        Random random = new Random(20_261_123);
        for (int pairs = 0; pairs < PAIRS / 6; ) {
            String text = GeneratedPolicy.random(random).text();
            if (PolicyLoader.load("generated", text) instanceof PolicyOutcome.Loaded loaded) {
                Component app = loaded.policy().component("app").orElseThrow();
                for (int request = 0; request < REQUESTS_PER_POLICY; request++) {
                    Effect effect = effect(random);
                    DecisionPath path =
                            loaded.policy().explain(app, effect, effect.table(), GeneratedWaiver.moment(random));
                    boolean isDenied = path.steps().stream().anyMatch(step -> step.answer() == Step.Answer.DENIES);
                    assertThat(isDenied).as("%s by%n%s", path, text).isEqualTo(!path.isAllowed());
                    pairs++;
                }
            }
        }
    }

    private static boolean compare(Policy policy, NaiveEvaluator naive, Effect effect, Instant moment, String text) {
        Component app = policy.component("app").orElseThrow();
        Decision decision = policy.decide(app, effect, moment);
        boolean allows = decision instanceof Decision.Allow;
        if (allows != naive.allows(effect, moment)) {
            throw new AssertionError(effect + " at " + moment + " is " + decision + " by\n" + text);
        }
        if (effect.table().isQualified()) {
            assertThat(answer(decision))
                    .as("%s at %s by%n%s", effect, moment, text)
                    .isEqualTo(naive.answer(effect, moment));
        }
        return allows;
    }

    /** Asked at another moment inside the decision's window, the policy says the same. */
    private static void compareWithin(Policy policy, Effect effect, Instant moment, Instant other) {
        Component app = policy.component("app").orElseThrow();
        Decision decision = policy.decide(app, effect, moment);
        assertThat(decision.window().holds(moment)).isTrue();
        if (decision.window().holds(other)) {
            assertThat(policy.decide(app, effect, other)).isEqualTo(decision);
        }
    }

    private static NaiveEvaluator.Answer answer(Decision decision) {
        if (decision instanceof Decision.Deny deny) {
            List<Reason> reasons = deny.denials().stream().map(Denial::reason).toList();
            return new NaiveEvaluator.Answer(reasons, Set.of(), false);
        }
        Decision.Allow allow = (Decision.Allow) decision;
        Set<GeneratedLimit> limits = allow.limits().stream()
                .map(limit -> new GeneratedLimit(limit.verb(), limit.rows(), limit.scope(), limit.exceptions()))
                .collect(Collectors.toSet());
        return new NaiveEvaluator.Answer(List.of(), limits, !allow.waivers().isEmpty());
    }

    private static Effect effect(Random random) {
        Verb verb = random.nextInt(3) == 0 ? Verb.UPDATE : VERBS.get(random.nextInt(VERBS.size()));
        String schema = random.nextInt(4) == 0 ? "" : word(random);
        TreeSet<String> columns = new TreeSet<>();
        if (verb == Verb.INSERT || verb == Verb.UPDATE) {
            GeneratedPolicy.COLUMNS.stream()
                    .filter(column -> random.nextInt(3) == 0)
                    .forEach(columns::add);
        }
        boolean narrows = (verb != Verb.UPDATE && verb != Verb.DELETE) || random.nextBoolean();
        String via = random.nextInt(5) == 0 ? "on delete cascade of parent" : "";
        boolean counted = via.isEmpty() || random.nextInt(3) == 0;
        return new Effect(verb, TableName.of(schema, word(random)), columns, narrows, via, counted);
    }

    /** Mostly a short word, which most patterns are about. */
    private static String word(Random random) {
        return NaiveEvaluator.NAMES.get(random.nextInt(random.nextInt(4) > 0 ? 6 : NaiveEvaluator.NAMES.size()));
    }
}
