package io.tierguard.policy.syntax;

import io.tierguard.policy.model.Uncounted;
import io.tierguard.policy.source.Span;

/**
 * What a limit lets pass although its rows are not counted.
 *
 * @param what it is
 * @param span the place of its word
 */
public record Exempted(Uncounted what, Span span) {}
