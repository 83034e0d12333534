package io.tierguard.audit;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was bound to the parameters of a statement when it was to run, as far as a record tells it.
 *
 * @param rows the values of its run, or in a batch those of the first runs
 * @param isBatch whether the statement runs as a batch
 * @param more how many values there are beside these
 */
public record BoundValues(List<List<Value>> rows, boolean isBatch, long more) {
    /** No values. */
    public static final BoundValues NONE = new BoundValues(List.of(), false, 0);

    /** What tells of a statement that has no parameters, or whose values nobody has kept. */
    public static final Supplier<BoundValues> UNKNOWN = () -> NONE;

    public BoundValues {
        rows = List.copyOf(rows);
    }

    /**
     * One value.
     *
     * @param parameter the parameter's index, from 1 as JDBC counts, or its name
     * @param text the value as a text; null where it is null
     */
    public record Value(String parameter, @Nullable String text) {}

    /** Whether there is none. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }
}
