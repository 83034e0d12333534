package io.tierguard.policy;

import io.tierguard.policy.model.Policy;
import io.tierguard.policy.source.Diagnostic;
import java.util.List;

/** What came of reading a policy file. */
public sealed interface PolicyOutcome {

    /**
     * The policy is sound.
     *
     * @param policy the policy
     * @param warnings what a reviewer should look at, in file order
     */
    record Loaded(Policy policy, List<Diagnostic> warnings) implements PolicyOutcome {
        public Loaded {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The policy is refused.
     *
     * @param diagnostics why, errors first; never empty
     */
    record Rejected(List<Diagnostic> diagnostics) implements PolicyOutcome {
        public Rejected {
            diagnostics = List.copyOf(diagnostics);
        }
    }
}
