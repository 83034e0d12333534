/**
 * Reading a policy, of one file or several: bytes in, one immutable policy or the diagnostics that say why not.
 *
 * <p>The way of a file is {@code source} (text and spans), {@code syntax} (tokens and tree), {@code check} (meaning and
 * lints), {@code model} (the compiled policy). Reading is total: whatever the bytes, the outcome is a value.
 */
@NullMarked
package io.tierguard.policy;

import org.jspecify.annotations.NullMarked;
