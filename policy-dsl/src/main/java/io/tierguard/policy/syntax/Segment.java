package io.tierguard.policy.syntax;

import io.tierguard.policy.source.Span;

/**
 * One part of a pattern.
 *
 * @param text the part without its quotes
 * @param quoted whether it stands in quotes, where a star is only a star
 * @param span its place
 */
public record Segment(String text, boolean quoted, Span span) {}
