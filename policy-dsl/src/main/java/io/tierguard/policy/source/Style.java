package io.tierguard.policy.source;

/** How a diagnostic is rendered. */
public enum Style {
    /** Plain text, for logs, files and exceptions. */
    PLAIN,
    /** Text with ANSI colours, for terminals. */
    ANSI
}
