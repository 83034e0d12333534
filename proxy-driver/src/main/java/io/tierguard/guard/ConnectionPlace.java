package io.tierguard.guard;

/**
 * Where a connection leads.
 *
 * @param address the server's host; empty for an embedded database
 * @param port the server's port; 0 when not known
 */
public record ConnectionPlace(String address, int port) {

    /** An embedded database. */
    public static final ConnectionPlace EMBEDDED = new ConnectionPlace("", 0);
}
