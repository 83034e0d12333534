/** What the commands share that judge statements without running them. */
@NullMarked
package io.tierguard.cli.offline;

import org.jspecify.annotations.NullMarked;
