package io.tierguard.policy.syntax;

import io.tierguard.policy.source.Diagnostic;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.Span;

/** Words the one thing said of what the language has and this version does not. */
final class Unsupported {

    private Unsupported() {}

    static Diagnostic by(Findings findings, Span span, String what) {
        return findings.at(
                        DiagnosticCode.UNSUPPORTED,
                        span,
                        "`" + what + "` is not supported by this version",
                        "not supported")
                .withNote("a policy is enforced as a whole or not at all, so it does not load");
    }
}
