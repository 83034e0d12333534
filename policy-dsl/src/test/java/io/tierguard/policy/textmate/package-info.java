/**
 * A TextMate interpreter for tests: as much of the format as the grammar for policy files uses, on the regular
 * expressions that editors use. What it does not know in a grammar it refuses, so that a grammar it reads is a grammar
 * that it reads whole.
 */
@NullMarked
package io.tierguard.policy.textmate;

import org.jspecify.annotations.NullMarked;
