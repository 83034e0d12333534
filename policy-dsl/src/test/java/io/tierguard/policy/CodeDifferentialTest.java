package io.tierguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.CodeFact;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rules R7 and R8 on generated facts, by trying every name there is. */
class CodeDifferentialTest {

    private static final int QUESTIONS = 20_000;

    /** A fact about routines, or about triggers on tables of the name; an empty schema is not written. */
    private record Generated(String schema, String name, Set<Verb> verbs) {

        boolean matches(String inSchema, String called) {
            return NaiveEvaluator.words(schema).contains(inSchema)
                    && NaiveEvaluator.words(name).contains(called);
        }

        boolean isWithin(Generated whole) {
            return NaiveEvaluator.words(whole.schema).containsAll(NaiveEvaluator.words(schema))
                    && NaiveEvaluator.words(whole.name).containsAll(NaiveEvaluator.words(name));
        }

        String pattern() {
            return schema.isEmpty() ? name : schema + "." + name;
        }

        String says() {
            String words = verbs.stream().map(Verb::word).collect(Collectors.joining(", "));
            return (verbs.isEmpty() ? " is harmless" : " writes " + words + " on x") + " {\n  why \"reviewed\"\n}\n";
        }
    }

    @Test
    void answers_as_the_specification_does() {
        Random random = new Random(20_261_123);
        int answered = 0;
        for (int asked = 0; asked < QUESTIONS; ) {
            List<Generated> facts = facts(random);
            String text = text(facts);
            if (PolicyLoader.load("generated", text) instanceof PolicyOutcome.Loaded loaded) {
                for (int request = 0; request < 20; request++) {
                    answered += compare(loaded.policy(), facts, random, text) ? 1 : 0;
                    asked++;
                }
            }
        }
        assertThat(answered).as("both outcomes are common").isBetween(QUESTIONS / 10, QUESTIONS * 9 / 10);
    }

    private static boolean compare(Policy policy, List<Generated> facts, Random random, String text) {
        String schema = random.nextBoolean() ? "" : word(random);
        String name = word(random);
        Optional<Set<Verb>> expected = expected(facts, schema, name);
        assertThat(policy.routine(schema, name, Set.of()).map(CodeDifferentialTest::verbs))
                .as("routine %s.%s by%n%s", schema, name, text)
                .isEqualTo(expected);
        assertThat(policy.trigger("t", TableName.of(schema, name), Set.of()).map(CodeDifferentialTest::verbs))
                .as("trigger on %s.%s by%n%s", schema, name, text)
                .isEqualTo(expected);
        return expected.isPresent();
    }

    /** What is said of a name: in its schema, or where it has none, in all schemas, if something is said in each. */
    private static Optional<Set<Verb>> expected(List<Generated> facts, String schema, String name) {
        List<String> schemas = schema.isEmpty() ? NaiveEvaluator.NAMES : List.of(schema);
        Set<Verb> verbs = new HashSet<>();
        for (String possible : schemas) {
            List<Generated> matching =
                    facts.stream().filter(fact -> fact.matches(possible, name)).toList();
            if (matching.isEmpty()) {
                return Optional.empty();
            }
            matching.stream()
                    .filter(fact -> matching.stream().noneMatch(other -> other.isWithin(fact) && !fact.isWithin(other)))
                    .forEach(winner -> verbs.addAll(winner.verbs()));
        }
        return Optional.of(verbs);
    }

    private static Set<Verb> verbs(CodeFact fact) {
        return fact.effects().stream().map(Effect::verb).collect(Collectors.toSet());
    }

    private static String text(List<Generated> facts) {
        StringBuilder text = new StringBuilder();
        for (Generated fact : facts) {
            text.append("routine ").append(fact.pattern()).append(fact.says());
            text.append("trigger t on ").append(fact.pattern()).append(fact.says());
        }
        return text.toString();
    }

    private static List<Generated> facts(Random random) {
        List<Generated> facts = new ArrayList<>();
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            Set<Verb> verbs = switch (random.nextInt(4)) {
                case 0 -> Set.of(Verb.INSERT);
                case 1 -> Set.of(Verb.UPDATE);
                case 2 -> Set.of(Verb.INSERT, Verb.UPDATE);
                default -> Set.of();
            };
            facts.add(new Generated(GeneratedPolicy.schema(random), GeneratedPolicy.glob(random), verbs));
        }
        return facts;
    }

    private static String word(Random random) {
        return NaiveEvaluator.NAMES.get(random.nextInt(random.nextInt(4) > 0 ? 6 : NaiveEvaluator.NAMES.size()));
    }
}
