package io.tierguard.cli.test;

import io.tierguard.guard.Explanation;
import io.tierguard.guard.OfflineSession;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.spec.Expectation;
import io.tierguard.policy.spec.Outcome;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.Placeholders;
import java.time.Instant;

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
                .run(expectation.sql(), Placeholders.QUESTION_MARKS, when, expectation.rows());
        Outcome outcome =
                new Outcome(Explanation.reasons(explanation.denied()), Explanation.reasons(explanation.observed()));
        return new Judgement(expectation, when, read, explanation, outcome);
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
