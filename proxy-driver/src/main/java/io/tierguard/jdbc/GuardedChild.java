package io.tierguard.jdbc;

/** A guarded object that knows its guarded connection, so that no map of identities is needed. */
abstract class GuardedChild extends GuardedObject {
    final GuardedConnection connection;

    GuardedChild(GuardedConnection connection) {
        super(connection.gate);
        this.connection = connection;
    }

    @Override
    final GuardedConnection connection() {
        return connection;
    }
}
