package io.tierguard.policy.syntax;

import io.tierguard.policy.model.Verb;
import io.tierguard.policy.source.Span;
import java.util.ArrayList;
import java.util.List;

/** Reads what is said of routines and triggers. */
final class CodeParser {

    private final TokenStream tokens;
    private final Items items;
    private final BodyParser bodies;

    CodeParser(TokenStream tokens, Items items, BodyParser bodies) {
        this.tokens = tokens;
        this.items = items;
        this.bodies = bodies;
    }

    Declaration routine(BlockKind kind, Span keyword) throws SyntaxFault {
        Pattern pattern = items.pattern(PatternSort.ROUTINE);
        List<Writes> writes = writes("`is harmless` or `writes`");
        return new Declaration.RoutineBlock(keyword, pattern, writes, bodies.optional(kind, keyword));
    }

    Declaration trigger(BlockKind kind, Span keyword) throws SyntaxFault {
        Pattern pattern = items.pattern(PatternSort.TRIGGER);
        tokens.expectWord("on");
        List<Pattern> tables = items.list(items::pattern);
        List<Writes> writes = writes("`,`, `is harmless` or `writes`");
        return new Declaration.TriggerBlock(keyword, pattern, tables, writes, bodies.optional(kind, keyword));
    }

    /** Nothing for {@code is harmless}, else what is written. */
    private List<Writes> writes(String wanted) throws SyntaxFault {
        if (tokens.peek().isWord("is")) {
            tokens.take();
            tokens.expectWord("harmless");
            return List.of();
        }
        if (!tokens.peek().isWord("writes")) {
            throw tokens.unexpected(wanted);
        }
        tokens.take();
        List<Writes> writes = new ArrayList<>();
        do {
            List<GrantedVerb> verbs = items.list(items::verb);
            if (!tokens.peek().isWord("on")) {
                throw tokens.unexpected("`,` or `on`");
            }
            tokens.take();
            writes.add(new Writes(verbs, tables()));
        } while (tokens.last().is(TokenKind.COMMA) && !tokens.endsList());
        return writes;
    }

    /** The tables up to the next verb; the comma before it is taken. */
    private List<Pattern> tables() throws SyntaxFault {
        List<Pattern> tables = new ArrayList<>();
        do {
            if (!tokens.endsList()) {
                tokens.skipNewlines();
            }
            tables.add(items.pattern());
        } while (tokens.accept(TokenKind.COMMA) && !tokens.endsList() && !isVerbNext());
        return tables;
    }

    /** Whether a verb follows; a table called like one is quoted or named with its schema. */
    private boolean isVerbNext() {
        int ahead = 0;
        while (tokens.peek(ahead).is(TokenKind.NEWLINE)) {
            ahead++;
        }
        Token next = tokens.peek(ahead);
        boolean verb = next.is(TokenKind.WORD)
                && Verb.of(next.text())
                        .map(Verb::word)
                        .filter(next.text()::equals)
                        .isPresent();
        return verb && !tokens.peek(ahead + 1).is(TokenKind.DOT);
    }
}
