package io.tierguard.policy.format;

import io.tierguard.policy.format.Element.Item;
import io.tierguard.policy.format.Element.Listing;
import io.tierguard.policy.format.Element.Plain;
import io.tierguard.policy.syntax.FactKind;
import java.util.List;

/** Writes a fact or the head of a block, and breaks the lists in it that would make its line too long. */
final class UnitWriter {

    /** How many columns a line has, counted in code points. */
    static final int COLUMNS = 100;

    private static final int STEP = 2;

    private final StringBuilder out = new StringBuilder();
    private final boolean mayEndWithComma;
    private int indent;
    private int column;

    private UnitWriter(int indent, boolean mayEndWithComma) {
        this.mayEndWithComma = mayEndWithComma;
        begin(indent);
    }

    /**
     * The lines of a fact or head, without the last line break.
     *
     * @param indent how far it is indented
     * @param mayEndWithComma whether a comma at its end would not draw what follows into its list
     */
    static String write(List<Element> elements, int indent, boolean mayEndWithComma) {
        UnitWriter writer = new UnitWriter(indent, mayEndWithComma);
        writer.sequence(elements, 0, true);
        return writer.out.toString();
    }

    /**
     * Writes elements one space apart.
     *
     * @param behind how many columns are taken by what follows them on their line
     * @param isEnd whether nothing follows them but the end of the line
     */
    private void sequence(List<Element> elements, int behind, boolean isEnd) {
        for (int at = 0; at < elements.size(); at++) {
            boolean isLast = at + 1 == elements.size();
            String gap = at == 0 ? "" : " ";
            if (elements.get(at) instanceof Listing listing) {
                listing(gap, listing, columnsBehind(elements, at + 1, behind), isLast && isEnd);
            } else if (elements.get(at) instanceof Plain plain) {
                put(gap + plain.text());
            }
        }
    }

    private void listing(String gap, Listing listing, int follows, boolean isEnd) {
        boolean isTooLong = column + gap.length() + listing.width() + follows > COLUMNS;
        boolean isBroken = listing.isCommented() || (listing.isBreakable() && isTooLong);
        put(isBroken && !listing.isEnclosed() ? "" : gap);
        put(listing.isEnclosed() ? "(" : "");
        if (isBroken) {
            broken(listing, follows, isEnd);
        } else {
            for (int at = 0; at < listing.items().size(); at++) {
                put(at == 0 ? "" : ", ");
                sequence(listing.items().get(at).elements(), 0, false);
            }
        }
        put(listing.isEnclosed() ? ")" : "");
    }

    private void broken(Listing listing, int follows, boolean isEnd) {
        boolean isAtStart = column == indent;
        int outer = indent;
        int inner = isAtStart ? indent : indent + STEP;
        boolean endsWithComma = listing.isEnclosed() || (isEnd && mayEndWithComma);
        remark(listing.opening());
        for (int at = 0; at < listing.items().size(); at++) {
            Item item = listing.items().get(at);
            boolean isLast = at + 1 == listing.items().size();
            boolean hasComma = !isLast || endsWithComma;
            if (isLast && !hasComma && looksLikeFact(item)) {
                put(" ");
            } else if (at > 0 || !isAtStart) {
                item.above().forEach(comment -> line(inner, comment));
                line(inner, "");
            }
            sequence(item.elements(), hasComma ? 1 : follows, isEnd && isLast && !hasComma);
            put(hasComma ? "," : "");
            remark(item.behind());
        }
        if (listing.isEnclosed()) {
            listing.closing().forEach(comment -> line(inner, comment));
            line(outer, "");
        }
    }

    /** Whether the item at the start of a line, with a word behind it, would begin a fact of its own. */
    private static boolean looksLikeFact(Item item) {
        return item.above().isEmpty()
                && item.elements().get(0) instanceof Plain plain
                && FactKind.of(plain.text()).isPresent();
    }

    /** How many columns follow up to the next list, text or end of the line. */
    private static int columnsBehind(List<Element> elements, int from, int behind) {
        int columns = 0;
        for (Element element : elements.subList(from, elements.size())) {
            if (element instanceof Plain plain && !plain.isQuoted()) {
                columns += 1 + plain.width();
            } else {
                return columns;
            }
        }
        return columns + behind;
    }

    private void remark(String comment) {
        out.append(comment.isEmpty() ? "" : " " + comment);
    }

    private void line(int indent, String text) {
        out.append('\n');
        begin(indent);
        out.append(text);
    }

    private void begin(int indent) {
        this.indent = indent;
        column = indent;
        out.append(" ".repeat(indent));
    }

    private void put(String text) {
        out.append(text);
        column += text.codePointCount(0, text.length());
    }
}
