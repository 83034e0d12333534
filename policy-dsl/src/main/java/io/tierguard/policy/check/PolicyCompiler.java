package io.tierguard.policy.check;

import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Concessions;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.PolicySource;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Tier;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.syntax.Declaration;
import io.tierguard.policy.syntax.Fact;
import io.tierguard.policy.syntax.Name;
import io.tierguard.policy.syntax.SyntaxTree;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes a policy of a tree, reporting everything that is wrong with it on the way. */
public final class PolicyCompiler {

    private final SyntaxTree tree;
    private final Findings findings;
    private final Doubt doubt;

    private PolicyCompiler(SyntaxTree tree, Findings findings) {
        this.tree = tree;
        this.findings = findings;
        this.doubt = new Doubt(tree);
    }

    /**
     * The policy of a tree; it may only be used if the findings hold no error.
     *
     * @param tree the blocks of the policy's file and of those it includes
     * @param name the policy's name if none of them tells it
     * @param hash the hash of the files
     * @param reviewed the moment for which a reviewer wants to know what has ended; empty where nobody asks
     */
    public static Policy compile(
            SyntaxTree tree, String name, String hash, Optional<Instant> reviewed, Findings findings) {
        return new PolicyCompiler(tree, findings).compile(name, hash, reviewed);
    }

    private Policy compile(String name, String hash, Optional<Instant> reviewed) {
        reportTests();
        PolicySource source = source(name, hash);
        Map<String, Tier> tiers = new TierCheck(findings, doubt).check(tree);
        List<CheckedTable> tables = new TableCheck(findings, doubt, tiers).check(tree);
        GrantCheck grants = new GrantCheck(findings, doubt, tiers, tables);
        List<Component> components = new ComponentCheck(findings, grants).check(tree);
        if (!doubt.isAboutTables()) {
            new TableLints(findings).check(tree, tables);
        }
        ConcessionCheck concessionCheck =
                new ConcessionCheck(findings, grants, new ComponentNames(findings, doubt, components));
        Concessions concessions = concessionCheck.check(tree);
        reviewed.ifPresent(now -> concessionCheck.reportExpired(tree, now));
        Policy unconceding = new Policy(
                source,
                List.copyOf(tiers.values()),
                tables.stream().map(CheckedTable::tableClass).toList(),
                components,
                new CodeCheck(findings).check(tree),
                Concessions.NONE);
        if (!doubt.isAboutTables()) {
            new WaiverLints(findings, unconceding).check(tree);
        }
        return unconceding.conceding(concessions);
    }

    private void reportTests() {
        for (Declaration.TestBlock block : tree.all(Declaration.TestBlock.class)) {
            findings.report(findings.at(
                            DiagnosticCode.MISPLACED_TEST, block.span(), "a test does not belong in a policy", "a test")
                    .withHelp("put tests in a file of their own beside it, whose name ends in `_test.tierguard`"));
        }
    }

    private PolicySource source(String name, String hash) {
        List<Declaration.PolicyBlock> blocks = tree.all(Declaration.PolicyBlock.class);
        Unique unique = new Unique(findings, "policy");
        for (Declaration.PolicyBlock block : blocks) {
            unique.isOnly(block.name());
        }
        if (blocks.isEmpty()) {
            return new PolicySource(name, hash, "", List.of(), Set.of(), Set.of());
        }
        Declaration.PolicyBlock block = blocks.get(0);
        String contact = block.fact(Fact.Contact.class).map(Fact.Contact::text).orElse("");
        List<String> path = block.fact(Fact.SchemaPath.class)
                .map(fact -> Listed.once(fact.schemas(), findings))
                .orElse(List.of());
        return new PolicySource(
                block.name().text(),
                hash,
                contact,
                path.stream().map(TableName::fold).toList(),
                readAs(Fact.Reading.ANSI, block),
                readAs(Fact.Reading.DOCUMENTED, block));
    }

    private Set<String> readAs(Fact.Reading reading, Declaration.PolicyBlock block) {
        List<Name> databases = block.facts(Fact.ReadAs.class).stream()
                .filter(fact -> fact.reading() == reading)
                .flatMap(fact -> fact.databases().stream())
                .toList();
        return Listed.once(databases, findings).stream().map(TableName::fold).collect(Collectors.toSet());
    }
}
