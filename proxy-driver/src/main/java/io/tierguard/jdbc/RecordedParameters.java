package io.tierguard.jdbc;

import io.tierguard.audit.BoundValues;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is bound to a statement as the texts that a record may show, taken at the moment when it is bound: what the
 * application does to a value afterwards changes no record.
 *
 * <p>Bounded, however many parameters or runs there are. Safe for use by the threads that share the statement.
 */
final class RecordedParameters implements Parameters {
    /** How many values a record shows. */
    static final int MOST = 64;

    // INVARIANT: what is beyond the first MOST parameters is counted once each and not kept.
    private final Map<Integer, @Nullable String> byIndex = new TreeMap<>();
    private final BitSet moreIndexes = new BitSet();
    private final Map<String, @Nullable String> byName = new LinkedHashMap<>();
    private final Set<String> moreNames = new HashSet<>();

    private List<List<BoundValues.Value>> rows = new ArrayList<>();
    private int valuesInRows;
    private boolean isFull;
    private long moreInBatch;

    /** A value has been bound to a parameter, an index or a name. */
    synchronized void bound(@Nullable Object parameter, @Nullable Object value) {
        if (isKept(parameter)) {
            keep(parameter, ValueText.of(value));
        }
    }

    /** The same with a content that must not be read here, of a length that the application tells. */
    synchronized void boundContent(@Nullable Object parameter, @Nullable Object content, long length) {
        if (isKept(parameter)) {
            keep(parameter, ValueText.ofContent(content, length));
        }
    }

    /** A null has been bound. */
    synchronized void boundNull(@Nullable Object parameter) {
        if (isKept(parameter)) {
            keep(parameter, null);
        }
    }

    /** Nothing is bound any more. */
    synchronized void cleared() {
        byIndex.clear();
        moreIndexes.clear();
        byName.clear();
        moreNames.clear();
    }

    @Override
    public synchronized BoundValues get() {
        List<BoundValues.Value> row = row();
        return row.isEmpty() ? BoundValues.NONE : new BoundValues(List.of(row), false, more());
    }

    @Override
    public synchronized BoundValues ofBatch() {
        return rows.isEmpty() ? BoundValues.NONE : new BoundValues(rows, true, moreInBatch);
    }

    @Override
    public synchronized void batch() {
        int size = byIndex.size() + byName.size();
        isFull |= valuesInRows + size > MOST;
        if (isFull) {
            moreInBatch += size + more();
        } else if (size > 0) {
            rows.add(row());
            valuesInRows += size;
            moreInBatch += more();
        }
    }

    @Override
    public synchronized void forgetBatch() {
        rows = new ArrayList<>();
        valuesInRows = 0;
        isFull = false;
        moreInBatch = 0;
    }

    /** Whether a parameter's value is one of those that are shown; one that is not is counted. */
    private boolean isKept(@Nullable Object parameter) {
        if (parameter instanceof Integer index && index > MOST) {
            moreIndexes.set(index);
            return false;
        }
        if (parameter instanceof String name && !byName.containsKey(name) && byName.size() >= MOST) {
            moreNames.add(name);
            return false;
        }
        return true;
    }

    private void keep(@Nullable Object parameter, @Nullable String text) {
        if (parameter instanceof Integer index) {
            byIndex.put(index, text);
        } else if (parameter instanceof String name) {
            byName.put(name, text);
        }
    }

    private List<BoundValues.Value> row() {
        List<BoundValues.Value> row = new ArrayList<>(byIndex.size() + byName.size());
        byIndex.forEach((index, text) -> row.add(new BoundValues.Value(Integer.toString(index), text)));
        byName.forEach((name, text) -> row.add(new BoundValues.Value(ValueText.shortened(name), text)));
        return row;
    }

    private long more() {
        return moreIndexes.cardinality() + moreNames.size();
    }
}
