package io.tierguard.policy.check;

import io.tierguard.policy.model.CodePattern;
import io.tierguard.policy.model.DeclaredCode;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.source.Span;
import java.util.List;
import java.util.Set;

/**
 * A fact of a routine or trigger with its place.
 *
 * @param declared the fact and what it is about
 * @param effects its effects, of which the order does not matter
 * @param shown what it is about, as a message names it
 * @param span where that is written
 */
record CheckedCode(DeclaredCode declared, Set<Effect> effects, String shown, Span span) {

    CheckedCode {
        effects = Set.copyOf(effects);
    }

    CodePattern pattern() {
        return declared.pattern();
    }

    /** Whether it does not matter which of two facts wins. */
    boolean saysTheSameAs(CheckedCode other) {
        return effects.equals(other.effects)
                && Set.copyOf(declared.fact().bodies())
                        .equals(Set.copyOf(other.declared.fact().bodies()));
    }

    /** What it says, in a few words. */
    String says() {
        List<Effect> listed = declared.fact().effects();
        if (listed.isEmpty()) {
            return "is harmless";
        }
        Effect first = listed.get(0);
        return "writes " + first.verb().word() + " on " + first.table() + (listed.size() > 1 ? ", …" : "");
    }
}
