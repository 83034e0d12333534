package io.tierguard.jdbc;

/** A guarded value that an application may hand back as an argument, which goes in bare because drivers cast. */
abstract class GuardedValue extends GuardedChild {

    GuardedValue(GuardedConnection connection) {
        super(connection);
    }

    /** The refusal of a write that no SQL text tells about. */
    final DenialException writeRefused(String operation) {
        return gate.escape(
                operation, "it may change a stored row and no SQL says which; write a new value by an UPDATE instead");
    }
}
