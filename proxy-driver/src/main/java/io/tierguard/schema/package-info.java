/**
 * What the database would add to a statement: a snapshot of tables, views, foreign keys and partitions, and how effects
 * spread through it.
 *
 * <p>A snapshot is immutable and knows nothing of policies.
 */
@NullMarked
package io.tierguard.schema;

import org.jspecify.annotations.NullMarked;
