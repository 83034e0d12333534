package io.tierguard.policy.spec;

import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.syntax.ExpectedOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What a test expects of one statement.
 *
 * @param component who runs it
 * @param moment when; empty for the moment at which the tests run
 * @param dialect the dialect it is written in; empty for the default
 * @param outcome what is expected
 * @param reasons the reasons of which each is among those given; others may be there, too
 * @param rows how many rows it is taken to change; empty where that is not said, and no limit counts
 * @param sql the statement
 * @param place where it stands, as {@code file:line}
 */
public record Expectation(
        Component component,
        Optional<Instant> moment,
        Optional<String> dialect,
        ExpectedOutcome outcome,
        List<Reason> reasons,
        OptionalLong rows,
        String sql,
        String place) {

    public Expectation {
        reasons = List.copyOf(reasons);
    }

    /** Whether a statement came out as expected. */
    public boolean isMetBy(Outcome actual) {
        return switch (outcome) {
            case ALLOW -> actual.denied().isEmpty() && actual.observed().isEmpty();
            case DENY -> !actual.denied().isEmpty() && actual.denied().containsAll(reasons);
            case WOULD_DENY ->
                actual.denied().isEmpty()
                        && !actual.observed().isEmpty()
                        && actual.observed().containsAll(reasons);
        };
    }

    /** What is expected, as the test says it, without the statement. */
    public String clause() {
        String listed = reasons.stream().map(Reason::code).collect(Collectors.joining(", "));
        return outcome.word()
                + (listed.isEmpty() ? "" : " " + listed)
                + (rows.isPresent() ? " rows " + rows.getAsLong() : "");
    }
}
