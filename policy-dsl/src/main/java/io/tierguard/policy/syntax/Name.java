package io.tierguard.policy.syntax;

import io.tierguard.policy.source.Span;

/**
 * A name as it is written.
 *
 * @param text the name
 * @param span its place
 */
public record Name(String text, Span span) {}
