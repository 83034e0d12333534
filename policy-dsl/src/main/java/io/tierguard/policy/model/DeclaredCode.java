package io.tierguard.policy.model;

/**
 * A fact with what it is about; a fact on several tables stands once for each.
 *
 * @param pattern the routines or triggers it is about
 * @param fact what it says of them
 */
public record DeclaredCode(CodePattern pattern, CodeFact fact) {}
