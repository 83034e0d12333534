package io.tierguard.policy.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.Policies;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the layout, one by one. */
class LayoutTest {

    private static final String HEAD = "tier a is mutable";

    @Test
    void leaves_a_file_with_errors_of_syntax_as_it_is() { // F2
        assertThat(outcome("teir a is mutable\n"))
                .isInstanceOfSatisfying(
                        FormatOutcome.Unreadable.class,
                        unreadable -> assertThat(Policies.rendered(unreadable.diagnostics()))
                                .contains("error[TG108]", "did you mean `tier`?"));
        assertThat(outcome("")).isInstanceOf(FormatOutcome.Unreadable.class);
    }

    @Test
    void formats_a_file_of_comments_alone() { // F1, S7
        assertThat(outcome("\n# the last one has ended\n\n\n"))
                .isEqualTo(new FormatOutcome.Formatted("# the last one has ended\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "table a is ledgr\n",
                "include tiers from \"missing.tierguard\"\n",
                "tier a is frozen\ntier a is frozen\n"
            })
    void lays_out_a_file_with_other_errors(String text) { // F2
        assertThat(outcome(text)).isInstanceOf(FormatOutcome.Formatted.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tier a   is\tmutable{forbid   drop ,alter}|tier a is mutable {/  forbid alter, drop/}",
                "table a is b{mutable   c}|table a is b {/  mutable c/}",
                "  component c{/grant update ( a ,b )on x/    grant select on y/}"
                        + "|component c {/  grant update (a, b) on x/  grant select on y/}",
                "tier a is mutable{}|tier a is mutable {/}"
            })
    void puts_heads_at_the_margin_and_each_fact_on_a_line(String text, String expected) { // F4
        assertThat(Formatted.of(text.replace('/', '\n'))).isEqualTo(expected.replace('/', '\n') + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tier a is mutable", "\uFEFFtier a is mutable  \t\r\n", "\n\ntier a is mutable\r\n\r\n"})
    void ends_lines_alike(String text) { // F5
        assertThat(Formatted.of(text)).isEqualTo(HEAD + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "table a is x/table b is x/////table c is x|table a is x/table b is x//table c is x",
                "table a is x/routine b is harmless/trigger c on a is harmless"
                        + "|table a is x//routine b is harmless/trigger c on a is harmless",
                "tier a is frozen/tier b is frozen///tier c is frozen|tier a is frozen//tier b is frozen//tier c is frozen",
                "table a is x/# b/table b is x//# c//table c is x|table a is x/# b/table b is x//# c//table c is x",
                "tier a is frozen/# b/tier b is frozen|tier a is frozen//# b/tier b is frozen"
            })
    void parts_blocks_by_one_blank_line(String text, String expected) { // F6
        assertThat(Formatted.of(text.replace('/', '\n'))).isEqualTo(expected.replace('/', '\n') + "\n");
    }

    @Test
    void keeps_one_blank_line_inside_a_block() { // F7
        assertThat(Formatted.of(HEAD + "{\n\nwhy \"x\"\n\n\n\naudit all\nforbid\n\n\ndrop,\n\nalter\n\n}"))
                .isEqualTo(HEAD + " {\n  why \"x\"\n\n  audit all\n  forbid alter, drop\n}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "forbid drop, delete, insert, drop|forbid insert, delete, drop, drop",
                "limit delete 5 rows except truncate, cascade|limit delete 5 rows except truncate, cascade"
            })
    void reorders_verbs_and_nothing_else(String fact, String expected) { // F8
        assertThat(Formatted.of(HEAD + " {\n" + fact + "\n}")).isEqualTo(HEAD + " {\n  " + expected + "\n}\n");
    }

    @Test
    void keeps_the_order_of_verbs_that_have_comments() { // F8
        String text = HEAD + " {\n  forbid\n    drop, # worse\n    alter,\n}\n";
        assertThat(Formatted.of(text)).isEqualTo(text);
    }

    @Test
    void breaks_a_list_past_a_hundred_columns() { // F9
        String hundred = "  mutable " + "ü".repeat(44) + ", " + "ö".repeat(44);
        assertThat(hundred).hasSize(100);
        assertThat(Formatted.of("table a is b {\n" + hundred + " # behind\n}\n"))
                .isEqualTo("table a is b {\n" + hundred + " # behind\n}\n");
        assertThat(Formatted.of("table a is b {\n" + hundred + "x\n}\n"))
                .isEqualTo("table a is b {\n  mutable\n    " + "ü".repeat(44) + ",\n    " + "ö".repeat(44) + "x,\n}\n");
    }

    @Test
    void counts_the_words_behind_a_list_but_no_text() { // F9
        String table = "a".repeat(50);
        String list = "trigger x on " + table + ", b";
        String head = list + " writes insert on " + "c".repeat(16);
        assertThat(head).hasSize(100);
        assertThat(Formatted.of(head)).isEqualTo(head + "\n");
        assertThat(Formatted.of(head + " {}"))
                .isEqualTo("trigger x on\n  " + table + ",\n  b writes insert on " + "c".repeat(16) + " {\n}\n");
        String test = "test \"x\" {\n  as a\n  deny cascade, no-audit \"" + "x".repeat(200) + "\"\n}\n";
        assertThat(Formatted.of(test)).isEqualTo(test);
    }

    @Test
    void breaks_no_single_item_and_no_include() { // F9
        String text = "include tiers, " + "tables and ".repeat(12) + "tiers from \"x\"\n\ntable a is b {\n  mutable "
                + "a".repeat(120) + "\n}\n";
        assertThat(Formatted.of(text)).isEqualTo(text);
    }

    @Test
    void joins_a_list_that_fits() { // F9
        assertThat(Formatted.of("table a is b {\n  mutable\n    c,\n    d,\n}"))
                .isEqualTo("table a is b {\n  mutable c, d\n}\n");
    }

    @Test
    void ends_a_broken_list_with_a_comma_unless_it_would_go_on() { // F10
        String columns = "a".repeat(60) + ",\n    " + "b".repeat(60);
        assertThat(Formatted.of(
                        "tier t is mutable {\n  require where on update, # x\n delete\n  forbid # y\n    drop\n}"))
                .isEqualTo(
                        "tier t is mutable {\n  require where on\n    update, # x\n    delete\n  forbid # y\n    drop,\n}\n");
        assertThat(Formatted.of("table a is b {\n  mutable " + columns + "\n  why \"x\"\n}"))
                .isEqualTo("table a is b {\n  mutable\n    " + columns + ",\n  why \"x\"\n}\n");
    }

    @Test
    void keeps_an_item_that_looks_like_a_fact_from_the_start_of_a_line() { // F9
        String item = "a".repeat(90);
        assertThat(Formatted.of("trigger t on " + item + ", b, from writes insert on x"))
                .isEqualTo("trigger t on\n  " + item + ",\n  b, from writes insert on x\n");
    }

    @Test
    void keeps_texts_and_numbers_as_they_are_written() { // F12
        String text =
                "test \"a \\\"b\\\" \\\\ \\n\tc\" {\n  as a\n  at 2026-11-20T08:00:00+00:00\n  allow rows 1 \"\"\n}\n";
        assertThat(Formatted.of(text)).isEqualTo(text);
    }

    private static FormatOutcome outcome(String text) {
        return Formatter.format("test.tierguard", text.getBytes(StandardCharsets.UTF_8));
    }
}
