package io.tierguard.policy.syntax;

import io.tierguard.policy.source.Diagnostic;

/** Ends the reading of one fact or block head; caught where the parser picks up again, never seen outside. */
final class SyntaxFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    SyntaxFault(Diagnostic diagnostic) {
        super(diagnostic.message(), null, false, false);
        this.diagnostic = diagnostic;
    }

    Diagnostic diagnostic() {
        return diagnostic;
    }
}
