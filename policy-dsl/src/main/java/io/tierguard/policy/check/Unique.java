package io.tierguard.policy.check;

import io.tierguard.policy.model.TableName;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.syntax.Name;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sees to it that nothing of one sort is declared twice, names being compared without regard to case. */
public final class Unique {

    private final Findings findings;
    private final String sort;
    private final Map<String, Name> seen = new HashMap<>();
    private @Nullable Name only;

    /**
     * Of one sort.
     *
     * @param sort what is declared, as a message names it
     */
    public Unique(Findings findings, String sort) {
        this.findings = findings;
        this.sort = sort;
    }

    /** Whether this is the first declaration of its name; otherwise says so. */
    public boolean isFirst(Name name) {
        Name first = seen.putIfAbsent(TableName.fold(name.text()), name);
        if (first != null) {
            report(name, first, sort + " `" + name.text() + "` is declared twice");
        }
        return first == null;
    }

    /** Whether this is the first declaration at all; otherwise says so. */
    boolean isOnly(Name name) {
        Name first = only;
        if (first == null) {
            only = name;
            return true;
        }
        report(name, first, "a policy has one " + sort + " block");
        return false;
    }

    private void report(Name name, Name first, String message) {
        findings.report(findings.at(DiagnosticCode.DECLARED_TWICE, name.span(), message, "declared again here")
                .withRelated(first.span(), "first declared here"));
    }
}
