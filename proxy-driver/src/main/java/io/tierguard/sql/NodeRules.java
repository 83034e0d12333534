package io.tierguard.sql;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The allow-list: one rule for each class of node that is understood.
 *
 * <p>A rule is found by a node's exact class, so a subclass that a later version of the parser brings is not understood
 * until someone has looked at it.
 */
final class NodeRules {

    /** Reads one node. */
    @FunctionalInterface
    interface Rule<N> {

        /** Names the node's effects and passes on each of its parts. */
        void read(N node, TreeVisit visit);
    }

    private static final Map<Class<?>, Rule<Object>> RULES = all();

    private final Map<Class<?>, Rule<Object>> rules = new HashMap<>();

    private NodeRules() {}

    private static Map<Class<?>, Rule<Object>> all() {
        NodeRules rules = new NodeRules();
        ValueRules.addTo(rules);
        OperatorRules.addTo(rules);
        FunctionRules.addTo(rules);
        JsonRules.addTo(rules);
        WindowRules.addTo(rules);
        SelectRules.addTo(rules);
        FromRules.addTo(rules);
        WriteRules.addTo(rules);
        NestedWriteRules.addTo(rules);
        InsertRules.addTo(rules);
        MergeRules.addTo(rules);
        DefinitionRules.addTo(rules);
        return Map.copyOf(rules.rules);
    }

    /** Adds the rule for one class of node. */
    <N> void on(Class<N> type, Rule<? super N> rule) {
        if (rules.put(type, (node, visit) -> rule.read(type.cast(node), visit)) != null) {
            throw new IllegalStateException("two rules for " + type);
        }
    }

    /** Reads the node by the rule for its class; false if there is none. */
    static boolean read(Object node, TreeVisit visit) {
        return read(node.getClass(), node, visit);
    }

    /** Reads the node by the rule for the given class; false if there is none. */
    static boolean read(Class<?> type, Object node, TreeVisit visit) {
        Rule<Object> rule = RULES.get(type);
        if (rule == null) {
            return false;
        }
        rule.read(node, visit);
        return true;
    }

    /** The classes of node that are understood. */
    static Set<Class<?>> understood() {
        return RULES.keySet();
    }
}
