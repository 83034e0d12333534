package io.tierguard.policy.model;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A component's right to do something to some tables, as far as tier and table leave room for it.
 *
 * @param verbs what may be done
 * @param columns the only columns that may be set, folded, each once; empty for every column
 * @param target to which tables
 * @param rule where it is granted, as {@code file:line}
 */
public record Grant(Set<Verb> verbs, List<String> columns, GrantTarget target, String rule) {

    public Grant {
        verbs = Set.copyOf(verbs);
        columns = List.copyOf(columns);
    }

    /** Whether the grant holds for every column. */
    public boolean isForEveryColumn() {
        return columns.isEmpty();
    }

    /** What it says, as the policy writes it: {@code grant update (status) on payment}. */
    public String clause() {
        String named = verbs.stream().sorted().map(Verb::word).collect(Collectors.joining(", "));
        String listed = columns.isEmpty() ? "" : " (" + String.join(", ", columns) + ")";
        return "grant " + named + listed + " on " + target.text();
    }

    /** Whether the grant is about a verb on a table. */
    boolean concerns(Verb verb, TableClass tableClass, TableName table) {
        return verbs.contains(verb) && target.takesIn(tableClass, table);
    }
}
