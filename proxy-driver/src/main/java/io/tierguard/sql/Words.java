package io.tierguard.sql;

import java.util.Set;

/** Lists of words, written as text. */
final class Words {

    private Words() {}

    /** The words of a text, which blanks and line breaks divide. */
    static Set<String> of(String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}
