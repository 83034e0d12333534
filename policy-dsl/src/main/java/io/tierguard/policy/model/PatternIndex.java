package io.tierguard.policy.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds, among many patterns, the few that can share a table with a given one.
 *
 * <p>Most patterns of a large policy name their table without a star, and two such patterns share a table only if they
 * write the same name; one with a star shares none with a name that does not begin as it does.
 */
public final class PatternIndex<T> {

    private final Function<T, TablePattern> patternOf;
    private final List<T> all = new ArrayList<>();
    private final NavigableMap<String, List<T>> named = new TreeMap<>();
    private final Map<String, List<T>> wildByBeginning = new HashMap<>();
    private final TreeSet<Integer> beginnings = new TreeSet<>();
    private int wildCount;

    /** An index of things that have a pattern. */
    public PatternIndex(Function<T, TablePattern> patternOf) {
        this.patternOf = patternOf;
    }

    /** An index of all these things. */
    public static <T> PatternIndex<T> of(List<T> items, Function<T, TablePattern> patternOf) {
        PatternIndex<T> index = new PatternIndex<>(patternOf);
        items.forEach(index::add);
        return index;
    }

    /** Adds one. */
    public void add(T item) {
        NameGlob name = patternOf.apply(item).name();
        all.add(item);
        if (name.isLiteral()) {
            named.computeIfAbsent(name.stranger(), word -> new ArrayList<>(1)).add(item);
        } else {
            String beginning = name.beginning();
            wildByBeginning
                    .computeIfAbsent(beginning, word -> new ArrayList<>(1))
                    .add(item);
            beginnings.add(beginning.length());
            wildCount++;
        }
    }

    /** Those whose table names could meet the pattern's; others cannot share a table with it. */
    public Stream<T> near(TablePattern pattern) {
        String beginning = pattern.name().beginning();
        if (pattern.name().isLiteral()) {
            Stream<T> wild = beginnings.headSet(beginning.length(), true).stream()
                    .flatMap(
                            length -> wildByBeginning.getOrDefault(beginning.substring(0, length), List.of()).stream());
            return Stream.concat(named.getOrDefault(beginning, List.of()).stream(), wild);
        }
        NavigableMap<String, List<T>> alike = named.subMap(beginning, true, beginning + Character.MAX_VALUE, true);
        Stream<List<T>> wild = wildByBeginning.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(beginning) || beginning.startsWith(entry.getKey()))
                .map(Map.Entry::getValue);
        return Stream.concat(alike.values().stream(), wild).flatMap(Collection::stream);
    }

    /** All of them, in the order in which they were added. */
    public List<T> all() {
        return List.copyOf(all);
    }

    /** How many have a star in the name of their table. */
    public int wildCount() {
        return wildCount;
    }
}
