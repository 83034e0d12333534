package io.tierguard.jdbc;

import java.sql.Array;

/** An array; its result sets are guarded. */
abstract class GuardedArray extends GuardedValue implements Array {
    final Array array;

    GuardedArray(GuardedConnection connection, Array real) {
        super(connection);
        this.array = real;
    }

    @Override
    final Array real() {
        return array;
    }
}
