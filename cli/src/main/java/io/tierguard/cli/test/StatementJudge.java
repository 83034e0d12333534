package io.tierguard.cli.test;

import io.tierguard.guard.Explanation;
import io.tierguard.guard.OfflineSession;
import io.tierguard.policy.model.Limit;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.spec.Expectation;
import io.tierguard.policy.spec.Outcome;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.Placeholders;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Judges the statements of tests, each in a session and a transaction of its own. */
final class StatementJudge {
    private final Policy policy;
    private final Dialect dialect;
    private final Instant moment;

    /** A judge by a policy, with the dialect and the moment of statements that say none. */
    StatementJudge(Policy policy, Dialect dialect, Instant moment) {
        this.policy = policy;
        this.dialect = dialect;
        this.moment = moment;
    }

    /** What comes of a statement. */
    Judgement judge(Expectation expectation) {
        Dialect read = expectation.dialect().map(StatementJudge::dialect).orElse(dialect);
        Instant when = expectation.moment().orElse(moment);
        Explanation explanation = OfflineSession.of(policy, expectation.component(), read, SchemaSnapshot.UNKNOWN)
                .run(expectation.sql(), Placeholders.QUESTION_MARKS, when);
        List<Limit> exceeded = expectation.exceeded(explanation.limits());
        Set<Reason> denied = Explanation.reasons(explanation.denied());
        Set<Reason> observed = Explanation.reasons(explanation.observed());
        if (!exceeded.isEmpty()) {
            boolean isObserved = policy.observation(expectation.component(), Reason.ROW_LIMIT, when)
                    .isPresent();
            (isObserved ? observed : denied).add(Reason.ROW_LIMIT);
        }
        return new Judgement(expectation, when, read, explanation, exceeded, new Outcome(denied, observed));
    }

    private static Dialect dialect(String code) {
        for (Dialect each : Dialect.values()) {
            if (each.code().equals(code)) {
                return each;
            }
        }
        throw new IllegalArgumentException("the loader of tests lets no other dialect pass: " + code);
    }
}
