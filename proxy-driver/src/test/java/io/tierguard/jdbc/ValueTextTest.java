package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ValueTextTest {
    @Test
    void plainValuesAreWrittenOut() {
        assertThat(ValueText.of(null)).isNull();
        assertThat(ValueText.of("")).isEmpty();
        assertThat(ValueText.of('x')).isEqualTo("x");
        assertThat(ValueText.of(new UUID(0, 7))).isEqualTo("00000000-0000-0000-0000-000000000007");
        assertThat(ValueText.of(LocalDate.of(2026, 11, 22))).isEqualTo("2026-11-22");
        assertThat(ValueText.of(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(ValueText.of(Duration.ofSeconds(90))).isEqualTo("PT1M30S");
        assertThat(ValueText.of(new BigDecimal("1E+1000000000"))).isEqualTo("1E+1000000000");
    }

    @Test
    void arraysAreWrittenOutAndCut() {
        assertThat(ValueText.of(new int[] {1, 2})).isEqualTo("[1, 2]");
        assertThat(ValueText.of(new String[] {"a", null})).isEqualTo("[a, null]");
        assertThat(ValueText.of(new Object[] {new long[] {3}, new byte[2]})).isEqualTo("[[3], <byte[], length 2>]");
        assertThat(ValueText.of(new boolean[1_000_000])).hasSizeLessThan(290).endsWith("… (1000000 elements in all)");
        assertThat(ValueText.of(new Object[100])).contains("… (100 elements in all)");
        assertThat(ValueText.of("secret".toCharArray())).isEqualTo("<char[], length 6>");
    }

    @Test
    void anArrayThatHoldsItselfEnds() {
        Object[] itself = new Object[1];
        itself[0] = itself;
        assertThat(ValueText.of(itself)).isEqualTo("[[[<java.lang.Object[], length 1>]]]");
    }

    @Test
    void aLongTextIsCutBetweenCharactersAndSaysSo() {
        assertThat(ValueText.of("x".repeat(256))).hasSize(256);
        assertThat(ValueText.of("x".repeat(257))).isEqualTo("x".repeat(256) + "… (257 characters in all)");
        assertThat(ValueText.of("x".repeat(255) + "\ud83d\ude00")).startsWith("x".repeat(255) + "… (");
    }

    @Test
    void whatIsLongToWriteOrCannotBeIsItsType() {
        assertThat(ValueText.of(BigInteger.ONE.shiftLeft(5_000))).isEqualTo("<java.math.BigInteger>");
        assertThat(ValueText.of(new BigDecimal(BigInteger.ONE.shiftLeft(5_000))))
                .isEqualTo("<java.math.BigDecimal>");
        assertThat(ValueText.of(new Unwritable())).isEqualTo("<" + Unwritable.class.getName() + ">");
        assertThat(ValueText.of(new StringBuilder("a"))).isEqualTo("<java.lang.StringBuilder>");
    }

    /** A date of the application's own that fails to write itself. */
    private static final class Unwritable extends java.util.Date {
        private static final long serialVersionUID = 1;

        @Override
        public String toString() {
            throw new IllegalStateException();
        }
    }
}
