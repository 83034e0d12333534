package io.tierguard.policy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.Policies;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules U1 and U2: who has a power past the tables, and how long. */
class TrustTest {

    private static final Instant END = Instant.parse("2027-06-30T00:00:00Z");
    private static final String COMPONENTS = """
            tier live is mutable
            table orders is live
            component importer {
              connects as "importer"
              grant select on orders
            }
            component checkout {
              connects as "checkout"
              grant select on orders
            }
            """;
    private static final List<String> FACTS = List.of(
            "why \"loads through COPY\"", "owner \"data-guardians@shop.example\"", "unwrap", "until 2027-06-30T00:00Z");

    @Test
    void says_why_owner_until_and_a_power() { // U1
        assertThat(codes("importer", FACTS)).isEmpty();
        for (String missing : FACTS) {
            List<String> rest =
                    FACTS.stream().filter(fact -> !fact.equals(missing)).toList();
            assertThat(codes("importer", rest))
                    .as(missing)
                    .containsExactly(missing.equals("unwrap") ? "TG709" : "TG117");
        }
    }

    @Test
    void is_for_one_declared_component_once() { // U1, C3, B1
        assertThat(codes("everyone", FACTS)).containsExactly("TG206");
        assertThat(Policies.codes(COMPONENTS + trust("importer", FACTS) + trust("importer", FACTS)))
                .containsExactly("TG201");
    }

    @ParameterizedTest
    @EnumSource(Power.class)
    void gives_the_powers_that_it_names(Power power) { // U2
        String powers = String.join("\n", FACTS).replace("unwrap", power.word());
        Policy policy = Policies.sound(COMPONENTS + trust("importer", List.of(powers)));
        Component importer = policy.component("importer").orElseThrow();
        for (Power other : Power.values()) {
            assertThat(policy.trust(importer, other, END.minusNanos(1)).isPresent())
                    .isEqualTo(other == power);
        }
        assertThat(policy.trust(importer, power, END)).isEmpty();
        assertThat(policy.trust(policy.component("checkout").orElseThrow(), power, Instant.EPOCH))
                .isEmpty();
        assertThat(policy.trust(importer, power, Instant.EPOCH).map(Trust::rule))
                .contains("test.tierguard:11");
    }

    @ParameterizedTest
    @EnumSource(Power.class)
    void is_the_only_way_to_a_power(Power power) { // U2
        String grant = "grant select on orders";
        assertThat(Policies.codes(COMPONENTS.replaceFirst(grant, "grant " + power.word() + " on orders")))
                .containsExactly("TG113");
        assertThat(Policies.codes(COMPONENTS.replaceFirst(grant, power.word()))).contains("TG109");
    }

    private static List<String> codes(String component, List<String> facts) {
        return Policies.codes(COMPONENTS + trust(component, facts));
    }

    private static String trust(String component, List<String> facts) {
        return "trust " + component + " {\n" + String.join("\n", facts) + "\n}\n";
    }
}
