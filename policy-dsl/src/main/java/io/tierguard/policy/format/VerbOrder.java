package io.tierguard.policy.format;

import io.tierguard.policy.format.Element.Item;
import io.tierguard.policy.format.Element.Listing;
import io.tierguard.policy.format.Element.Plain;
import io.tierguard.policy.model.Verb;
import java.util.Comparator;

/** The canonical order of verbs. */
final class VerbOrder {

    private VerbOrder() {}

    /** The same list in canonical order; as it is where comments stand in it, which might be about that order. */
    static Listing of(Listing listing) {
        boolean sortable = !listing.isCommented() && listing.items().stream().allMatch(item -> isVerb(word(item)));
        return sortable
                ? Listing.of(
                        listing.opening(),
                        listing.items().stream()
                                .sorted(Comparator.comparing(item -> verb(word(item))))
                                .toList(),
                        listing.closing(),
                        listing.isEnclosed())
                : listing;
    }

    static boolean isVerb(String word) {
        return Verb.of(word).filter(verb -> verb.word().equals(word)).isPresent();
    }

    static Verb verb(String word) {
        return Verb.of(word).orElseThrow();
    }

    private static String word(Item item) {
        return item.elements().get(0) instanceof Plain plain ? plain.text() : "";
    }
}
