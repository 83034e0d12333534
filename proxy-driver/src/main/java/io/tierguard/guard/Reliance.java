package io.tierguard.guard;

/** What of the database's schema a verdict rests on, which others may have changed since it was read. */
enum Reliance {
    /** Nothing that is likely to change a row: the text only reads tables that are known, which may have a policy on their rows by now. */
    NOTHING,
    /** That code which was refused is as it was read: who migrates by the same process may have made it since. */
    REFUSED_CODE,
    /** What stands behind the names that it writes to or runs: foreign keys, triggers, views, routines. */
    KNOWN_NAMES,
    /** That nobody has seen something which it names, or that all is known which it sweeps. */
    UNKNOWN_NAMES
}
