package io.tierguard.guard;

import io.tierguard.schema.LiveSchema;

/**
 * A reading of the schema, which holds for some time unless others change the schema meanwhile.
 *
 * @param schema of which it is one
 * @param own counts what the session that asks has changed
 * @param changesOfOthers how many changes by others had passed the guards of this process before
 * @param nanos when it was
 */
record SchemaReading(LiveSchema schema, SessionSchema own, long changesOfOthers, long nanos) {
    /** Whether it is new, and nobody but the session has changed the schema since. */
    boolean isOfNow() {
        return own.changesOfOthers() == changesOfOthers && schema.isNew(nanos);
    }
}
