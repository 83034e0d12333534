/**
 * From text to tree: tokens, the parser with its recovery at block level, and the tree whose every name has a span.
 *
 * <p>The grammar nests one level deep, so nothing here recurses. Policies and their tests are one language: which block
 * may stand in which file is settled by whoever asked for the tree.
 */
@NullMarked
package io.tierguard.policy.syntax;

import org.jspecify.annotations.NullMarked;
