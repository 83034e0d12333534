package io.tierguard.schema;

/**
 * A state of a live database's schema, as far as changes are known that went through the guard.
 *
 * @param changes counts those of this schema
 * @param changesOfAll counts those of all schemas of its kind in this process
 * @param nanos when it was asked for
 */
public record SchemaVersion(long changes, long changesOfAll, long nanos) {}
