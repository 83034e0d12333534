/** Writes the forwarding classes; runs when the driver is built and is no part of it. */
@NullMarked
package io.tierguard.jdbc.build;

import org.jspecify.annotations.NullMarked;
