package io.tierguard.jdbc;

import io.tierguard.audit.BoundValues;
import java.util.function.Supplier;

/** What is bound to a prepared statement, now and in the runs that wait in its batch. */
interface Parameters extends Supplier<BoundValues> {

    /** Those of a statement that keeps nothing, because nothing of it could be recorded. */
    Parameters UNKNOWN = new Parameters() {};

    /** What is bound now. */
    @Override
    default BoundValues get() {
        return BoundValues.NONE;
    }

    /** What was bound to the runs in the batch. */
    default BoundValues ofBatch() {
        return BoundValues.NONE;
    }

    /** What is bound now has been added to the batch. */
    default void batch() {}

    /** The batch is empty again. */
    default void forgetBatch() {}
}
