package io.tierguard.policy.syntax;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The register of facts: the keyword that each begins with. */
public enum FactKind {
    WHY,
    SCHEMA,
    READ,
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
    GRANT,
    REASONS,
    TICKET,
    OWNER,
    UNWRAP,
    DEFINE,
    ADMINISTER,
    FROM,
    UNTIL,
    AS,
    AT,
    DIALECT,
    ALLOW,
    DENY,
    WOULD_DENY;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The keyword. */
    String word() {
        return word;
    }

    /** The fact that begins with a word. */
    public static Optional<FactKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
}
