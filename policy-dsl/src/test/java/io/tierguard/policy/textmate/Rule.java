package io.tierguard.policy.textmate;

import java.util.List;
import java.util.Map;

/** One rule of a grammar. */
sealed interface Rule {

    /**
     * Stands for another rule, or for another grammar.
     *
     * @param of the name of a rule after {@code #}, or the scope of a grammar
     */
    record Inclusion(String of) implements Rule {}

    /**
     * Some rules together; as the rule of a group, with a scope for what the group matches.
     *
     * @param name the scope, or empty
     * @param patterns the rules
     */
    record Bundle(String name, List<Rule> patterns) implements Rule {
        public Bundle {
            patterns = List.copyOf(patterns);
        }
    }

    /** A rule that is looked for in a line. */
    sealed interface Sought extends Rule {

        /** The scope of all that it covers, or empty. */
        String name();

        /** What it is found by. */
        Expression start();

        /** The rules of the groups of that. */
        Map<Integer, Bundle> captures();
    }

    /**
     * A rule that is over with what it is found by.
     *
     * @param name its scope, or empty
     * @param start what it is found by
     * @param captures the rules of the groups of that
     */
    record Match(String name, Expression start, Map<Integer, Bundle> captures) implements Sought {
        public Match {
            captures = Map.copyOf(captures);
        }
    }

    /**
     * A rule that lasts until its end is found.
     *
     * @param name its scope, or empty
     * @param start what it is found by
     * @param captures the rules of the groups of that
     * @param end what it ends with
     * @param endCaptures the rules of the groups of that
     * @param patterns what may stand in it
     */
    record Pair(
            String name,
            Expression start,
            Map<Integer, Bundle> captures,
            Expression end,
            Map<Integer, Bundle> endCaptures,
            List<Rule> patterns)
            implements Sought {
        public Pair {
            captures = Map.copyOf(captures);
            endCaptures = Map.copyOf(endCaptures);
            patterns = List.copyOf(patterns);
        }
    }
}
