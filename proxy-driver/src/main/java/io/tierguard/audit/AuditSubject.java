package io.tierguard.audit;

/**
 * Who runs statements and where: what all records of one connection share. A text that is not known is empty.
 *
 * @param component the policy's component
 * @param release the version of the deployed application
 * @param user the database user
 * @param system the database's kind, as the OpenTelemetry attribute {@code db.system.name}
 * @param namespace the database's name, as {@code db.namespace}
 * @param address the server's host, as {@code server.address}
 * @param port the server's port, as {@code server.port}; 0 when not known
 * @param connection an id of this connection, unique in its process
 * @param policyName the policy's name
 * @param policyHash the hash of the policy's source
 */
public record AuditSubject(
        String component,
        String release,
        String user,
        String system,
        String namespace,
        String address,
        int port,
        String connection,
        String policyName,
        String policyHash) {

    /** The same connection under another policy. */
    public AuditSubject under(String name, String hash) {
        return new AuditSubject(component, release, user, system, namespace, address, port, connection, name, hash);
    }
}
