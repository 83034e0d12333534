package io.tierguard.policy.check;

import io.tierguard.policy.model.TableClass;
import io.tierguard.policy.model.TablePattern;
import java.util.List;

/** Finds the classes into which the tables that a grant is on can fall. */
final class Reach {

    private final List<TableClass> classes;

    Reach(List<TableClass> classes) {
        this.classes = classes;
    }

    List<TableClass> ofEverything() {
        return classes;
    }

    List<TableClass> ofTier(String tier) {
        return classes.stream()
                .filter(tableClass -> tableClass.tier().name().equals(tier))
                .toList();
    }

    /** The classes that win a table which the pattern matches. */
    List<TableClass> of(TablePattern pattern) {
        return classes.stream()
                .filter(tableClass -> tableClass.pattern().common(pattern).isPresent())
                .filter(tableClass -> !losesEverythingOf(pattern, tableClass.pattern()))
                .toList();
    }

    /** Whether a narrower class takes every table that two patterns share. */
    private boolean losesEverythingOf(TablePattern pattern, TablePattern loser) {
        return classes.stream()
                .map(TableClass::pattern)
                .filter(other -> other.beats(loser))
                .anyMatch(winner -> winner.coversCommon(pattern, loser));
    }
}
