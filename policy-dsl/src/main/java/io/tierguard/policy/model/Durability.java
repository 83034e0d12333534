package io.tierguard.policy.model;

/** How safe an audit record must be before its statement goes on. */
public enum Durability {
    /** On the disk, through a sync that threads share. */
    FSYNC,
    /** Handed to the operating system: it outlives the process, not the machine. */
    FLUSH,
    /** Queued: it outlives neither. */
    ASYNC
}
