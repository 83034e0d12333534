package io.tierguard.policy.syntax;

import io.tierguard.policy.model.Verb;
import io.tierguard.policy.source.Span;
import java.util.List;

/**
 * A verb of a list, with the columns in parentheses after it.
 *
 * @param verb the verb
 * @param span the place of its word
 * @param columns its columns; empty where none are written
 */
public record GrantedVerb(Verb verb, Span span, List<Name> columns) {

    public GrantedVerb {
        columns = List.copyOf(columns);
    }
}
