package io.tierguard.policy.spec;

import io.tierguard.policy.source.Diagnostic;
import java.util.List;

/** What came of reading a file of tests. */
public sealed interface TestFile {

    /**
     * The tests are sound.
     *
     * @param tests the tests, in file order
     * @param warnings what a reviewer should look at
     */
    record Loaded(List<PolicyTest> tests, List<Diagnostic> warnings) implements TestFile {
        public Loaded {
            tests = List.copyOf(tests);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The file is refused.
     *
     * @param diagnostics why, errors first; never empty
     */
    record Rejected(List<Diagnostic> diagnostics) implements TestFile {
        public Rejected {
            diagnostics = List.copyOf(diagnostics);
        }
    }
}
