package io.tierguard.cli.check;

import io.tierguard.policy.model.CodeFact;
import io.tierguard.policy.model.CodePattern;
import io.tierguard.policy.model.DeclaredCode;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.NameGlob;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.TableName;
import io.tierguard.schema.StoredCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds where what a policy says of routines and triggers is not true of the live ones. */
final class CodeComparison {
    private final Policy policy;
    private final LiveDatabase live;
    private final List<Finding> findings = new ArrayList<>();

    private CodeComparison(Policy policy, LiveDatabase live) {
        this.policy = policy;
        this.live = live;
    }

    static List<Finding> of(Policy policy, LiveDatabase live) {
        CodeComparison comparison = new CodeComparison(policy, live);
        comparison.compare("routine", policy.codeFacts().routines(), live.routines());
        comparison.compare("trigger", policy.codeFacts().triggers(), live.triggers());
        return comparison.findings;
    }

    private void compare(String kind, List<DeclaredCode> facts, List<StoredCode> stored) {
        for (DeclaredCode fact : facts) {
            if (!isBuiltIn(fact.pattern(), kind)
                    && stored.stream().noneMatch(code -> fact.pattern().couldMatch(code.name()))) {
                findings.add(Finding.warning(
                        kind + " " + label(fact) + " is none of the live database's",
                        fact.fact().rule(),
                        ""));
            }
        }
        for (StoredCode code : stored) {
            List<DeclaredCode> about =
                    facts.stream().filter(fact -> isAbout(fact, code, facts)).toList();
            about.forEach(fact -> compare(fact.fact(), code));
            if (about.isEmpty() && !code.obstacle().isEmpty()) {
                findings.add(Finding.warning(
                        "what " + code.label() + " does cannot be told: " + code.obstacle(),
                        "",
                        "until the policy says it, every statement that runs it is denied"));
            }
        }
    }

    private boolean isBuiltIn(CodePattern pattern, String kind) {
        return kind.equals("routine")
                && live.builtIns().stream().anyMatch(name -> pattern.couldMatch(List.of("pg_catalog", name)));
    }

    /** Whether a fact matches, and no narrower one takes the code from it. */
    private static boolean isAbout(DeclaredCode fact, StoredCode code, List<DeclaredCode> facts) {
        return fact.pattern().couldMatch(code.name())
                && facts.stream()
                        .filter(other -> other.pattern().isNarrowerThan(fact.pattern()))
                        .noneMatch(other -> other.pattern().couldMatch(code.name()));
    }

    private void compare(CodeFact fact, StoredCode code) {
        boolean isReviewed = fact.bodies().contains(code.body());
        if (!fact.bodies().isEmpty() && !isReviewed) {
            String body = code.body().isEmpty() ? "one that the catalog does not tell" : code.body();
            findings.add(Finding.error(
                    code.label() + " has another body than the policy describes: declared "
                            + String.join(" and ", fact.bodies()) + ", live " + body,
                    fact.rule()));
        }
        Set<String> unsaid = isReviewed ? Set.of() : unsaid(fact, code);
        if (!unsaid.isEmpty()) {
            findings.add(Finding.warning(
                    "the live body of " + code.label() + " could write what the policy does not say of it: "
                            + String.join(", ", unsaid),
                    fact.rule(),
                    ""));
        }
    }

    /** What the code could write of tables that a pattern covers, as far as the fact does not say it. */
    private Set<String> unsaid(CodeFact fact, StoredCode code) {
        Set<String> unsaid = new TreeSet<>();
        for (Effect effect : code.writes()) {
            List<LiveTable> meant = live.tables().stream()
                    .filter(table -> couldMean(effect.table(), table.name()))
                    .filter(table -> table.classIn(policy).isPresent())
                    .toList();
            if (meant.stream().noneMatch(table -> says(fact, effect, table))) {
                meant.forEach(table -> unsaid.add(effect.verb().word() + " on `" + table.label() + "`"));
            }
        }
        return unsaid;
    }

    private static boolean says(CodeFact fact, Effect effect, LiveTable table) {
        return fact.effects().stream()
                .anyMatch(said -> said.verb() == effect.verb() && couldMean(said.table(), table.name()));
    }

    private static boolean couldMean(TableName named, TableName table) {
        return named.name().equals(table.name())
                && (named.schema().isEmpty() || named.schema().equals(table.schema()));
    }

    /** The fact as a policy writes it, a trigger with its table. */
    private static String label(DeclaredCode fact) {
        List<NameGlob> parts = fact.pattern().parts();
        if (parts.size() == 2) {
            return "`" + fact.fact().pattern() + "`";
        }
        String schema = parts.get(1).toString();
        String table = parts.get(2).toString();
        return "`" + fact.fact().pattern() + "` on `" + (schema.equals("*") ? table : schema + "." + table) + "`";
    }
}
