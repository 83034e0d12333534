/**
 * Runs the tests of an application under a component of its policy: {@link io.tierguard.junit.UnderComponent} on a test
 * fails it if anything was denied to it, whether or not the application made something of the exception.
 */
@NullMarked
package io.tierguard.junit;

import org.jspecify.annotations.NullMarked;
