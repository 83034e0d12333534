package io.tierguard.policy.check;

import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.PolicySource;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Tier;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.syntax.Declaration;
import io.tierguard.policy.syntax.Fact;
import io.tierguard.policy.syntax.SyntaxTree;
import java.util.List;
import java.util.Map;

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

    /** The policy of a tree; it may only be used if the findings hold no error. */
    public static Policy compile(SyntaxTree tree, String hash, Findings findings) {
        return new PolicyCompiler(tree, findings).compile(hash);
    }

    private Policy compile(String hash) {
        PolicySource source = source(hash);
        Map<String, Tier> tiers = new TierCheck(findings, doubt).check(tree);
        List<CheckedTable> tables = new TableCheck(findings, doubt, tiers).check(tree);
        List<Component> components = new ComponentCheck(findings, doubt, tiers, tables).check(tree);
        if (!doubt.isAboutTables()) {
            new TableLints(findings).check(tree, tables);
        }
        return new Policy(
                source,
                List.copyOf(tiers.values()),
                tables.stream().map(CheckedTable::tableClass).toList(),
                components,
                new CodeCheck(findings).check(tree));
    }

    private PolicySource source(String hash) {
        List<Declaration.PolicyBlock> blocks = tree.all(Declaration.PolicyBlock.class);
        Unique unique = new Unique(findings, "policy");
        for (Declaration.PolicyBlock block : blocks) {
            unique.isOnly(block.name());
        }
        if (blocks.isEmpty()) {
            return new PolicySource(withoutExtension(findings.source().fileName()), hash, "", List.of());
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
                path.stream().map(TableName::fold).toList());
    }

    private static String withoutExtension(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot > 0 ? fileName.substring(0, dot) : fileName;
    }
}
