/** What all subcommands share: where they read and print, colours, exit codes, text that is safe to show. */
@NullMarked
package io.tierguard.cli.terminal;

import org.jspecify.annotations.NullMarked;
