package io.tierguard.policy.syntax;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The register of facts: the keyword that each begins with. */
enum FactKind {
    WHY,
    SCHEMA,
    CONTACT,
    FORBID,
    REQUIRE,
    LIMIT,
    AUDIT,
    DURABILITY,
    BIND,
    BODY,
    MUTABLE,
    CONNECTS,
    GRANT;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The keyword. */
    String word() {
        return word;
    }

    /** Whether a block may say this more than once. */
    boolean isRepeatable() {
        return this == GRANT || this == LIMIT;
    }

    /** The fact that begins with a word. */
    static Optional<FactKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
}
