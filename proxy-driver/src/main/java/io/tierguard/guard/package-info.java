/**
 * One question and its answer: may this session run this text?
 *
 * <p>The guard knows SQL through its analysis, the policy through its decision, and the audit log; it knows no JDBC
 * objects. Verdicts are cached per policy, component and resolution context.
 */
@NullMarked
package io.tierguard.guard;

import org.jspecify.annotations.NullMarked;
