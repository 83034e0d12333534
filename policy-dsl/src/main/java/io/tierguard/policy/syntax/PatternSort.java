package io.tierguard.policy.syntax;

import java.util.Locale;

/** The sorts of pattern: what each is of, and which parts it may have. */
enum PatternSort {
    TABLE(3, "three parts", "the parts are name, schema.name or catalog.schema.name"),
    ROUTINE(2, "two parts", "the parts are name or schema.name"),
    TRIGGER(1, "one part", "a trigger is named alone: the table it is on says where it is");

    private final String word = name().toLowerCase(Locale.ROOT);
    private final int most;
    private final String mostInWords;
    private final String parts;

    PatternSort(int most, String mostInWords, String parts) {
        this.most = most;
        this.mostInWords = mostInWords;
        this.parts = parts;
    }

    /** What the pattern is of. */
    String word() {
        return word;
    }

    /** How many parts it has at most. */
    int most() {
        return most;
    }

    /** The same in words. */
    String mostInWords() {
        return mostInWords;
    }

    /** Which parts it may have, as a note says it. */
    String parts() {
        return parts;
    }
}
