package io.tierguard.policy;

/**
 * What came of reading a policy's files.
 *
 * @param outcome the policy, or why there is none
 * @param footprint what the files looked like
 */
public record PolicyReading(PolicyOutcome outcome, PolicyFootprint footprint) {}
