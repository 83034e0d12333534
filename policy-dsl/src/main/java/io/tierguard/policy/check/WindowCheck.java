package io.tierguard.policy.check;

import io.tierguard.policy.model.Window;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.syntax.Declaration;
import io.tierguard.policy.syntax.Fact;
import java.time.Duration;
import java.util.Optional;

/** Checks when a waiver is in force. */
final class WindowCheck {

    /** Longer than this is no exception any more, but a rule that stands in the wrong place. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private final Findings findings;

    WindowCheck(Findings findings) {
        this.findings = findings;
    }

    /** From when until when, unless the block does not say so or it is no time at all, which is reported. */
    Optional<Window> check(Declaration.WaiverBlock block) {
        Optional<Fact.From> from = block.fact(Fact.From.class);
        Optional<Fact.Until> until = block.fact(Fact.Until.class);
        if (from.isEmpty() || until.isEmpty()) {
            return Optional.empty();
        }
        Window window = new Window(from.get().time(), until.get().time());
        if (!window.from().isBefore(window.until())) {
            findings.report(findings.at(
                            DiagnosticCode.EMPTY_WINDOW,
                            until.get().span(),
                            "waiver `" + block.name().text() + "` is never in force",
                            "not after its `from`")
                    .withRelated(from.get().span(), "begins here"));
            return Optional.empty();
        }
        if (Duration.between(window.from(), window.until()).compareTo(LONGEST) > 0) {
            findings.report(findings.at(
                            DiagnosticCode.LONG_WAIVER,
                            until.get().span(),
                            "waiver `" + block.name().text() + "` lasts longer than " + LONGEST.toDays() + " days",
                            "more than " + LONGEST.toDays() + " days after its `from`")
                    .withNote("what is needed for longer is no exception: a tier or a grant says it better"));
        }
        return Optional.of(window);
    }
}
