package io.tierguard.guard;

/** The guard's answer to a statement that wants to run: it may, or it is refused. */
public sealed interface Admission permits Execution, Refusal {}
