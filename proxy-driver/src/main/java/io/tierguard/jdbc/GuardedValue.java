package io.tierguard.jdbc;

/** A guarded value that an application may hand back as an argument, which goes in bare because drivers cast. */
abstract class GuardedValue extends GuardedChild {

    GuardedValue(GuardedConnection connection) {
        super(connection);
    }

    /** Passes a write that no SQL text tells about, for a component alone that may have the real object anyhow. */
    final void admitWrite(String operation) throws DenialException {
        if (!gate.mayUnwrap()) {
            throw gate.escape(
                    operation,
                    "it may change a stored row and no SQL says which; write a new value by an UPDATE instead");
        }
        gate.unwrap(operation);
    }
}
