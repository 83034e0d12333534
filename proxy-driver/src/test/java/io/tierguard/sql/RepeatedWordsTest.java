package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatedWordsTest {
    private static final String SIGNS = "aAbBzZ_0$9<>=~";

    /** Whatever comes to the same place, a word is its own. */
    @Test
    void aWordIsFoldedAsItIsWritten() {
        SplittableRandom random = new SplittableRandom(1);
        for (int time = 0; time < 100_000; time++) {
            String word = random.ints(1 + random.nextInt(4), 0, SIGNS.length())
                    .collect(StringBuilder::new, (text, at) -> text.append(SIGNS.charAt(at)), StringBuilder::append)
                    .toString();
            String sql = "x" + word + "y";
            // A hash that says little brings others to the same place.
            int hash = random.nextBoolean() ? word.hashCode() : word.length();
            assertThat(RepeatedWords.folded(sql, 1, sql.length() - 1, hash)).isEqualTo(word.toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void threadsThatWriteTheSamePlaceEachGetTheirOwn() {
        List<String> words = IntStream.range(0, 64).mapToObj(i -> "W" + i).toList();
        boolean allOwn = IntStream.range(0, 200_000).parallel().allMatch(i -> {
            String word = words.get(i % words.size());
            return RepeatedWords.folded(word, 0, word.length(), 7).equals(word.toLowerCase(Locale.ROOT));
        });
        assertThat(allOwn).isTrue();
    }

    @Test
    void aWordThatIsRepeatedIsNotMadeAnew() {
        String first = RepeatedWords.folded("SELECT", 0, 6, "SELECT".hashCode());
        assertThat(RepeatedWords.folded(" SELECT ", 1, 7, "SELECT".hashCode())).isSameAs(first);
    }
}
