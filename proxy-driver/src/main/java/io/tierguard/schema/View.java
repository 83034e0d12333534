package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.util.Set;

/**
 * A name behind which other tables stand: a view or a synonym.
 *
 * @param name its own name
 * @param bases every table or view that it reads, and so could write through to
 * @param understood whether {@code bases} is known to be all of them
 * @param rewrittenBy the rule or INSTEAD OF trigger that runs in the place of a write to it; empty when none does
 */
record View(TableName name, Set<TableName> bases, boolean understood, String rewrittenBy) {

    View {
        bases = Set.copyOf(bases);
    }
}
