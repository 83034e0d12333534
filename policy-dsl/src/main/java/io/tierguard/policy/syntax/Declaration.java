package io.tierguard.policy.syntax;

import io.tierguard.policy.model.TierKind;
import io.tierguard.policy.source.Span;
import java.util.List;
import java.util.Optional;

/** One block of a policy file. */
public sealed interface Declaration {

    /** What the block says of its subject. */
    Body body();

    /** The first fact of a type. */
    default <F extends Fact> Optional<F> fact(Class<F> type) {
        return body().facts().stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /**
     * The facts of a block.
     *
     * @param facts those that could be read, in file order
     * @param whole whether all could
     */
    record Body(List<Fact> facts, boolean whole) {
        /** No facts, none missing. */
        static final Body NONE = new Body(List.of(), true);

        /** No facts, and some that could not be read. */
        static final Body UNREAD = new Body(List.of(), false);

        public Body {
            facts = List.copyOf(facts);
        }
    }

    /** {@code policy NAME}. */
    record PolicyBlock(Name name, Body body) implements Declaration {}

    /** {@code tier NAME is KIND}. */
    record TierBlock(Name name, TierKind kind, Body body) implements Declaration {}

    /** {@code table PATTERN is TIER}. */
    record TableBlock(Pattern pattern, Name tier, Body body) implements Declaration {}

    /** {@code routine PATTERN is harmless}, or {@code writes} and what. */
    record RoutineBlock(Pattern pattern, List<Writes> writes, Body body) implements Declaration {
        public RoutineBlock {
            writes = List.copyOf(writes);
        }
    }

    /** {@code trigger PATTERN on TABLES is harmless}, or {@code writes} and what. */
    record TriggerBlock(Pattern pattern, List<Pattern> tables, List<Writes> writes, Body body) implements Declaration {
        public TriggerBlock {
            tables = List.copyOf(tables);
            writes = List.copyOf(writes);
        }
    }

    /** {@code component NAME}. */
    record ComponentBlock(Name name, Body body) implements Declaration {}

    /**
     * A block that could not be read, which has been reported.
     *
     * @param keyword its first word
     * @param subject its second word, or empty
     * @param span the place of its first word
     */
    record BrokenBlock(String keyword, String subject, Span span) implements Declaration {
        @Override
        public Body body() {
            return Body.UNREAD;
        }
    }
}
