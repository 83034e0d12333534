package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.Map;

/**
 * A statement as plain text for a parser that knows no database: no comments, no constants, no quotes.
 *
 * @param text the text
 * @param originals the real names, folded, of the neutral names that stand in it
 * @param size how many tokens it has
 */
record CanonicalText(String text, Map<String, String> originals, int size) implements Names {

    CanonicalText {
        originals = Map.copyOf(originals);
    }

    @Override
    public String original(String treeName) {
        String folded = TableName.fold(treeName);
        return originals.getOrDefault(folded, folded);
    }
}
