package io.tierguard.policy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.Policies;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules R10 and R11: of which bodies the policy says what code does. */
class BodiesTest {

    private static final String ONE = "sha256:" + "1".repeat(64);
    private static final String TWO = "sha256:" + "2".repeat(64);
    private static final String OTHER = "sha256:" + "a".repeat(64);

    private final Policy policy = Policies.sound("""
            tier live is mutable
            table orders is live
            routine any_* is harmless {
              why "reviewed"
            }
            routine any_one writes insert on orders {
              why "reviewed"
              body ONE
            }
            routine overloaded is harmless {
              why "reviewed"
              body ONE,
                TWO
            }
            trigger touch on orders is harmless {
              why "reviewed"
              body ONE
            }
            """.replace("ONE", ONE).replace("TWO", TWO));

    @Test
    void a_fact_without_a_body_holds_of_any() { // R10
        assertThat(policy.routine("", "any_other", Set.of())).isPresent();
        assertThat(policy.routine("", "any_other", Set.of(OTHER))).isPresent();
    }

    @Test
    void a_fact_with_bodies_holds_of_code_that_has_no_other() { // R10
        assertThat(policy.routine("", "overloaded", Set.of(ONE, TWO))).isPresent();
        assertThat(policy.routine("", "overloaded", Set.of(TWO))).isPresent();
        assertThat(policy.routine("", "overloaded", Set.of(ONE, OTHER))).isEmpty();
        assertThat(policy.routine("", "overloaded", Set.of(OTHER))).isEmpty();
        assertThat(policy.routine("", "overloaded", Set.of())).as("not known").isEmpty();
        assertThat(policy.trigger("touch", TableName.of("shop", "orders"), Set.of(ONE)))
                .isPresent();
        assertThat(policy.trigger("touch", TableName.of("shop", "orders"), Set.of(TWO)))
                .isEmpty();
    }

    @Test
    void no_wider_fact_answers_for_a_body_that_has_changed() { // R11
        assertThat(policy.routine("", "any_one", Set.of(ONE)).map(CodeFact::pattern))
                .contains("any_one");
        assertThat(policy.routine("", "any_one", Set.of(OTHER))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256:9f2c", "md5:0", "sha256:", "sha256", "1"})
    void a_hash_is_whole(String hash) { // R10
        assertThat(codes(hash)).containsExactly("TG120");
    }

    @Test
    void a_hash_is_of_lower_case_digits_alone() { // R10
        assertThat(codes(ONE)).isEmpty();
        assertThat(codes(ONE + ", " + OTHER)).isEmpty();
        assertThat(codes(OTHER.replace('a', 'A'))).containsExactly("TG120");
        assertThat(codes(OTHER.replace('a', 'g'))).containsExactly("TG120");
        assertThat(codes(ONE + "1")).containsExactly("TG120");
        assertThat(codes(ONE.replace("sha256", "SHA256"))).containsExactly("TG120");
        assertThat(codes("\"" + ONE + "\"")).containsExactly("TG107");
        assertThat(codes(ONE + ", " + ONE)).containsExactly("TG505");
    }

    private static List<String> codes(String hash) {
        return Policies.codes("tier live is mutable\ntable orders is live\nroutine f is harmless {\n"
                + "  why \"reviewed\"\n  body " + hash + "\n}\n");
    }
}
