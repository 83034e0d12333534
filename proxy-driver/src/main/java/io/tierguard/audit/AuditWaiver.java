package io.tierguard.audit;

/**
 * A waiver that a statement needed, as the log tells it.
 *
 * @param name its name in the policy
 * @param ticket where it was asked for
 * @param until when it ends, in ISO form
 */
public record AuditWaiver(String name, String ticket, String until) {}
