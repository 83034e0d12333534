/** The layout of policy and test files: one way to write each, whoever wrote it. */
@NullMarked
package io.tierguard.policy.format;

import org.jspecify.annotations.NullMarked;
