/**
 * JDBC's object graph, guarded: whatever an application can reach from a guarded connection asks the guard before it
 * writes, and no way leads back to the real driver's objects.
 *
 * <p>The {@code Guarded…} classes hold only the methods that decide something. A subclass of each, with the suffix
 * {@code Forwarding}, is written at build time; it forwards the methods that are listed as harmless, hands arguments in
 * bare and hands results out guarded. What is neither written by hand nor listed does not build.
 */
@NullMarked
package io.tierguard.jdbc;

import org.jspecify.annotations.NullMarked;
