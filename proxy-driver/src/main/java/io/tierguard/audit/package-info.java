/**
 * The audit log: records, sinks and their durability.
 *
 * <p>A denial is in the log before its exception is thrown, and a write on a frozen or immutable tier before the
 * statement reaches the real driver. What cannot be recorded does not happen.
 */
@NullMarked
package io.tierguard.audit;

import org.jspecify.annotations.NullMarked;
