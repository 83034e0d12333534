/** The live database that a command may be told of. */
@NullMarked
package io.tierguard.cli.database;

import org.jspecify.annotations.NullMarked;
