/** The command {@code tierguard test}. */
@NullMarked
package io.tierguard.cli.test;

import org.jspecify.annotations.NullMarked;
