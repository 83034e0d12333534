package io.tierguard.policy.model;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;

/** The two walks over glob spellings: one through a name, one through two spellings at once. */
final class GlobMatch {

    private GlobMatch() {}

    /** Whether a spelling matches a name; allocates nothing, at worst looks at each pair of characters once. */
    static boolean matches(String spelling, String name) {
        int at = 0;
        int inName = 0;
        int lastStar = -1;
        int resume = 0;
        while (inName < name.length()) {
            char wanted = at < spelling.length() ? spelling.charAt(at) : NameGlob.WILD;
            if (at < spelling.length() && wanted == NameGlob.WILD) {
                lastStar = at++;
                resume = inName;
            } else if (at < spelling.length() && wanted == name.charAt(inName)) {
                at++;
                inName++;
            } else if (lastStar >= 0) {
                at = lastStar + 1;
                inName = ++resume;
            } else {
                return false;
            }
        }
        return at == spelling.length() || (at == spelling.length() - 1 && spelling.charAt(at) == NameGlob.WILD);
    }

    /** The shortest name that two spellings match: the shortest path through the product of their automata. */
    static Optional<String> common(String left, String right) {
        int columns = right.length() + 1;
        int goal = left.length() * columns + right.length();
        int[] cameFrom = new int[goal + 1];
        Arrays.fill(cameFrom, -1);
        ArrayDeque<Integer> open = new ArrayDeque<>();
        cameFrom[0] = 0;
        open.add(0);
        while (!open.isEmpty() && cameFrom[goal] < 0) {
            int state = open.remove();
            for (int next : steps(left, right, state / columns, state % columns)) {
                if (next >= 0 && cameFrom[next] < 0) {
                    cameFrom[next] = state;
                    boolean free = spelled(left, right, state, next, columns).isEmpty();
                    if (free) {
                        open.addFirst(next);
                    } else {
                        open.addLast(next);
                    }
                }
            }
        }
        return cameFrom[goal] < 0 ? Optional.empty() : Optional.of(path(left, right, cameFrom, goal, columns));
    }

    /** The states after (i, j); -1 where a step does not exist. */
    private static int[] steps(String left, String right, int i, int j) {
        int columns = right.length() + 1;
        boolean leftStar = i < left.length() && left.charAt(i) == NameGlob.WILD;
        boolean rightStar = j < right.length() && right.charAt(j) == NameGlob.WILD;
        int[] steps = {-1, -1, -1};
        if (leftStar) {
            steps[0] = (i + 1) * columns + j;
            steps[1] = j < right.length() && !rightStar ? i * columns + j + 1 : -1;
        }
        if (rightStar) {
            steps[2] = i * columns + j + 1;
            steps[1] = i < left.length() && !leftStar ? (i + 1) * columns + j : steps[1];
        }
        if (!leftStar && !rightStar && i < left.length() && j < right.length() && left.charAt(i) == right.charAt(j)) {
            steps[0] = (i + 1) * columns + j + 1;
        }
        return steps;
    }

    private static String path(String left, String right, int[] cameFrom, int goal, int columns) {
        StringBuilder reversed = new StringBuilder();
        for (int state = goal; state != 0; state = cameFrom[state]) {
            reversed.append(spelled(left, right, cameFrom[state], state, columns));
        }
        return reversed.reverse().toString();
    }

    /** The character a step reads: the one that a side which is no star moves past. */
    private static String spelled(String left, String right, int from, int to, int columns) {
        int i = from / columns;
        int j = from % columns;
        if (to / columns > i && left.charAt(i) != NameGlob.WILD) {
            return left.substring(i, i + 1);
        }
        if (to % columns > j && right.charAt(j) != NameGlob.WILD) {
            return right.substring(j, j + 1);
        }
        return "";
    }
}
