package io.tierguard.schema;

import java.util.concurrent.atomic.AtomicReference;

/** Keeps the last snapshot, so that sessions which see the same share it and what was decided by it; safe for many threads. */
public final class AlikeSnapshots {
    private final AtomicReference<SchemaSnapshot> last = new AtomicReference<>(SchemaSnapshot.UNKNOWN);

    /** Whether any was read before. */
    public boolean areThere() {
        return !last.get().isUnknown();
    }

    /** The snapshot that was read before, if another tells the same. */
    SchemaSnapshot of(SchemaSnapshot read) {
        SchemaSnapshot known = last.get();
        if (!known.isUnknown() && known.sameAs(read)) {
            return known;
        }
        last.set(read);
        return read;
    }
}
