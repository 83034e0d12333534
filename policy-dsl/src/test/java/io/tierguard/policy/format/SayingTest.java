package io.tierguard.policy.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.SourceText;
import io.tierguard.policy.syntax.Parser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule F1: the comparison that the formatter makes sees every change but those of layout. */
class SayingTest {

    private static final String TEXT =
            "# one\ntier a is mutable {\n  forbid drop, alter # two\n  audit all\n}\n# three\ntable b is a {\n  mutable c, d\n}\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "# two|",
                "# two|# 2",
                "# three|# one",
                "drop, alter|drop",
                "drop, alter|drop, create",
                "c, d|d, c",
                "c, d|c",
                "audit all|",
                "table b|table \"b\"",
                "# one|# one/# one"
            })
    void sees_a_change(String before, @Nullable String after) {
        String changed = TEXT.replace(before, after == null ? "" : after.replace('/', '\n'));
        assertThat(saying(TEXT).difference(saying(changed))).isPresent();
    }

    @Test
    void sees_no_change_of_layout() {
        String changed = TEXT.replace("drop, alter", "alter ,\n\n drop,").replace("c, d", "\n c,\td,");
        assertThat(saying(TEXT).difference(saying(changed))).isEmpty();
    }

    private static Saying saying(String text) {
        SourceText source = SourceText.of("test.tierguard", text);
        return new Saying(Parser.parse(source, new Findings(source)), Piece.all(source));
    }
}
