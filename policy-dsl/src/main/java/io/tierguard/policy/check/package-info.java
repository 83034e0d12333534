/** From tree to compiled policy: names, patterns and grants are checked, lints are given, the model is built. */
@NullMarked
package io.tierguard.policy.check;

import org.jspecify.annotations.NullMarked;
