package io.tierguard.policy;

import io.tierguard.policy.source.Span;
import io.tierguard.policy.syntax.GrantedVerb;
import io.tierguard.policy.syntax.SyntaxTree;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A tree as plain values without places and with verbs in their canonical order, so that trees of two texts compare. */
public final class SpanlessTree {

    private SpanlessTree() {}

    /** The tree as lists of values. */
    public static Object of(SyntaxTree tree) {
        return value(tree);
    }

    private static Object value(Object value) {
        if (value instanceof List<?> list) {
            List<Object> values = new ArrayList<>();
            list.stream().sorted(Comparator.comparing(SpanlessTree::rank)).forEach(item -> values.add(value(item)));
            return values;
        }
        return value instanceof Record record ? components(record) : value;
    }

    /** A stable sort by it moves nothing but verbs. */
    private static int rank(Object item) {
        return item instanceof GrantedVerb verb ? verb.verb().ordinal() : 0;
    }

    private static List<Object> components(Record record) {
        List<Object> values = new ArrayList<>(List.of(record.getClass().getSimpleName()));
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            if (component.getType() != Span.class) {
                values.add(value(read(component, record)));
            }
        }
        return values;
    }

    private static Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
