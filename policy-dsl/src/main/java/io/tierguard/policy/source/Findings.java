package io.tierguard.policy.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The diagnostics found so far in one file; used by one thread while the file is read. */
public final class Findings {

    private static final int MOST = 100;

    private final SourceText source;
    private final List<Diagnostic> found = new ArrayList<>();
    private int dropped;
    private boolean errors;

    public Findings(SourceText source) {
        this.source = source;
    }

    /** The text the findings speak of. */
    public SourceText source() {
        return source;
    }

    /** A diagnostic of one place in this text, not yet reported. */
    public Diagnostic at(DiagnosticCode kind, Span span, String message, String label) {
        return Diagnostic.at(source, kind, span, message, label);
    }

    /** Adds a finding; past a hundred, findings are only counted. */
    public void report(Diagnostic diagnostic) {
        errors |= diagnostic.isError();
        if (found.size() < MOST) {
            found.add(diagnostic);
        } else {
            dropped++;
        }
    }

    /** Whether one of the findings keeps the policy from loading. */
    public boolean hasErrors() {
        return errors;
    }

    /** The findings: errors first, each kind in the order of the file. */
    public List<Diagnostic> sorted() {
        List<Diagnostic> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparing(Diagnostic::severity).thenComparingInt(Findings::offset));
        if (dropped > 0) {
            String message = dropped + " more diagnostics of this file are not shown";
            sorted.add(Diagnostic.ofFile(source, DiagnosticCode.MORE_DIAGNOSTICS, message));
        }
        return List.copyOf(sorted);
    }

    private static int offset(Diagnostic diagnostic) {
        return diagnostic.places().isEmpty()
                ? 0
                : diagnostic.places().get(0).span().start();
    }
}
