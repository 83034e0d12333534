package io.tierguard.policy.check;

import io.tierguard.policy.model.PatternIndex;
import io.tierguard.policy.model.TableClass;
import io.tierguard.policy.model.TablePattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the classes into which the tables that a grant is on can fall.
 *
 * <p>Of a tier, classes that leave the same room stand for each other, so that a grant on many tables is checked against
 * a few.
 */
final class Reach {

    private record Room(String tier, Set<String> mutableColumns) {
        static Room of(TableClass tableClass) {
            return new Room(tableClass.tier().name(), Set.copyOf(tableClass.mutableColumns()));
        }
    }

    private final PatternIndex<TableClass> index;
    private final Map<String, List<TableClass>> byTier = new HashMap<>();
    private final List<TableClass> everything;

    Reach(List<TableClass> classes) {
        this.index = PatternIndex.of(classes, TableClass::pattern);
        this.everything = distinct(classes);
        everything.forEach(
                tableClass -> byTier.computeIfAbsent(tableClass.tier().name(), name -> new ArrayList<>())
                        .add(tableClass));
    }

    List<TableClass> ofEverything() {
        return everything;
    }

    List<TableClass> ofTier(String tier) {
        return byTier.getOrDefault(tier, List.of());
    }

    /** The classes that win a table which the pattern matches, one for each room that they leave. */
    List<TableClass> of(TablePattern pattern) {
        return distinct(index.near(pattern)
                .filter(tableClass -> tableClass.pattern().common(pattern).isPresent())
                .filter(tableClass -> !losesEverythingOf(pattern, tableClass.pattern()))
                .toList());
    }

    /** The patterns as they are written. */
    List<String> names() {
        return index.all().stream()
                .map(tableClass -> tableClass.pattern().text())
                .toList();
    }

    /** Whether any declared pattern shares a table with the given one. */
    boolean isDeclared(TablePattern pattern) {
        return index.near(pattern)
                .anyMatch(tableClass -> tableClass.pattern().common(pattern).isPresent());
    }

    /** Whether a narrower class takes every table that two patterns share. */
    private boolean losesEverythingOf(TablePattern pattern, TablePattern loser) {
        TablePattern narrower = pattern.name().isLiteral() ? pattern : loser;
        return index.near(narrower)
                .map(TableClass::pattern)
                .filter(other -> other.beats(loser))
                .anyMatch(winner -> winner.coversCommon(pattern, loser));
    }

    private static List<TableClass> distinct(Collection<TableClass> classes) {
        Set<Room> rooms = new HashSet<>();
        return classes.stream()
                .filter(tableClass -> rooms.add(Room.of(tableClass)))
                .toList();
    }
}
