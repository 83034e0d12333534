package io.tierguard.policy.source;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
public final class Spelling {

    private static final int LONGEST = 64;
    /** Among more names than this nobody finds a misspelled one by a glance, and comparing takes its time. */
    private static final int MOST_CANDIDATES = 2_000;

    private Spelling() {}

    /** The first of the nearest candidates, if one is near enough to be meant. */
    public static Optional<String> closest(String word, Collection<String> candidates) {
        if (word.length() > LONGEST || candidates.size() > MOST_CANDIDATES) {
            return Optional.empty();
        }
        String folded = word.toLowerCase(Locale.ROOT);
        int bestDistance = Math.max(1, word.length() / 3) + 1;
        Optional<String> best = Optional.empty();
        for (String candidate : candidates) {
            boolean comparable =
                    candidate.length() <= LONGEST && Math.abs(candidate.length() - word.length()) < bestDistance;
            int distance = comparable ? distance(folded, candidate.toLowerCase(Locale.ROOT)) : bestDistance;
            if (distance < bestDistance) {
                bestDistance = distance;
                best = Optional.of(candidate);
            }
        }
        return best;
    }

    /** The number of inserted, removed, changed or swapped characters between two words. */
    static int distance(String left, String right) {
        int[][] distance = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                distance[i][j] = i == 0 || j == 0 ? i + j : step(distance, left, right, i, j);
            }
        }
        return distance[left.length()][right.length()];
    }

    private static int step(int[][] distance, String left, String right, int i, int j) {
        boolean same = left.charAt(i - 1) == right.charAt(j - 1);
        int best = Math.min(distance[i - 1][j] + 1, distance[i][j - 1] + 1);
        best = Math.min(best, distance[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(best, distance[i - 2][j - 2] + 1) : best;
    }
}
