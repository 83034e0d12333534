package io.tierguard.policy.syntax;

import java.util.List;

/**
 * Some verbs on some tables, in what a routine or trigger {@code writes}.
 *
 * @param verbs the verbs, without columns
 * @param tables the tables
 */
public record Writes(List<GrantedVerb> verbs, List<Pattern> tables) {

    public Writes {
        verbs = List.copyOf(verbs);
        tables = List.copyOf(tables);
    }
}
