package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;

/** What one walk has found so far, and what it still has to look at; confined to one thread. */
final class TreeFindings {

    /** A node to look at, and how it is looked at. */
    private record Pending(Object node, TreeVisit visit) {}

    final Dialect dialect;
    final Names names;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final IdentityHashMap<Object, TreeVisit> known = new IdentityHashMap<>();
    private final Set<Effect> effects = new LinkedHashSet<>();
    private final Set<RoutineCall> unknownRoutines = new LinkedHashSet<>();
    private String notUnderstood = "";

    TreeFindings(Dialect dialect, Names names) {
        this.dialect = dialect;
        this.names = names;
    }

    /** Looks at the node and everything below it. */
    TreeReading readAll(Object root, String operation) {
        later(root, new TreeVisit(this, QueryNames.NONE));
        while (!pending.isEmpty() && notUnderstood.isEmpty()) {
            Pending next = pending.removeFirst();
            if (!NodeRules.read(next.node(), next.visit())) {
                refuse(StatementNames.inWords(next.node()));
            }
        }
        return notUnderstood.isEmpty()
                ? new TreeReading.Read(operation, new ArrayList<>(effects), new ArrayList<>(unknownRoutines))
                : new TreeReading.NotUnderstood(notUnderstood);
    }

    /**
     * Looks at a node in its turn. The library hands out some parts of a node in two ways; each node is looked at once for
     * the names that are seen from it, or nesting would double the work with every level.
     */
    @SuppressWarnings("ReferenceEquality") // names that are equal and not the same are seen from elsewhere
    void later(Object node, TreeVisit visit) {
        TreeVisit before = known.put(node, visit);
        if (before == null || before.queries() != visit.queries()) {
            pending.addLast(new Pending(node, visit));
        }
    }

    void effect(Effect effect) {
        effects.add(effect);
    }

    void unknownRoutine(RoutineCall call) {
        unknownRoutines.add(call);
    }

    /** Makes the statement not understood; the first reason stays. */
    void refuse(String what) {
        if (notUnderstood.isEmpty()) {
            notUnderstood = what;
        }
    }
}
