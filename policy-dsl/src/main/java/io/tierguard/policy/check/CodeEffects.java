package io.tierguard.policy.check;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.syntax.GrantedVerb;
import io.tierguard.policy.syntax.Pattern;
import io.tierguard.policy.syntax.Writes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes effects of what a routine or trigger writes. */
final class CodeEffects {

    private final Findings findings;
    private final Patterns patterns;

    CodeEffects(Findings findings) {
        this.findings = findings;
        this.patterns = new Patterns(findings);
    }

    /** The effects, each once, unless a table is named wrongly, which is reported. */
    Optional<List<Effect>> read(List<Writes> written) {
        Set<Effect> effects = new LinkedHashSet<>();
        boolean whole = true;
        for (Writes writes : written) {
            Listed.verbs(writes.verbs(), findings);
            for (Pattern table : writes.tables()) {
                Optional<TableName> name = name(table);
                whole &= name.isPresent();
                name.ifPresent(found -> add(effects, writes.verbs(), table, found));
            }
        }
        return whole ? Optional.of(List.copyOf(effects)) : Optional.empty();
    }

    private void add(Set<Effect> effects, List<GrantedVerb> verbs, Pattern table, TableName name) {
        boolean added = false;
        for (GrantedVerb verb : verbs) {
            added |= effects.add(new Effect(verb.verb(), name, new TreeSet<>(), false, ""));
        }
        if (!added) {
            Listed.report(table.text(), table.span(), findings);
        }
    }

    private Optional<TableName> name(Pattern table) {
        if (patterns.read(table).isEmpty()) {
            return Optional.empty();
        }
        Optional<TableName> name = Patterns.name(table);
        if (name.isPresent()) {
            return name;
        }
        findings.report(findings.at(
                        DiagnosticCode.WILDCARD_IN_EFFECT,
                        table.span(),
                        "`" + table.text() + "` is not one table",
                        "what is written is named table by table")
                .withNote("each table is held against the rights of the caller"));
        return Optional.empty();
    }
}
