package io.tierguard.guard;

import io.tierguard.policy.model.DecisionPath;
import java.util.List;

/**
 * One statement of a text, and the rules behind each of its effects.
 *
 * @param operation its leading words, for example {@code DELETE}
 * @param paths the decision on each effect; empty when it has none, or could not be read
 */
public record ExplainedStatement(String operation, List<DecisionPath> paths) {

    public ExplainedStatement {
        paths = List.copyOf(paths);
    }
}
