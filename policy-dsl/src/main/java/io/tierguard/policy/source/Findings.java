package io.tierguard.policy.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The diagnostics found so far in one policy, of one file or several; used by one thread while it is read. */
public final class Findings {

    private static final int MOST = 100;

    private final SourceText first;
    // INVARIANT: each holds at most MOST, so that no number of warnings pushes out an error.
    private final List<Diagnostic> errors = new ArrayList<>();
    private final List<Diagnostic> warnings = new ArrayList<>();
    private int reported;

    /** No findings yet; of the texts they may speak of, the first is shown first. */
    public Findings(SourceText first) {
        this.first = first;
    }

    /** A diagnostic of one place, not yet reported. */
    public Diagnostic at(DiagnosticCode kind, Span span, String message, String label) {
        return Diagnostic.at(kind, span, message, label);
    }

    /** Adds a finding; past a hundred, errors first, findings are only counted. */
    public void report(Diagnostic diagnostic) {
        reported++;
        List<Diagnostic> kept = diagnostic.isError() ? errors : warnings;
        if (kept.size() < MOST) {
            kept.add(diagnostic);
        }
    }

    /** The name that was probably meant; none is looked for where no further error will be shown. */
    public Optional<String> meant(String name, Supplier<? extends Collection<String>> candidates) {
        return errors.size() >= MOST ? Optional.empty() : Spelling.closest(name, candidates.get());
    }

    /** Whether one of the findings keeps the policy from loading. */
    public boolean hasErrors() {
        return !errors.isEmpty();
    }

    /** The findings: errors first, each kind in the order of the file. */
    public List<Diagnostic> sorted() {
        List<Diagnostic> sorted = new ArrayList<>(inFileOrder(errors));
        inFileOrder(warnings).stream().limit(MOST - sorted.size()).forEach(sorted::add);
        int dropped = reported - sorted.size();
        if (dropped > 0) {
            String message = dropped + " more diagnostics are not shown";
            sorted.add(Diagnostic.ofFile(first, DiagnosticCode.MORE_DIAGNOSTICS, message));
        }
        return List.copyOf(sorted);
    }

    private List<Diagnostic> inFileOrder(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .sorted(Comparator.comparing((Diagnostic diagnostic) -> diagnostic.source() != first)
                        .thenComparing(diagnostic -> diagnostic.source().path())
                        .thenComparingInt(Findings::offset))
                .toList();
    }

    private static int offset(Diagnostic diagnostic) {
        return diagnostic.places().isEmpty()
                ? 0
                : diagnostic.places().get(0).span().start();
    }
}
