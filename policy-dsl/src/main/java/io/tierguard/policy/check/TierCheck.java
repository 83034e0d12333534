package io.tierguard.policy.check;

import io.tierguard.policy.model.AuditLevel;
import io.tierguard.policy.model.BindValues;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.Limit;
import io.tierguard.policy.model.Tier;
import io.tierguard.policy.model.TierKind;
import io.tierguard.policy.model.Verb;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.syntax.Declaration;
import io.tierguard.policy.syntax.Fact;
import io.tierguard.policy.syntax.GrantedVerb;
import io.tierguard.policy.syntax.SyntaxTree;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks the tiers of a policy. */
final class TierCheck {

    private static final Set<Verb> NARROWED = EnumSet.of(Verb.UPDATE, Verb.DELETE);

    private final Findings findings;
    private final Doubt doubt;
    private final Unique unique;

    TierCheck(Findings findings, Doubt doubt) {
        this.findings = findings;
        this.doubt = doubt;
        this.unique = new Unique(findings, "tier");
    }

    /** The tiers by name, in file order. */
    Map<String, Tier> check(SyntaxTree tree) {
        Map<String, Tier> tiers = new LinkedHashMap<>();
        for (Declaration.TierBlock block : tree.all(Declaration.TierBlock.class)) {
            if (unique.isFirst(block.name())) {
                tiers.put(block.name().text(), tier(block));
            } else {
                doubt.castOnTables();
            }
        }
        return tiers;
    }

    private Tier tier(Declaration.TierBlock block) {
        Optional<Fact.Forbid> forbid = block.fact(Fact.Forbid.class);
        Optional<Fact.RequireWhere> require = block.fact(Fact.RequireWhere.class);
        forbid.ifPresent(fact -> lintForbid(block, fact));
        require.ifPresent(this::checkRequire);
        AuditLevel ordinarily = switch (block.ceiling()) {
            case FROZEN, IMMUTABLE -> AuditLevel.ALL;
            case MUTABLE -> AuditLevel.WRITES;
        };
        // Writes on a protected tier outlive the process from the start; others may wait in the queue.
        Durability ordinaryDurability = switch (block.ceiling()) {
            case FROZEN, IMMUTABLE -> Durability.FLUSH;
            case MUTABLE -> Durability.ASYNC;
        };
        return new Tier(
                block.name().text(),
                block.ceiling(),
                block.why(),
                forbid.map(fact -> Listed.verbs(fact.verbs(), findings)).orElse(Set.of()),
                require.map(fact -> Listed.verbs(fact.verbs(), findings)).orElse(Set.of()),
                limits(block),
                block.fact(Fact.Audit.class).map(Fact.Audit::level).orElse(ordinarily),
                block.fact(Fact.Durable.class).map(Fact.Durable::durability).orElse(ordinaryDurability),
                block.fact(Fact.Bind.class).map(Fact.Bind::values).orElse(BindValues.MASKED),
                block.name().span().rule(),
                forbid.map(this::rule).orElse(""),
                require.map(this::rule).orElse(""));
    }

    private List<Limit> limits(Declaration.TierBlock block) {
        Set<Verb> forbidden = EnumSet.noneOf(Verb.class);
        block.fact(Fact.Forbid.class)
                .ifPresent(fact -> fact.verbs().stream().map(GrantedVerb::verb).forEach(forbidden::add));
        boolean opens = block.ceiling() == TierKind.IMMUTABLE;
        return new LimitCheck(findings)
                .check(
                        block,
                        "tier " + block.name().text(),
                        verb -> !forbidden.contains(verb)
                                && (block.ceiling().permits(verb) || (opens && verb == Verb.UPDATE)));
    }

    private String rule(Fact fact) {
        return fact.span().rule();
    }

    private void lintForbid(Declaration.TierBlock block, Fact.Forbid forbid) {
        for (GrantedVerb verb : forbid.verbs()) {
            boolean opened = block.ceiling() == TierKind.IMMUTABLE && verb.verb() == Verb.UPDATE;
            if (!block.ceiling().permits(verb.verb()) && !opened) {
                String kind = block.ceiling().word();
                findings.report(findings.at(
                                DiagnosticCode.NEEDLESS_RESTRICTION,
                                verb.span(),
                                "forbidding `" + verb.verb().word() + "` adds nothing",
                                "outside the ceiling already")
                        .withRelated(block.name().span(), "this tier is " + kind));
            }
        }
    }

    private void checkRequire(Fact.RequireWhere require) {
        for (GrantedVerb verb : require.verbs()) {
            if (!NARROWED.contains(verb.verb())) {
                doubt.castOnTables();
                findings.report(findings.at(
                                DiagnosticCode.WHERE_ON_OTHER_VERB,
                                verb.span(),
                                "`" + verb.verb().word() + "` cannot be required to have a where clause",
                                "not update or delete")
                        .withNote("only update and delete narrow the rows they change"));
            }
        }
    }

    /** The names of tiers, strictest first, so that a guess at a misspelled one errs on the strict side. */
    static List<String> namesByStrictness(Map<String, Tier> tiers) {
        return tiers.values().stream()
                .sorted(Comparator.comparing(Tier::kind))
                .map(Tier::name)
                .toList();
    }
}
