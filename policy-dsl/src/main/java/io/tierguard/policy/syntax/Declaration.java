package io.tierguard.policy.syntax;

import io.tierguard.policy.model.TierKind;
import io.tierguard.policy.source.Span;
import java.util.List;
import java.util.Optional;

/** One block of a policy file. */
public sealed interface Declaration {

    /** The place of its keyword. */
    Span span();

    /** What the block says of its subject. */
    Body body();

    /** The kind of block, unless it could not be told. */
    default Optional<BlockKind> kind() {
        return BlockKind.of(span().text());
    }

    /** The first fact of a type. */
    default <F extends Fact> Optional<F> fact(Class<F> type) {
        return body().facts().stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** The facts of a type in file order. */
    default <F extends Fact> List<F> facts(Class<F> type) {
        return body().facts().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The reason it gives, or empty. */
    default String why() {
        return fact(Fact.Why.class).map(Fact.Why::text).orElse("");
    }

    /**
     * The facts of a block.
     *
     * @param facts those that could be read, in file order
     * @param whole whether all could, and none is missing
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
    record PolicyBlock(Span span, Name name, Body body) implements Declaration {}

    /**
     * {@code include KINDS from "PATH"}.
     *
     * @param span the place of its keyword
     * @param kinds the kinds of block that the files may hold
     * @param path the files, relative to the policy's folder, possibly with {@code *}
     */
    record IncludeBlock(Span span, List<BlockKind> kinds, Name path) implements Declaration {
        public IncludeBlock {
            kinds = List.copyOf(kinds);
        }

        @Override
        public Body body() {
            return Body.NONE;
        }
    }

    /** {@code tier NAME is KIND}. */
    record TierBlock(Span span, Name name, TierKind ceiling, Body body) implements Declaration {}

    /** {@code table PATTERN is TIER}. */
    record TableBlock(Span span, Pattern pattern, Name tier, Body body) implements Declaration {}

    /** {@code routine PATTERN is harmless}, or {@code writes} and what. */
    record RoutineBlock(Span span, Pattern pattern, List<Writes> writes, Body body) implements Declaration {
        public RoutineBlock {
            writes = List.copyOf(writes);
        }
    }

    /** {@code trigger PATTERN on TABLES is harmless}, or {@code writes} and what. */
    record TriggerBlock(Span span, Pattern pattern, List<Pattern> tables, List<Writes> writes, Body body)
            implements Declaration {
        public TriggerBlock {
            tables = List.copyOf(tables);
            writes = List.copyOf(writes);
        }
    }

    /** {@code component NAME}. */
    record ComponentBlock(Span span, Name name, Body body) implements Declaration {}

    /** {@code observe COMPONENT}, or {@code observe everyone}. */
    record ObserveBlock(Span span, Name component, Body body) implements Declaration {

        /** The word for all components, which none can be called. */
        public static final String EVERYONE = "everyone";

        /** Whether it is about all components. */
        public boolean isAboutEveryone() {
            return component.text().equals(EVERYONE);
        }
    }

    /** {@code trust COMPONENT}. */
    record TrustBlock(Span span, Name component, Body body) implements Declaration {}

    /** {@code waiver NAME}. */
    record WaiverBlock(Span span, Name name, Body body) implements Declaration {}

    /** {@code test "TITLE"}. */
    record TestBlock(Span span, Name title, Body body) implements Declaration {}

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
