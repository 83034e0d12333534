/** The command {@code tierguard explain}. */
@NullMarked
package io.tierguard.cli.explain;

import org.jspecify.annotations.NullMarked;
