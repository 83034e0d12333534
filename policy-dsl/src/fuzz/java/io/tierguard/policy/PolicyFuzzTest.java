package io.tierguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tierguard.policy.format.FormatOutcome;
import io.tierguard.policy.format.Formatter;
import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.policy.source.Diagnostic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The language on whatever Jazzer finds; run by {@code mvn -P fuzz -pl policy-dsl test}. */
class PolicyFuzzTest {

    private static final TableName TABLE = TableName.of("public", "payment");

    @FuzzTest(maxDuration = "60s")
    void reading_and_deciding_never_fail(byte[] content) {
        PolicyOutcome outcome = PolicyLoader.load("fuzz.tierguard", content);
        if (outcome instanceof PolicyOutcome.Rejected rejected) {
            assertThat(rejected.diagnostics()).isNotEmpty().allSatisfy(PolicyFuzzTest::assertRendered);
        } else if (outcome instanceof PolicyOutcome.Loaded loaded) {
            loaded.warnings().forEach(PolicyFuzzTest::assertRendered);
            decideAll(loaded.policy());
        }
    }

    @FuzzTest(maxDuration = "60s")
    void formatting_twice_is_formatting_once(byte[] content) {
        if (Formatter.format("fuzz.tierguard", content) instanceof FormatOutcome.Formatted first) {
            byte[] again = first.text().getBytes(StandardCharsets.UTF_8);
            assertThat(Formatter.format("fuzz.tierguard", again))
                    .isInstanceOfSatisfying(
                            FormatOutcome.Formatted.class,
                            second -> assertThat(second.text()).isEqualTo(first.text()));
        }
    }

    private static void decideAll(Policy policy) {
        for (Component component : policy.components()) {
            for (Verb verb : Verb.values()) {
                assertThat(policy.decide(component, Effect.of(verb, TABLE), Instant.EPOCH))
                        .isNotNull();
            }
        }
    }

    private static void assertRendered(Diagnostic diagnostic) {
        assertThat(diagnostic.render()).endsWith("\n");
    }
}
