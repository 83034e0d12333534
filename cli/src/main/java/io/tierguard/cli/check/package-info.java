/** Checks policies, alone or against a live database: {@code tierguard check}. */
@NullMarked
package io.tierguard.cli.check;

import org.jspecify.annotations.NullMarked;
