package io.tierguard.policy.format;

import java.util.List;

/** A part of the head of a block or of a fact, one space from the next. */
sealed interface Element {

    /** How many columns it takes on one line. */
    int width();

    /** Whether a comment stands in it, which keeps it broken. */
    boolean isCommented();

    /**
     * A word, a pattern, a text in quotes, or a brace.
     *
     * @param text how it is written
     */
    record Plain(String text) implements Element {
        @Override
        public int width() {
            return text.codePointCount(0, text.length());
        }

        @Override
        public boolean isCommented() {
            return false;
        }

        boolean isQuoted() {
            return text.startsWith("\"");
        }
    }

    /**
     * Items between commas.
     *
     * @param opening the comment on the line on which the list begins, before its first item, or empty
     * @param items the items, at least one
     * @param closing the comments before the parenthesis that closes it
     * @param isEnclosed whether it stands in parentheses
     * @param width how many columns it takes on one line
     * @param isCommented whether a comment stands in it
     */
    record Listing(
            String opening, List<Item> items, List<String> closing, boolean isEnclosed, int width, boolean isCommented)
            implements Element {

        static Listing of(String opening, List<Item> items, List<String> closing, boolean isEnclosed) {
            int width = items.stream().mapToInt(Item::width).sum() + 2 * (items.size() - 1) + (isEnclosed ? 2 : 0);
            boolean isCommented =
                    !opening.isEmpty() || !closing.isEmpty() || items.stream().anyMatch(Item::isCommented);
            return new Listing(opening, items, closing, isEnclosed, width, isCommented);
        }

        /** Whether there is nothing to it but one item. */
        boolean isOnlyItem() {
            Item first = items.get(0);
            return items.size() == 1
                    && !isEnclosed
                    && opening.isEmpty()
                    && first.above().isEmpty()
                    && first.behind().isEmpty();
        }

        /** Whether it may be broken: a single item gains nothing by it. */
        boolean isBreakable() {
            return items.size() > 1 || isCommented;
        }
    }

    /**
     * One item of a list.
     *
     * @param above the comments on lines of their own before it
     * @param elements what it is made of
     * @param behind the comment behind it and its comma, or empty
     * @param width how many columns it takes on one line
     */
    record Item(List<String> above, List<Element> elements, String behind, int width) {

        static Item of(List<String> above, List<Element> elements, String behind) {
            int width = elements.stream().mapToInt(Element::width).sum() + elements.size() - 1;
            return new Item(above, elements, behind, width);
        }

        boolean isCommented() {
            return !above.isEmpty() || !behind.isEmpty() || elements.stream().anyMatch(Element::isCommented);
        }
    }
}
