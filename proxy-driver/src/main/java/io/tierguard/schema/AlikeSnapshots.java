package io.tierguard.schema;

/** Keeps the last snapshot, so that sessions which see the same share it and what was decided by it; safe for many threads. */
public final class AlikeSnapshots {
    private volatile SchemaSnapshot last = SchemaSnapshot.UNKNOWN;

    /** Whether any was read before. */
    public boolean areThere() {
        return !last.isUnknown();
    }

    /** The snapshot that was read before, if another tells the same. */
    SchemaSnapshot of(SchemaSnapshot read) {
        SchemaSnapshot known = last;
        if (!known.isUnknown() && known.sameAs(read)) {
            return known;
        }
        last = read;
        return read;
    }
}
