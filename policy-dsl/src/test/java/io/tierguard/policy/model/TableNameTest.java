package io.tierguard.policy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that a database may take for one are one. */
class TableNameTest {

    @ParameterizedTest
    @CsvSource({
        "LEDGER, ledger",
        "LEDGER_\u0130TEMS, ledger_items",
        "ledger_i\u0307tems, ledger_items",
        "\u0130\u0307x, ix",
        "\u039B\u039F\u0393\u039F\u03A3, \u03BB\u03BF\u03B3\u03BF\u03C3",
        "\u03BB\u03BF\u03B3\u03BF\u03C2, \u03BB\u03BF\u03B3\u03BF\u03C3",
        "\u212A, k",
        "a\u0307, a\u0307"
    })
    void foldsLetterByLetter(String name, String folded) {
        assertThat(TableName.fold(name)).isEqualTo(folded);
        assertThat(TableName.fold(folded)).isEqualTo(folded);
        assertThat(TableName.fold(name.toLowerCase(Locale.ROOT))).isEqualTo(folded);
        assertThat(TableName.of(name)).isEqualTo(TableName.of(folded));
    }
}
