package io.tierguard.sql;

/** Gives identifiers of a canonical text their real names back. */
@FunctionalInterface
interface Names {

    /** The folded real identifier for an identifier as it stands in the canonical text. */
    String original(String treeName);
}
