package io.tierguard.policy.format;

import io.tierguard.policy.format.Element.Item;
import io.tierguard.policy.format.Element.Listing;
import io.tierguard.policy.format.Element.Plain;
import java.util.ArrayList;
import java.util.List;

/** Finds the lists in the pieces of a fact or of the head of a block, which is known to be without errors. */
final class ElementReader {

    private static final String WRITES = "writes";

    private final List<Piece> pieces;
    private int at;

    private ElementReader(List<Piece> pieces) {
        this.pieces = pieces;
    }

    /** The elements of a fact or head, verbs in their canonical order. */
    static List<Element> read(List<Piece> pieces) {
        if (pieces.get(0).is("include")) {
            return unbreakable(pieces);
        }
        ElementReader reader = new ElementReader(pieces);
        List<Element> elements = new ArrayList<>();
        while (reader.isLeft()) {
            if (elements.size() == placeOfWrites(pieces) && reader.isNext(WRITES)) {
                elements.addAll(reader.writes());
            } else {
                boolean ofVerbs = elements.size() == placeOfVerbs(pieces);
                elements.addAll(flat(reader.listing(false, ofVerbs)));
            }
        }
        return elements;
    }

    /** A head that stands on one line, however long it is. */
    private static List<Element> unbreakable(List<Piece> pieces) {
        List<Element> elements = new ArrayList<>();
        for (int at = 0; at < pieces.size(); at++) {
            boolean isFollowedByComma =
                    at + 1 < pieces.size() && pieces.get(at + 1).is(",");
            elements.add(new Plain(pieces.get(at).text() + (isFollowedByComma ? "," : "")));
            at += isFollowedByComma ? 1 : 0;
        }
        return elements;
    }

    /** How many elements stand before the list of verbs in a fact that has one. */
    private static int placeOfVerbs(List<Piece> pieces) {
        return switch (pieces.get(0).text()) {
            case "grant", "forbid" -> 1;
            case "require" -> 3;
            default -> -1;
        };
    }

    /** How many elements stand before the word {@code writes} in a head that may have it. */
    private static int placeOfWrites(List<Piece> pieces) {
        return switch (pieces.get(0).text()) {
            case "routine" -> 2;
            case "trigger" -> 4;
            default -> -1;
        };
    }

    /** The list itself, or its only item. */
    private static List<Element> flat(Listing listing) {
        return listing.isOnlyItem() ? listing.items().get(0).elements() : List.of(listing);
    }

    /** What a routine or trigger writes: clauses between commas, each of verbs and tables between commas. */
    private List<Element> writes() {
        List<Element> elements = new ArrayList<>(List.of(new Plain(take().text())));
        String opening = remark();
        List<Item> clauses = new ArrayList<>();
        do {
            List<String> above = comments();
            List<Element> clause = new ArrayList<>(flat(listing(false, true)));
            clause.add(new Plain(take().text()));
            clause.addAll(flat(listing(true, false)));
            clauses.add(Item.of(above, clause, accept(",") ? remark() : ""));
        } while (isLeft() && !isNext("{"));
        elements.addAll(flat(Listing.of(opening, clauses, List.of(), false)));
        return elements;
    }

    private Listing listing(boolean ofWrittenTables, boolean ofVerbs) {
        String opening = remark();
        List<Item> items = new ArrayList<>();
        boolean goesOn = true;
        while (goesOn) {
            List<String> above = comments();
            List<Element> item = item();
            goesOn = isNext(",") && !(ofWrittenTables && isClauseNext());
            items.add(Item.of(above, item, goesOn && accept(",") ? remark() : ""));
            goesOn &= isLeft();
        }
        Listing listing = Listing.of(opening, items, List.of(), false);
        return ofVerbs ? VerbOrder.of(listing) : listing;
    }

    private List<Element> item() {
        StringBuilder text = new StringBuilder(take().text());
        while (isNext(".")) {
            text.append(take().text()).append(take().text());
        }
        Plain word = new Plain(text.toString());
        return accept("(") ? List.of(word, columns()) : List.of(word);
    }

    private Listing columns() {
        String opening = remark();
        List<Item> items = new ArrayList<>();
        List<String> above = comments();
        while (!isNext(")")) {
            List<Element> item = item();
            accept(",");
            items.add(Item.of(above, item, remark()));
            above = comments();
        }
        take();
        return Listing.of(opening, items, above, true);
    }

    /** Whether after the comma, which is next, the verbs of another clause follow, or nothing does. */
    private boolean isClauseNext() {
        int ahead = at + 1;
        while (ahead < pieces.size() && pieces.get(ahead).isComment()) {
            ahead++;
        }
        return ahead == pieces.size()
                || (VerbOrder.isVerb(pieces.get(ahead).text())
                        && !(ahead + 1 < pieces.size() && pieces.get(ahead + 1).is(".")));
    }

    private String remark() {
        return isLeft() && pieces.get(at).isRemark() ? take().text() : "";
    }

    private List<String> comments() {
        List<String> comments = new ArrayList<>();
        while (isLeft() && pieces.get(at).isComment()) {
            comments.add(take().text());
        }
        return comments;
    }

    private boolean accept(String mark) {
        boolean found = isNext(mark);
        at += found ? 1 : 0;
        return found;
    }

    private boolean isNext(String mark) {
        return isLeft() && pieces.get(at).is(mark);
    }

    private boolean isLeft() {
        return at < pieces.size();
    }

    private Piece take() {
        return pieces.get(at++);
    }
}
