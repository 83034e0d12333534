/** The {@code tierguard} command and its subcommands, put together. */
@NullMarked
package io.tierguard.cli;

import org.jspecify.annotations.NullMarked;
