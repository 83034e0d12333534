package io.tierguard.cli.check;

import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.TableClass;
import io.tierguard.policy.model.TableName;
import java.util.Optional;

/**
 * A table of a live database.
 *
 * @param name its name, folded
 * @param label its name as the database spells it, with its schema
 * @param isView whether it is a view, which a policy need not cover
 * @param isForeign whether its rows are on another server, so that no wildcard matches it
 */
record LiveTable(TableName name, String label, boolean isView, boolean isForeign) {

    /** The class that it falls into, if a pattern covers it. */
    Optional<TableClass> classIn(Policy policy) {
        return (isForeign ? policy.withoutWildcards() : policy).classify(name);
    }
}
