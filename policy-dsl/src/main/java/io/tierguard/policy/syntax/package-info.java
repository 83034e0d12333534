/**
 * From text to tree: tokens, the parser with its recovery at block level, and the tree whose every name has a span.
 *
 * <p>The grammar nests one level deep, so nothing here recurses. A block or a fact that this version does not support
 * is known by its keyword, reported once, and keeps the policy from loading.
 */
@NullMarked
package io.tierguard.policy.syntax;

import org.jspecify.annotations.NullMarked;
