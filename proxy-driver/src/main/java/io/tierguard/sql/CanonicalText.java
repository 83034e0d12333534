package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.Map;
import java.util.Set;

/**
 * A statement as plain text for a parser that knows no database: no comments, no constants, no quotes.
 *
 * @param text the text
 * @param originals the real names, folded, of the neutral names that stand in it
 * @param folding those neutral names, folded, whose real name is written otherwise than it is folded
 * @param size how many tokens it has
 */
record CanonicalText(String text, Map<String, String> originals, Set<String> folding, int size) implements Names {

    CanonicalText {
        originals = Map.copyOf(originals);
        folding = Set.copyOf(folding);
    }

    @Override
    public String original(String treeName) {
        String folded = TableName.fold(treeName);
        return originals.getOrDefault(folded, folded);
    }

    @Override
    public boolean isFolded(String treeName) {
        return !folding.contains(TableName.fold(treeName));
    }
}
