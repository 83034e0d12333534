/**
 * Policy tests: what a file of tests expects of which statement, whether that came true, and which rules the tests
 * have exercised.
 *
 * <p>What a statement does is not known here: whoever runs the tests judges them.
 */
@NullMarked
package io.tierguard.policy.spec;

import org.jspecify.annotations.NullMarked;
