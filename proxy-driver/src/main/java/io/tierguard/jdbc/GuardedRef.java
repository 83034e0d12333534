package io.tierguard.jdbc;

import java.sql.Ref;
import java.sql.SQLException;

/** A reference to a stored value, which may be read, and changed by who may have the real one. */
abstract class GuardedRef extends GuardedValue implements Ref {
    final Ref ref;

    GuardedRef(GuardedConnection connection, Ref real) {
        super(connection);
        this.ref = real;
    }

    @Override
    final Ref real() {
        return ref;
    }

    @Override
    public void setObject(Object value) throws SQLException {
        admitWrite("Ref.setObject");
        ref.setObject(bare(value));
    }
}
