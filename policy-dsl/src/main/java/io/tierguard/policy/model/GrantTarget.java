package io.tierguard.policy.model;

import java.util.List;
import java.util.stream.Collectors;

/** What a grant is on. */
public sealed interface GrantTarget {

    /**
     * Whether the target takes in every table that the given name could mean within a class.
     *
     * @param tableClass the class the table falls into
     * @param table its name, schema or catalog possibly unknown
     */
    boolean takesIn(TableClass tableClass, TableName table);

    /** Whether the target takes in every table of a class. */
    boolean takesInAll(TableClass tableClass);

    /** The target as the policy writes it. */
    String text();

    /** Every classified table. */
    record Everything() implements GrantTarget {
        @Override
        public boolean takesIn(TableClass tableClass, TableName table) {
            return true;
        }

        @Override
        public boolean takesInAll(TableClass tableClass) {
            return true;
        }

        @Override
        public String text() {
            return "everything";
        }
    }

    /**
     * Every table of one tier.
     *
     * @param tier the tier's name
     */
    record OnTier(String tier) implements GrantTarget {
        @Override
        public boolean takesIn(TableClass tableClass, TableName table) {
            return takesInAll(tableClass);
        }

        @Override
        public boolean takesInAll(TableClass tableClass) {
            return tableClass.tier().name().equals(tier);
        }

        @Override
        public String text() {
            return "tier " + tier;
        }
    }

    /**
     * The tables that one of some patterns matches.
     *
     * @param patterns the patterns
     */
    record OnPatterns(List<TablePattern> patterns) implements GrantTarget {
        public OnPatterns {
            patterns = List.copyOf(patterns);
        }

        @Override
        public boolean takesIn(TableClass tableClass, TableName table) {
            for (int at = 0; at < patterns.size(); at++) {
                if (patterns.get(at).matchesWherever(tableClass.pattern(), table)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean takesInAll(TableClass tableClass) {
            return patterns.stream().anyMatch(pattern -> pattern.covers(tableClass.pattern()));
        }

        @Override
        public String text() {
            return patterns.stream().map(TablePattern::text).collect(Collectors.joining(", "));
        }
    }
}
