package io.tierguard.guard;

/** How often the runs of an allowed text are recorded. */
enum Recording {
    NEVER,
    /** The first run only: repeated reads say nothing new. */
    ONCE,
    ALWAYS
}
