package io.tierguard.policy.format;

import java.util.ArrayList;
import java.util.List;

/**
 * A block or a fact, with the comments that belong to it.
 *
 * @param above the comments on lines of their own before it
 * @param pieces what it is made of, with the comments inside it; never empty
 * @param behind the comment behind its last piece, or empty
 */
record Unit(List<Piece> above, List<Piece> pieces, String behind) {

    /**
     * What a file or a body consists of.
     *
     * @param units its blocks or facts
     * @param rest the comments behind the last of them
     */
    record Sequence(List<Unit> units, List<Piece> rest) {}

    /** Cuts pieces where blocks or facts start. */
    static Sequence cut(List<Piece> pieces, List<Integer> starts) {
        List<Unit> units = new ArrayList<>();
        int at = 0;
        for (int index = 0; index < starts.size(); index++) {
            int first = at;
            while (pieces.get(first).start() < starts.get(index)) {
                first++;
            }
            int next = first + 1;
            int end = next;
            while (next < pieces.size()
                    && (index + 1 == starts.size() || pieces.get(next).start() < starts.get(index + 1))) {
                end = pieces.get(next++).isComment() ? end : next;
            }
            boolean remarked = end < pieces.size() && pieces.get(end).isRemark();
            units.add(new Unit(
                    pieces.subList(at, first),
                    pieces.subList(first, end),
                    remarked ? pieces.get(end).text() : ""));
            at = remarked ? end + 1 : end;
        }
        return new Sequence(units, pieces.subList(at, pieces.size()));
    }

    /** The same, with a blank line before it and its comments. */
    Unit afterBlankLine() {
        return above.isEmpty() ? new Unit(above, replaced(pieces), behind) : new Unit(replaced(above), pieces, behind);
    }

    private static List<Piece> replaced(List<Piece> pieces) {
        List<Piece> changed = new ArrayList<>(pieces);
        changed.set(0, pieces.get(0).afterBlankLine());
        return changed;
    }

    Piece first() {
        return pieces.get(0);
    }
}
