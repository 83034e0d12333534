/**
 * The compiled policy: tiers, table classes, components and the one decision they make, and what the policy says
 * of routines and triggers.
 *
 * <p>Everything here is immutable and safe to share between threads. The decision is total: it never throws, and on
 * the way to an allow it allocates nothing.
 */
@NullMarked
package io.tierguard.policy.model;

import org.jspecify.annotations.NullMarked;
