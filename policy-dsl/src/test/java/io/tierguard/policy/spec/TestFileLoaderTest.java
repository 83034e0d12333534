package io.tierguard.policy.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.Policies;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.source.Diagnostic;
import io.tierguard.policy.syntax.ExpectedOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules X1 to X6. */
class TestFileLoaderTest {

    private final Policy policy = Policies.sound(Policies.shop());
    private final TestFileLoader loader = new TestFileLoader(policy, List.of("postgresql", "h2"));

    @TempDir
    private Path folder;

    @Test
    void reads_what_is_expected_of_each_statement() {
        List<PolicyTest> tests = sound("""
                test "a captured payment keeps its amount" {
                  why "the books are closed"
                  as checkout
                  allow "UPDATE payment SET status = 'captured' WHERE id = ?"
                  deny immutable-column, not-granted rows 3 "UPDATE payment SET amount = 0"
                }
                """);

        assertThat(tests).hasSize(1);
        PolicyTest test = tests.get(0);
        assertThat(test.title()).isEqualTo("a captured payment keeps its amount");
        assertThat(test.place()).isEqualTo("shop_test.tierguard:1");
        assertThat(test.expectations())
                .containsExactly(
                        new Expectation(
                                policy.component("checkout").orElseThrow(),
                                Optional.empty(),
                                Optional.empty(),
                                ExpectedOutcome.ALLOW,
                                List.of(),
                                OptionalLong.empty(),
                                "UPDATE payment SET status = 'captured' WHERE id = ?",
                                "shop_test.tierguard:4"),
                        new Expectation(
                                policy.component("checkout").orElseThrow(),
                                Optional.empty(),
                                Optional.empty(),
                                ExpectedOutcome.DENY,
                                List.of(Reason.IMMUTABLE_COLUMN, Reason.NOT_GRANTED),
                                OptionalLong.of(3),
                                "UPDATE payment SET amount = 0",
                                "shop_test.tierguard:5"));
    }

    @Test
    void who_when_and_which_dialect_hold_until_the_next_such_fact() { // X3
        List<Expectation> expectations = sound("""
                test "x" {
                  as checkout
                  allow "1"
                  at 2026-11-27T18:00Z
                  dialect h2
                  allow "2"
                  as reporting
                  allow "3"
                  dialect postgresql
                  at 2026-11-28T18:00Z
                  allow "4"
                }
                test "y" {
                  as eraser
                  allow "5"
                }
                """).stream()
                .flatMap(test -> test.expectations().stream())
                .toList();

        assertThat(expectations)
                .extracting(each -> each.sql() + " "
                        + each.component().name() + " "
                        + each.moment().map(Instant::toString).orElse("-") + " "
                        + each.dialect().orElse("-"))
                .containsExactly(
                        "1 checkout - -",
                        "2 checkout 2026-11-27T18:00:00Z h2",
                        "3 reporting 2026-11-27T18:00:00Z h2",
                        "4 reporting 2026-11-28T18:00:00Z postgresql",
                        "5 eraser - -");
    }

    @Test
    void a_file_of_tests_holds_nothing_else() { // X1
        assertThat(said("""
                tier ledger is frozen
                test "x" {
                  as checkout
                  allow "SELECT 1"
                }
                """)).isEqualTo("""
                error[TG125]: a tier block does not belong in a file of tests
                 --> shop_test.tierguard:1:1
                  |
                1 | tier ledger is frozen
                  | ^^^^ no test
                  |
                help: put it into the policy; a file whose name ends in `_test.tierguard` holds tests only
                """);
    }

    @Test
    void every_block_that_is_no_test_is_told() { // X1
        assertThat(codes(Policies.shop()))
                .hasSize(Policies.shop().split("\n(tier|table|component|routine|trigger|observe|trust|waiver) ").length)
                .containsOnly("TG125");
        assertThat(said("include waivers from \"waivers.tierguard\"\n"))
                .startsWith("error[TG125]: an include block does not belong in a file of tests\n");
    }

    @Test
    void two_tests_have_two_titles() { // X2
        assertThat(said("""
                test "one" {
                  as checkout
                  allow "SELECT 1"
                }
                test "One" {
                  as checkout
                  allow "SELECT 1"
                }
                """)).startsWith("error[TG201]: test `One` is declared twice\n --> shop_test.tierguard:5:6\n");
    }

    @Test
    void a_component_that_is_not_declared_is_told_once_with_the_closest() { // X4
        assertThat(said("""
                test "x" {
                  as chekout
                  allow "SELECT 1"
                  allow "SELECT 2"
                }
                """)).isEqualTo("""
                error[TG206]: no component is called `chekout`
                 --> shop_test.tierguard:2:6
                  |
                2 |   as chekout
                  |      ^^^^^^^ unknown component
                  |
                help: did you mean `checkout`?
                """);
    }

    @Test
    void a_dialect_that_is_not_known_is_told_with_those_that_are() { // X5
        assertThat(said("""
                test "x" {
                  as checkout
                  dialect postgres
                  allow "SELECT 1"
                }
                """)).isEqualTo("""
                error[TG801]: no dialect is called `postgres`
                 --> shop_test.tierguard:3:11
                  |
                3 |   dialect postgres
                  |           ^^^^^^^^ unknown dialect
                  |
                help: did you mean `postgresql`?
                note: the dialects are h2, postgresql
                """);
    }

    @Test
    void a_statement_before_the_first_component_is_told_once() { // X4
        assertThat(said("""
                test "x" {
                  allow "SELECT 1"
                  allow "SELECT 2"
                  as checkout
                  allow "SELECT 3"
                }
                """)).isEqualTo("""
                error[TG802]: no component runs this statement
                 --> shop_test.tierguard:2:3
                  |
                2 |   allow "SELECT 1"
                  |   ^^^^^^^^^^^^^^^^ before the first `as`
                  |
                help: say above it under which component it runs: `as NAME`
                """);
    }

    @Test
    void a_test_without_any_component_is_told_once() { // X4
        assertThat(codes("test \"x\" {\n  allow \"SELECT 1\"\n}\n")).containsExactly("TG117");
    }

    @Test
    void a_test_that_expects_nothing_is_an_error() { // X6
        assertThat(said("""
                test "x" {
                  as checkout
                }
                """)).isEqualTo("""
                error[TG803]: test `x` expects nothing
                 --> shop_test.tierguard:1:6
                  |
                1 | test "x" {
                  |      ^^^ passes whatever the policy says
                  |
                note: a test says `allow`, `deny` or `would-deny` of at least one statement
                """);
    }

    @Test
    void nothing_is_said_that_only_follows_from_what_could_not_be_read() { // X4, X6
        assertThat(codes("test \"x\" {\n  as\n  allow \"SELECT 1\"\n}\n")).containsExactly("TG107");
        assertThat(codes("test \"x\" {\n  as checkout\n  alow \"SELECT 1\"\n}\n"))
                .containsExactly("TG109");
        assertThat(codes("tets \"x\" {\n  as checkout\n}\n")).containsExactly("TG108");
    }

    @Test
    void a_file_that_cannot_be_read_is_refused() throws Exception {
        Path latin = Files.write(folder.resolve("latin_test.tierguard"), new byte[] {'#', (byte) 0xe4, '\n'});

        assertThat(loader.load(folder.resolve("none_test.tierguard")))
                .isInstanceOfSatisfying(
                        TestFile.Rejected.class,
                        rejected ->
                                assertThat(rejected.diagnostics().get(0).code()).isEqualTo("TG101"));
        assertThat(loader.load(latin))
                .isInstanceOfSatisfying(
                        TestFile.Rejected.class,
                        rejected ->
                                assertThat(rejected.diagnostics().get(0).code()).isEqualTo("TG102"));
    }

    @Test
    void a_file_is_read_as_its_text_is() throws Exception {
        String text = "test \"x\" {\n  as checkout\n  allow \"SELECT 1\"\n}\n";
        Path file = Files.writeString(folder.resolve("x_test.tierguard"), "\uFEFF" + text);

        assertThat(loader.load(file)).isEqualTo(loader.load(file.toString(), text));
    }

    private List<PolicyTest> sound(String text) {
        if (loader.load("shop_test.tierguard", text) instanceof TestFile.Loaded loaded) {
            assertThat(loaded.warnings()).isEmpty();
            return loaded.tests();
        }
        throw new AssertionError(said(text));
    }

    private String said(String text) {
        return Policies.rendered(diagnostics(text));
    }

    private List<String> codes(String text) {
        return diagnostics(text).stream().map(Diagnostic::code).toList();
    }

    private List<Diagnostic> diagnostics(String text) {
        return loader.load("shop_test.tierguard", text) instanceof TestFile.Rejected rejected
                ? rejected.diagnostics()
                : List.of();
    }
}
