package io.tierguard.policy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules P1 to P4: what a pattern's part matches, and how two of them lie to each other. */
class NameGlobTest {

    /** Patterns are spelled with two letters; names have a third that stands for all others. */
    private static final List<String> PATTERNS = words("ab*", 4);

    private static final List<String> NAMES = words("abz", 6);

    @Test
    void matches_what_a_plain_reading_of_the_stars_matches() {
        for (String pattern : PATTERNS) {
            NameGlob glob = NameGlob.of(pattern);
            for (String name : words("abz", 4)) {
                assertThat(glob.matches(name)).as("%s on %s", pattern, name).isEqualTo(reads(pattern, name));
            }
        }
    }

    @Test
    void covers_another_exactly_when_no_name_tells_them_apart() {
        List<boolean[]> matched = PATTERNS.stream().map(NameGlobTest::matched).toList();
        for (int p = 0; p < PATTERNS.size(); p++) {
            for (int q = 0; q < PATTERNS.size(); q++) {
                boolean covers = NameGlob.of(PATTERNS.get(p)).covers(NameGlob.of(PATTERNS.get(q)));
                assertThat(covers)
                        .as("%s covers %s", PATTERNS.get(p), PATTERNS.get(q))
                        .isEqualTo(isSubset(matched.get(q), matched.get(p)));
            }
        }
    }

    @Test
    void shares_a_shortest_name_exactly_when_some_name_is_in_both() {
        List<boolean[]> matched = PATTERNS.stream().map(NameGlobTest::matched).toList();
        for (int p = 0; p < PATTERNS.size(); p++) {
            for (int q = 0; q < PATTERNS.size(); q++) {
                Optional<String> common = NameGlob.of(PATTERNS.get(p)).common(NameGlob.of(PATTERNS.get(q)));
                int first = firstShared(matched.get(p), matched.get(q));
                assertThat(common.map(String::length))
                        .as("%s and %s", PATTERNS.get(p), PATTERNS.get(q))
                        .isEqualTo(
                                first < 0
                                        ? Optional.empty()
                                        : Optional.of(NAMES.get(first).length()));
                if (common.isPresent()) {
                    assertThat(reads(PATTERNS.get(p), common.get()) && reads(PATTERNS.get(q), common.get()))
                            .as("%s of %s and %s", common.get(), PATTERNS.get(p), PATTERNS.get(q))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void compares_names_without_regard_to_case() {
        assertThat(NameGlob.of("PAY*").matches("payment")).isTrue();
    }

    @Test
    void takes_a_star_in_quotes_for_a_star() {
        assertThat(NameGlob.literal("a*").matches("ab")).isFalse();
        assertThat(NameGlob.literal("a*").matches("a*")).isTrue();
        assertThat(NameGlob.of("a*").covers(NameGlob.literal("a*"))).isTrue();
        assertThat(NameGlob.literal("a*").covers(NameGlob.of("a*"))).isFalse();
    }

    @Test
    void stays_quick_on_many_stars() {
        NameGlob glob = NameGlob.of("a*".repeat(120) + "b");
        assertThat(glob.matches("a".repeat(255))).isFalse();
        assertThat(glob.common(NameGlob.of("*a".repeat(120)))).isEmpty();
    }

    /** The specification: a star reads any part of the name. */
    private static boolean reads(String pattern, String name) {
        if (pattern.isEmpty()) {
            return name.isEmpty();
        }
        if (pattern.charAt(0) == '*') {
            return reads(pattern.substring(1), name) || (!name.isEmpty() && reads(pattern, name.substring(1)));
        }
        return !name.isEmpty() && name.charAt(0) == pattern.charAt(0) && reads(pattern.substring(1), name.substring(1));
    }

    private static boolean[] matched(String pattern) {
        boolean[] matched = new boolean[NAMES.size()];
        for (int at = 0; at < matched.length; at++) {
            matched[at] = reads(pattern, NAMES.get(at));
        }
        return matched;
    }

    private static boolean isSubset(boolean[] part, boolean[] whole) {
        for (int at = 0; at < part.length; at++) {
            if (part[at] && !whole[at]) {
                return false;
            }
        }
        return true;
    }

    private static int firstShared(boolean[] left, boolean[] right) {
        for (int at = 0; at < left.length; at++) {
            if (left[at] && right[at]) {
                return at;
            }
        }
        return -1;
    }

    /** All words over an alphabet, shorter ones first, the empty one included. */
    private static List<String> words(String alphabet, int longest) {
        List<String> words = new ArrayList<>(List.of(""));
        int from = 0;
        for (int length = 1; length <= longest; length++) {
            int to = words.size();
            for (int at = from; at < to; at++) {
                for (int letter = 0; letter < alphabet.length(); letter++) {
                    words.add(words.get(at) + alphabet.charAt(letter));
                }
            }
            from = to;
        }
        return words;
    }
}
