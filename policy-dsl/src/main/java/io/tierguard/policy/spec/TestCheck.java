package io.tierguard.policy.spec;

import io.tierguard.policy.check.Unique;
import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.source.Diagnostic;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.Span;
import io.tierguard.policy.syntax.Declaration;
import io.tierguard.policy.syntax.Fact;
import io.tierguard.policy.syntax.Name;
import io.tierguard.policy.syntax.NamedReason;
import io.tierguard.policy.syntax.SyntaxTree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes tests of the blocks of a file, reporting everything that is wrong with them on the way. */
final class TestCheck {

    private final Findings findings;
    private final Policy policy;
    private final Set<String> dialects;
    private final Unique unique;

    TestCheck(Findings findings, Policy policy, Set<String> dialects) {
        this.findings = findings;
        this.policy = policy;
        this.dialects = dialects;
        this.unique = new Unique(findings, "test");
    }

    /** The tests of a file; they may only be used if the findings hold no error. */
    List<PolicyTest> check(SyntaxTree tree) {
        List<PolicyTest> tests = new ArrayList<>();
        for (Declaration declaration : tree.declarations()) {
            if (declaration instanceof Declaration.TestBlock block) {
                unique.isFirst(block.title());
                tests.add(test(block));
            } else if (!(declaration instanceof Declaration.BrokenBlock)) {
                reportForeign(declaration.span());
            }
        }
        return tests;
    }

    private PolicyTest test(Declaration.TestBlock block) {
        if (block.body().whole() && block.facts(Fact.Expected.class).isEmpty()) {
            findings.report(findings.at(
                            DiagnosticCode.TEST_WITHOUT_EXPECTATION,
                            block.title().span(),
                            "test `" + block.title().text() + "` expects nothing",
                            "passes whatever the policy says")
                    .withNote("a test says `allow`, `deny` or `would-deny` of at least one statement"));
        }
        return new PolicyTest(
                block.title().text(),
                new Sequence().of(block),
                place(block.title().span()));
    }

    private void reportForeign(Span keyword) {
        String article = "aeiou".indexOf(keyword.text().charAt(0)) < 0 ? "a " : "an ";
        findings.report(findings.at(
                        DiagnosticCode.MISPLACED_TEST,
                        keyword,
                        article + keyword.text() + " block does not belong in a file of tests",
                        "no test")
                .withHelp("put it into the policy; a file whose name ends in `_test.tierguard` holds tests only"));
    }

    private void reportUnknown(DiagnosticCode code, String sort, Name name, Collection<String> known) {
        Diagnostic diagnostic =
                findings.at(code, name.span(), "no " + sort + " is called `" + name.text() + "`", "unknown " + sort);
        Optional<String> meant = findings.meant(name.text(), () -> known);
        Diagnostic helped = diagnostic.withHelp(
                meant.map(word -> "did you mean `" + word + "`?").orElse(""));
        findings.report(
                code == DiagnosticCode.UNKNOWN_DIALECT
                        ? helped.withNote("the dialects are " + String.join(", ", known))
                        : helped);
    }

    private static String place(Span span) {
        return span.source().path() + ":" + span.source().lineAt(span.start());
    }

    /** The facts of one block in their order: who, when and which dialect hold until the next such fact. */
    private final class Sequence {
        private @Nullable Component component;
        private boolean isNamed;
        private Optional<Instant> moment = Optional.empty();
        private Optional<String> dialect = Optional.empty();
        private final List<Expectation> expectations = new ArrayList<>();

        List<Expectation> of(Declaration.TestBlock block) {
            for (Fact fact : block.body().facts()) {
                if (fact instanceof Fact.As as) {
                    isNamed = true;
                    component = component(as.component());
                } else if (fact instanceof Fact.At at) {
                    moment = Optional.of(at.time());
                } else if (fact instanceof Fact.InDialect in) {
                    dialect = dialect(in.name());
                } else if (fact instanceof Fact.Expected expected) {
                    expect(expected, block.body().whole());
                }
            }
            return expectations;
        }

        private void expect(Fact.Expected expected, boolean isWhole) {
            Component who = component;
            if (who != null) {
                expectations.add(new Expectation(
                        who,
                        moment,
                        dialect,
                        expected.outcome(),
                        expected.reasons().stream().map(NamedReason::reason).toList(),
                        expected.rows() < 0 ? OptionalLong.empty() : OptionalLong.of(expected.rows()),
                        expected.sql().text(),
                        place(expected.span())));
            } else if (!isNamed && isWhole) {
                isNamed = true; // said once for each test
                findings.report(findings.at(
                                DiagnosticCode.EXPECTED_BY_NOBODY,
                                expected.span(),
                                "no component runs this statement",
                                "before the first `as`")
                        .withHelp("say above it under which component it runs: `as NAME`"));
            }
        }

        private @Nullable Component component(Name name) {
            Optional<Component> known = policy.component(name.text());
            if (known.isEmpty()) {
                List<String> names =
                        policy.components().stream().map(Component::name).toList();
                reportUnknown(DiagnosticCode.UNKNOWN_COMPONENT, "component", name, names);
            }
            return known.orElse(null);
        }

        private Optional<String> dialect(Name name) {
            boolean known = dialects.contains(name.text());
            if (!known) {
                reportUnknown(DiagnosticCode.UNKNOWN_DIALECT, "dialect", name, dialects);
            }
            return known ? Optional.of(name.text()) : Optional.empty();
        }
    }
}
