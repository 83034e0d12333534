package io.tierguard.policy.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.AuditLevel;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TierKind;
import io.tierguard.policy.model.Verb;
import io.tierguard.policy.textmate.Grammar;
import io.tierguard.policy.textmate.ScopedToken;
import io.tierguard.policy.textmate.Tokeniser;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Editors know every keyword of the language; one that is added to the language has to be added to their grammar. */
class KeywordHighlightingTest {

    @ParameterizedTest
    @EnumSource(BlockKind.class)
    void colours_the_keyword_of_a_block(BlockKind kind) throws IOException {
        assertThat(scope(kind.word(), "%s x {\n}\n")).isEqualTo("keyword.control.block.tierguard");
    }

    @ParameterizedTest
    @EnumSource(BlockKind.class)
    void begins_anew_with_a_block_after_one_that_is_not_closed(BlockKind kind) throws IOException {
        for (String unclosed : List.of("forbid drop,", "why \"", "mutable (", "unknown {", "limit")) {
            assertThat(scope(kind.word(), "tier a is mutable {\n  " + unclosed + "\n%s x {\n"))
                    .as(unclosed)
                    .isEqualTo("keyword.control.block.tierguard");
        }
    }

    @ParameterizedTest
    @EnumSource(FactKind.class)
    void colours_the_keyword_of_a_fact_in_each_block_that_may_hold_it(FactKind fact) throws IOException {
        List<BlockKind> holders = Arrays.stream(BlockKind.values())
                .filter(block -> block.holds(fact))
                .toList();
        assertThat(holders).isNotEmpty();
        for (BlockKind holder : holders) {
            assertThat(scope(fact.word(), holder.word() + " x {\n  %s\n}\n"))
                    .as("in a " + holder.word())
                    .isIn("keyword.control.fact.tierguard", "support.function.power.tierguard");
        }
    }

    @ParameterizedTest
    @EnumSource(FactKind.class)
    void goes_on_with_a_fact_after_a_list_that_ends_with_a_comma(FactKind fact) throws IOException {
        assertThat(scope(fact.word(), "component x {\n  grant select on a,\n  %s \"x\"\n}\n"))
                .isNotEqualTo("variable.other.table.tierguard");
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void colours_a_verb(Verb verb) throws IOException {
        for (String place : List.of(
                "component x {\n  grant %s on y\n}\n",
                "tier x is mutable {\n  forbid %s\n}\n",
                "tier x is mutable {\n  limit %s 1 row\n}\n",
                "tier x is mutable {\n  require where on %s\n}\n",
                "routine x writes %s on y\n")) {
            assertThat(scope(verb.word(), place)).as(place).isEqualTo("support.function.verb.tierguard");
        }
    }

    @ParameterizedTest
    @EnumSource(Power.class)
    void colours_a_power(Power power) throws IOException {
        assertThat(scope(power.word(), "trust x {\n  %s\n}\n")).isEqualTo("support.function.power.tierguard");
    }

    @ParameterizedTest
    @EnumSource(TierKind.class)
    void colours_a_kind_of_tier(TierKind kind) throws IOException {
        assertThat(scope(kind.word(), "tier x is %s\n")).isEqualTo("storage.modifier.tier-kind.tierguard");
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void colours_a_reason(Reason reason) throws IOException {
        for (String place : List.of("test \"x\" {\n  deny %s \"y\"\n}\n", "observe x {\n  reasons %s\n}\n")) {
            assertThat(scope(reason.code(), place)).as(place).isEqualTo("constant.language.reason.tierguard");
        }
    }

    @ParameterizedTest
    @EnumSource(AuditLevel.class)
    void colours_an_audit_level(AuditLevel level) throws IOException {
        assertThat(scope(level.word(), "tier x is frozen {\n  audit %s\n}\n"))
                .isEqualTo("constant.language.audit-level.tierguard");
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void colours_a_durability(Durability durability) throws IOException {
        assertThat(scope(durability.word(), "tier x is frozen {\n  durability %s\n}\n"))
                .isEqualTo("constant.language.durability.tierguard");
    }

    /** The narrowest scope of the last token that is a word, where the word stands in the place marked so. */
    private static String scope(String word, String place) throws IOException {
        return new Tokeniser(Grammar.ofPolicies())
                .tokens(place.formatted(word)).stream()
                        .filter(token -> token.text().equals(word))
                        .reduce((first, second) -> second)
                        .map(ScopedToken::scope)
                        .orElse("no token of its own");
    }
}
