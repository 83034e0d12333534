package io.tierguard.cli.test;

import io.tierguard.cli.offline.Report;
import io.tierguard.cli.terminal.Colour;
import io.tierguard.cli.terminal.Printable;
import io.tierguard.cli.terminal.Terminal;
import io.tierguard.policy.spec.CountedRule;
import io.tierguard.policy.spec.Coverage;
import io.tierguard.policy.spec.Expectation;
import io.tierguard.policy.spec.PolicyTest;
import java.util.List;

/** Prints what came of tests. */
final class TestReport {
    private final Terminal terminal;
    private final Report report;

    TestReport(Terminal terminal) {
        this.terminal = terminal;
        this.report = new Report(terminal);
    }

    void passed(PolicyTest test) {
        terminal.say(terminal.paint(Colour.GREEN, "ok") + "      " + Printable.of(test.title()));
    }

    void failed(PolicyTest test, List<Judgement> judgements) {
        terminal.say(terminal.paint(Colour.RED, "FAILED") + "  " + Printable.of(test.title()));
        judgements.stream().filter(judgement -> !judgement.isExpected()).forEach(this::explain);
    }

    private void explain(Judgement judgement) {
        Expectation expectation = judgement.expectation();
        terminal.say("  " + Printable.of(expectation.place()) + ": " + Report.shown(expectation.sql()));
        terminal.say("    expected  " + expectation.clause());
        terminal.say("    got       " + judgement.outcome().clause());
        terminal.say("    as        " + expectation.component().name()
                + expectation.moment().map(moment -> " at " + moment).orElse("")
                + " on " + judgement.dialect().code());
        report.explain(judgement.explanation(), "    ");
    }

    /** The closing line of a run. */
    void summary(int tests, int failed, int statements, int broken) {
        String errors = broken == 0 ? "" : "; " + broken + (broken == 1 ? " file has errors" : " files have errors");
        String counted = " (" + statements + (statements == 1 ? " statement)" : " statements)") + errors;
        if (tests == 0) {
            terminal.say("no test ran" + errors);
        } else if (failed == 0) {
            terminal.say(
                    terminal.paint(Colour.GREEN, tests + (tests == 1 ? " test passed" : " tests passed")) + counted);
        } else {
            terminal.say(terminal.paint(Colour.RED, failed + " of " + tests + " tests failed") + counted);
        }
    }

    /** How much of the policy the tests have exercised, and what they have not. */
    void coverage(Coverage coverage) {
        terminal.say("coverage: " + coverage.percentage() + " % (" + coverage.exercised() + " of " + coverage.sides()
                + "; each of " + coverage.rules().size() + " rules counts twice, as allowed and as denied)");
        for (CountedRule rule : coverage.rules()) {
            String missing = missing(rule);
            if (!missing.isEmpty()) {
                terminal.say("  " + missing + "  " + Printable.of(rule.text() + " (" + rule.rule() + ")"));
            }
        }
    }

    private static String missing(CountedRule rule) {
        if (rule.isAllowed()) {
            return rule.isDenied() ? "" : "never denied ";
        }
        return rule.isDenied() ? "never allowed" : "never either ";
    }
}
