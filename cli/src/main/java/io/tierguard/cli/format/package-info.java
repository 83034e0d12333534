/** {@code tierguard fmt}: the layout of policy and test files. */
@NullMarked
package io.tierguard.cli.format;

import org.jspecify.annotations.NullMarked;
