package io.tierguard.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Collects the pieces of a canonical text and drops repetitions: an item of a list that says the same as one before it,
 * as rows of VALUES, lists of IN, and chains of AND and OR do once their constants are gone.
 *
 * <p>After a comma an item is dropped only where it is a group or holds no word, so that no column is ever lost. Items of
 * constants alone all say the same.
 */
final class FoldedPieces {

    private static final String TEXT = "'x'";

    private static final Set<String> CONSTANTS = Set.of("null", "true", "false", "default", TEXT, "x'00'", "?", "0");

    /** Types that a text may follow; alone each may be a column's name. */
    private static final Set<String> TYPES = Set.of("date", "time", "timestamp");

    private static final Set<String> BETWEEN_CONSTANTS = Set.of("(", ")", ",", "+", "-");

    private final List<String> pieces = new ArrayList<>();
    private final Deque<Level> levels = new ArrayDeque<>();

    FoldedPieces() {
        levels.push(new Level(0));
    }

    void add(String piece) {
        switch (piece) {
            case "(", "[" -> {
                pieces.add(piece);
                levels.push(new Level(pieces.size()));
            }
            case ")", "]" -> {
                endItem();
                if (levels.size() > 1) {
                    levels.pop();
                }
                pieces.add(piece);
            }
            case ",", "and", "or" -> {
                endItem();
                current().beginItem(pieces.size(), piece);
                pieces.add(piece);
            }
            default -> pieces.add(piece);
        }
    }

    int size() {
        return pieces.size();
    }

    String join() {
        endItem();
        return String.join(" ", pieces);
    }

    private Level current() {
        return Objects.requireNonNull(levels.peek(), "the outermost level is never popped");
    }

    private void endItem() {
        Level level = current();
        if (level.separatorAt >= 0) {
            int itemStart = level.separatorAt + 1;
            List<String> item = pieces.subList(itemStart, pieces.size());
            List<String> before = pieces.subList(level.itemBefore, level.separatorAt);
            boolean isConstant = level.separator.equals(",") && isConstant(item);
            boolean foldable = !level.separator.equals(",") || isGroup(item) || isWordless(item) || isConstant;
            boolean isKnown = item.equals(before)
                    || (isConstant && isConstant(before))
                    || (isGroup(item) && level.isRepeated(item));
            if (foldable && !item.isEmpty() && isKnown) {
                pieces.subList(level.separatorAt, pieces.size()).clear();
                level.repeated();
            }
        }
    }

    private static boolean isConstant(List<String> item) {
        boolean holdsConstant = false;
        for (int i = 0; i < item.size(); i++) {
            String piece = item.get(i);
            boolean typed = TYPES.contains(piece)
                    && i + 1 < item.size()
                    && item.get(i + 1).equals(TEXT);
            boolean constant = typed || CONSTANTS.contains(piece);
            if (!constant && !BETWEEN_CONSTANTS.contains(piece)) {
                return false;
            }
            holdsConstant |= constant;
        }
        return holdsConstant;
    }

    private static boolean isGroup(List<String> item) {
        return item.size() > 1
                && item.get(0).equals("(")
                && item.get(item.size() - 1).equals(")");
    }

    private static boolean isWordless(List<String> item) {
        for (String piece : item) {
            char c = piece.charAt(0);
            boolean constant = piece.equals("x'00'");
            if (!constant && (Characters.isAsciiLetter(c) || c == '_')) {
                return false;
            }
        }
        return true;
    }

    /** One level of brackets: where its last separator and the item before that begin. */
    private static final class Level {
        private final Set<List<String>> groups = new HashSet<>();
        private int itemStart;
        private int itemBefore;
        private int separatorAt = -1;
        private String separator = "";

        Level(int start) {
            itemStart = start;
        }

        /** Whether a group between commas has stood on this level before. */
        boolean isRepeated(List<String> group) {
            return separator.equals(",") && !groups.add(isConstant(group) ? List.of() : List.copyOf(group));
        }

        void beginItem(int at, String with) {
            itemBefore = itemStart;
            separatorAt = at;
            separator = with;
            itemStart = at + 1;
        }

        void repeated() {
            itemStart = itemBefore;
            separatorAt = -1;
        }
    }
}
