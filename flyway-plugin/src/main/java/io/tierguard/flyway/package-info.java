/** What Flyway needs to know of the guarding driver. */
@NullMarked
package io.tierguard.flyway;

import org.jspecify.annotations.NullMarked;
