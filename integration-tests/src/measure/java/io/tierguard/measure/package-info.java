/** How much of a database's own test scripts the guard reads, in numbers. */
@NullMarked
package io.tierguard.measure;

import org.jspecify.annotations.NullMarked;
