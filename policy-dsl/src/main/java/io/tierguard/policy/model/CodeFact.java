package io.tierguard.policy.model;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the policy says that a routine or a trigger does.
 *
 * @param pattern its name as the policy writes it; where several facts could be meant, those of all, listed
 * @param effects what it could do to tables, of which the columns and rows are not known; empty when it is harmless
 * @param why the reason the policy gives, or empty
 * @param bodies the hashes of the bodies it was said of; empty when it holds of any
 * @param rule where it is declared, as {@code file:line}; where several facts could be meant, those of all, listed
 */
public record CodeFact(String pattern, List<Effect> effects, String why, List<String> bodies, String rule) {

    public CodeFact {
        effects = List.copyOf(effects);
        bodies = List.copyOf(bodies);
    }

    /** Whether the fact still holds of code with these bodies, by their hashes; of unknown ones if it holds of any. */
    boolean holdsFor(Set<String> live) {
        return bodies.isEmpty() || (!live.isEmpty() && bodies.containsAll(live));
    }

    /** One fact that says what several say together. */
    static CodeFact union(Collection<CodeFact> facts) {
        LinkedHashSet<Effect> effects = new LinkedHashSet<>();
        facts.forEach(fact -> effects.addAll(fact.effects));
        return new CodeFact(
                listed(facts, CodeFact::pattern),
                List.copyOf(effects),
                listed(facts, CodeFact::why),
                facts.stream().flatMap(fact -> fact.bodies.stream()).distinct().toList(),
                listed(facts, CodeFact::rule));
    }

    private static String listed(Collection<CodeFact> facts, Function<CodeFact, String> part) {
        return facts.stream()
                .map(part)
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
