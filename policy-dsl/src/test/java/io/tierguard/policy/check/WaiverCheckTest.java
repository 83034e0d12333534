package io.tierguard.policy.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.Policies;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules W1 to W4, W7, L10 and L13: what a waiver says and what it may not say. */
class WaiverCheckTest {

    private static final String DATA = """
            tier ledger is immutable
            tier live is mutable {
              require where on delete
              limit delete 50 rows
            }
            table payment is ledger
            table *_cache is live
            table orders is live
            component eraser {
              connects as "eraser"
              grant select on payment
              grant delete on orders
              grant update (state) on orders
              grant insert on orders
            }
            component other {
              connects as "other"
              grant select on payment
            }
            """;
    private static final List<String> FACTS = List.of(
            "why \"reviewed\"",
            "ticket \"DP-812\"",
            "owner \"data-protection@shop.example\"",
            "from 2026-11-20T08:00Z",
            "until 2026-11-27T08:00Z",
            "grant delete on payment to eraser");

    @Test
    void says_why_ticket_owner_from_until_and_grants_something() { // W1
        assertThat(codes(String.join("\n", FACTS))).isEmpty();
        for (String missing : FACTS) {
            String rest = String.join(
                    "\n", FACTS.stream().filter(fact -> !fact.equals(missing)).toList());
            assertThat(codes(rest)).as(missing).containsExactly("TG117");
        }
    }

    @Test
    void misses_no_fact_that_could_not_be_read() { // W1, S8
        assertThat(codes(all().replace("until 2026-11-27T08:00Z", "until tomorrow")))
                .containsExactly("TG118");
        assertThat(codes(all().replace("grant delete", "grant delte"))).containsExactly("TG113");
        assertThat(codes(all().replace(" to eraser", ""))).containsExactly("TG107");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-20T08:00:01Z",
                "2026-11-20T09:00:01+01:00",
                "2026-11-20T08:00:01.5Z",
                "2026-11-27T08:00Z",
                "2026-11-20T03:30-05:30"
            })
    void reads_a_time_with_its_zone(String until) { // W2
        assertThat(codes(all().replace("2026-11-27T08:00Z", until)))
                .isEqualTo(until.contains(".") ? List.of("TG118") : List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tomorrow",
                "2026-11-27",
                "2026-11-27T08:00",
                "2026-11-31T08:00Z",
                "2026-11-27T24:01Z",
                "2026-11-27t08:00z",
                "2026-11-27T08Z",
                "20261127T0800Z",
                "2026-11-27T08:00+19:00",
                "1969-11-27T08:00Z",
                "+12026-11-27T08:00Z",
                "1795766400"
            })
    void takes_nothing_else_for_a_time(String until) { // W2
        assertThat(codes(all().replace("2026-11-27T08:00Z", until))).containsExactly("TG118");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-20T08:00Z", "2026-11-20T09:00+01:00", "2026-11-20T07:59:59Z", "2025-11-27T08:00Z"})
    void ends_after_it_begins(String until) { // W2
        assertThat(codes(all().replace("2026-11-27T08:00Z", until))).containsExactly("TG706");
    }

    @Test
    void is_for_one_component() { // W3
        assertThat(codes(all() + "\ngrant insert on payment to other")).containsExactly("TG705");
        assertThat(codes(all() + "\ngrant define to other")).containsExactly("TG705");
        assertThat(codes(all() + "\ngrant define to eraser")).isEmpty();
        assertThat(codes(all() + "\ngrant insert on archive to eraser")).containsExactly("TG405");
    }

    @Test
    void is_for_a_declared_component() { // C3
        assertThat(codes(all().replace("to eraser", "to Eraser"))).containsExactly("TG206");
        assertThat(codes(all().replace("to eraser", "to everyone"))).containsExactly("TG206");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tier ledger", "tier nowhere", "everything", "*", "pay*", "*.payment", "orders, *_cache"})
    void names_its_tables(String target) { // W4
        assertThat(codes(all().replace("on payment", "on " + target))).containsExactly("TG704");
    }

    @ParameterizedTest
    @ValueSource(strings = {"payment", "shop.payment", "cat.shop.payment", "page_cache", "\"payment\", page_cache"})
    void takes_any_table_that_a_declared_pattern_matches(String target) { // W4
        assertThat(codes(all().replace("on payment", "on " + target))).isEmpty();
    }

    @Test
    void limits_what_it_grants() { // W7
        assertThat(codes(all() + "\nlimit delete 200 rows")).isEmpty();
        assertThat(codes(all() + "\nlimit update 200 rows")).containsExactly("TG707");
        assertThat(codes(all() + "\nlimit select 200 rows")).containsExactly("TG701");
        assertThat(codes(all() + "\nlimit delete 2 rows\nlimit delete 3 rows")).containsExactly("TG702");
    }

    @Test
    void has_a_name_of_its_own() { // B1
        String waiver = "waiver x {\n" + all() + "\n}\n";
        assertThat(Policies.codes(DATA + waiver + waiver.replace("waiver x", "waiver X")))
                .containsExactly("TG201");
    }

    @Test
    void is_long_past_seven_days() { // L10
        assertThat(codes(all().replace("2026-11-27T08:00Z", "2026-11-27T08:00:01Z")))
                .containsExactly("TG510");
    }

    @Test
    void is_needless_where_its_component_may_do_the_same() { // L13
        String granted = all().replace("on payment", "on orders");
        assertThat(codes(granted)).containsExactly("TG513");
        assertThat(codes(granted + "\nlimit delete 200 rows"))
                .as("another limit")
                .isEmpty();
        assertThat(codes(granted.replace("grant delete", "grant update (state)")))
                .containsExactly("TG513");
        assertThat(codes(granted.replace("grant delete", "grant update"))).isEmpty();
        assertThat(codes(granted.replace("grant delete", "grant insert, delete")))
                .containsExactly("TG513");
        assertThat(codes(granted.replace("grant delete", "grant truncate, delete")))
                .isEmpty();
        assertThat(codes(granted.replace("grant delete", "grant insert") + "\nlimit insert 5 rows"))
                .as("nothing is limited that a limit could replace")
                .containsExactly("TG513");
    }

    private static String all() {
        return String.join("\n", FACTS);
    }

    private static List<String> codes(String facts) {
        return Policies.codes(DATA + "waiver x {\n" + facts + "\n}\n");
    }
}
