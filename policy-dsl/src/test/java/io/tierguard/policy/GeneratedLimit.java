package io.tierguard.policy;

import io.tierguard.policy.model.LimitScope;
import io.tierguard.policy.model.Uncounted;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** A random limit as plain data, and as text. */
record GeneratedLimit(Verb verb, long rows, LimitScope scope, Set<Uncounted> exceptions) {

    private static final List<Verb> COUNTED = List.of(Verb.INSERT, Verb.UPDATE, Verb.DELETE);

    /** At most one limit for each of the verbs that may be limited. */
    static List<GeneratedLimit> random(Random random, Set<Verb> verbs, double share) {
        List<GeneratedLimit> limits = new ArrayList<>();
        for (Verb verb : COUNTED) {
            if (verbs.contains(verb) && random.nextDouble() < share) {
                Set<Uncounted> exceptions = EnumSet.noneOf(Uncounted.class);
                if (random.nextInt(3) == 0) {
                    exceptions.add(Uncounted.CASCADE);
                }
                if (verb == Verb.DELETE && random.nextInt(3) == 0) {
                    exceptions.add(Uncounted.TRUNCATE);
                }
                LimitScope scope = LimitScope.values()[random.nextInt(LimitScope.values().length)];
                limits.add(new GeneratedLimit(verb, 1 + random.nextInt(9), scope, exceptions));
            }
        }
        return limits;
    }

    /** The lines of these limits in a block. */
    static String text(List<GeneratedLimit> limits) {
        return limits.stream().map(limit -> "  " + limit.text() + "\n").collect(Collectors.joining());
    }

    private String text() {
        String except = exceptions.stream().map(Uncounted::word).collect(Collectors.joining(", "));
        return "limit " + verb.word() + " " + rows + " rows"
                + (scope == LimitScope.TRANSACTION ? " per transaction" : "")
                + (except.isEmpty() ? "" : " except " + except);
    }
}
