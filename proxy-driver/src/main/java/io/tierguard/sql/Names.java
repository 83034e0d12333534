package io.tierguard.sql;

import io.tierguard.policy.model.TableName;

/** What the neutral identifiers of a canonical text stand for. */
@FunctionalInterface
interface Names {

    /**
     * The folded real identifier for an identifier as it stands in the canonical text.
     *
     * <p>Two identifiers that a database tells apart have different tree names, because the scope of a common table
     * expression is decided by tree names.
     */
    String original(String treeName);

    /** Whether the real identifier is its own folding, so that quotes around it change nothing where words are folded alike. */
    default boolean isFolded(String treeName) {
        return original(treeName).equals(TableName.fold(treeName));
    }
}
