/** Reads audit logs: {@code tierguard audit …}. */
@NullMarked
package io.tierguard.cli.audit;

import org.jspecify.annotations.NullMarked;
