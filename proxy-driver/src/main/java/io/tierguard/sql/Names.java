package io.tierguard.sql;

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
}
