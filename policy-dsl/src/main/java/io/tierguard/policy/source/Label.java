package io.tierguard.policy.source;

/**
 * A place in the source with what is to be said of it.
 *
 * @param span the place
 * @param text a few words, or empty
 */
public record Label(Span span, String text) {}
