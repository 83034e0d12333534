package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.Set;

/**
 * A view that only one session has, as its database tells it.
 *
 * @param bases every table and view that it reads
 * @param definition its query
 * @param hasDefaults whether it has a default of its own for a column
 */
public record TemporaryView(Set<TableName> bases, String definition, boolean hasDefaults) {
    public TemporaryView {
        bases = Set.copyOf(bases);
    }
}
