/** What the guard costs, beside the bare driver and a peer, in one run. */
@NullMarked
package io.tierguard.bench;

import org.jspecify.annotations.NullMarked;
