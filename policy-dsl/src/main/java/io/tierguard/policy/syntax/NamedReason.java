package io.tierguard.policy.syntax;

import io.tierguard.policy.model.Reason;
import io.tierguard.policy.source.Span;

/**
 * A reason of a list.
 *
 * @param reason the reason
 * @param span the place of its word
 */
public record NamedReason(Reason reason, Span span) {}
