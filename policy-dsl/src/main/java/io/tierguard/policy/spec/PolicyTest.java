package io.tierguard.policy.spec;

import java.util.List;

/**
 * One test of a policy.
 *
 * @param title what it shows
 * @param expectations what it expects, in file order; never empty
 * @param place where it stands, as {@code file:line}
 */
public record PolicyTest(String title, List<Expectation> expectations, String place) {

    public PolicyTest {
        expectations = List.copyOf(expectations);
    }
}
