package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which tables are parts of which, as partitions or by inheritance. */
final class Parts {
    private final Map<TableName, Set<TableName>> children;
    private final Map<TableName, Set<TableName>> parents = new HashMap<>();

    Parts(Map<TableName, Set<TableName>> children) {
        this.children = children;
        children.forEach((parent, parts) -> parts.forEach(
                part -> parents.computeIfAbsent(part, child -> new HashSet<>()).add(parent)));
    }

    boolean isPart(TableName table) {
        return parents.containsKey(table);
    }

    Set<TableName> childrenOf(TableName parent) {
        return children.getOrDefault(parent, Set.of());
    }

    /** The parts of a table at any distance. */
    Set<TableName> allOf(TableName parent) {
        return reachable(parent, children);
    }

    /** The tables that a table is a part of, at any distance. */
    Set<TableName> allAbove(TableName child) {
        return reachable(child, parents);
    }

    private static Set<TableName> reachable(TableName from, Map<TableName, Set<TableName>> next) {
        Set<TableName> found = new HashSet<>();
        ArrayDeque<TableName> open = new ArrayDeque<>(next.getOrDefault(from, Set.of()));
        while (!open.isEmpty()) {
            TableName table = open.remove();
            if (found.add(table)) {
                open.addAll(next.getOrDefault(table, Set.of()));
            }
        }
        return found;
    }
}
