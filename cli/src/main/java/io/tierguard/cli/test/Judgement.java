package io.tierguard.cli.test;

import io.tierguard.guard.Explanation;
import io.tierguard.policy.spec.Expectation;
import io.tierguard.policy.spec.Outcome;
import io.tierguard.sql.Dialect;
import java.time.Instant;

/**
 * What came of one statement of a test.
 *
 * @param expectation what was expected
 * @param moment when it was taken to run
 * @param dialect how it was read
 * @param explanation the verdict
 * @param outcome what came of it
 */
record Judgement(Expectation expectation, Instant moment, Dialect dialect, Explanation explanation, Outcome outcome) {

    /** Whether it came out as expected. */
    boolean isExpected() {
        return expectation.isMetBy(outcome);
    }
}
