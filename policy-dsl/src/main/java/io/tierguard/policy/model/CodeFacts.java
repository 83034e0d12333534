package io.tierguard.policy.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what the policy says of a routine or a trigger.
 *
 * <p>Where a part of the name is not known, an answer has to hold whatever it is: some fact must leave that part open,
 * or there is no answer. Then every fact that could win somewhere is part of the answer, because any of them may be the
 * one that is meant.
 */
public final class CodeFacts {

    private final List<DeclaredCode> routines;
    private final List<DeclaredCode> triggers;

    /** Facts that the checks have passed: of two that match the same, one is narrower or both say the same. */
    public CodeFacts(List<DeclaredCode> routines, List<DeclaredCode> triggers) {
        this.routines = List.copyOf(routines);
        this.triggers = List.copyOf(triggers);
    }

    /** What is declared of routines, in file order. */
    public List<DeclaredCode> routines() {
        return routines;
    }

    /** What is declared of triggers, in file order. */
    public List<DeclaredCode> triggers() {
        return triggers;
    }

    CodeFacts cut(NameCut names) {
        return new CodeFacts(
                routines.stream().map(names::code).toList(),
                triggers.stream().map(names::code).toList());
    }

    Optional<CodeFact> routine(String schema, String name, Set<String> bodies) {
        return find(routines, List.of(TableName.fold(schema), TableName.fold(name)), bodies);
    }

    boolean describesRoutine(String schema, String name) {
        List<String> parts = List.of(TableName.fold(schema), TableName.fold(name));
        return routines.stream().anyMatch(code -> code.pattern().matchesWherever(parts));
    }

    Optional<CodeFact> trigger(String name, TableName table, Set<String> bodies) {
        return SystemCatalogs.holds(table)
                ? Optional.empty()
                : find(triggers, List.of(table.catalog(), table.schema(), table.name(), TableName.fold(name)), bodies);
    }

    private static Optional<CodeFact> find(List<DeclaredCode> declared, List<String> name, Set<String> bodies) {
        boolean answered = false;
        Set<CodeFact> candidates = new LinkedHashSet<>();
        for (DeclaredCode code : declared) {
            if (code.pattern().couldMatch(name)) {
                answered |= code.pattern().matchesWherever(name);
                if (couldWin(code.pattern(), name, declared)) {
                    candidates.add(code.fact());
                }
            }
        }
        boolean valid = candidates.stream().allMatch(fact -> fact.holdsFor(bodies));
        return answered && valid ? Optional.of(CodeFact.union(candidates)) : Optional.empty();
    }

    /** Whether no narrower pattern takes the name wherever this one matches it. */
    private static boolean couldWin(CodePattern pattern, List<String> name, List<DeclaredCode> declared) {
        for (DeclaredCode other : declared) {
            if (other.pattern().matchesWherever(name, pattern)
                    && other.pattern().isNarrowerThan(pattern)) {
                return false;
            }
        }
        return true;
    }
}
