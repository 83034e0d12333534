/** Shows the guard at work on a small shop that exists only in memory: {@code tierguard demo}. */
@NullMarked
package io.tierguard.cli.demo;

import org.jspecify.annotations.NullMarked;
