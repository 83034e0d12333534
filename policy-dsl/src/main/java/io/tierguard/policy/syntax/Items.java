package io.tierguard.policy.syntax;

import io.tierguard.policy.model.Verb;
import io.tierguard.policy.source.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the items that lists are made of: names, columns, verbs, patterns. */
final class Items {

    private static final BlockKind[] INCLUDABLE =
            Arrays.stream(BlockKind.values()).filter(BlockKind::isIncludable).toArray(BlockKind[]::new);

    private final TokenStream tokens;
    private final Words words;
    private final NameCheck names;

    Items(TokenStream tokens, Words words, NameCheck names) {
        this.tokens = tokens;
        this.words = words;
        this.names = names;
    }

    /** How one item is read. */
    interface Item<T> {
        T read() throws SyntaxFault;
    }

    /** A list, which may break after a comma and end with one. */
    <T> List<T> list(Item<T> item) throws SyntaxFault {
        List<T> items = new ArrayList<>();
        do {
            if (!tokens.endsList()) {
                tokens.skipNewlines();
            }
            items.add(item.read());
        } while (tokens.accept(TokenKind.COMMA) && !tokens.endsList());
        return items;
    }

    /** The name of a policy, tier or component. */
    Name name(String what) throws SyntaxFault {
        Token token = tokens.expect(TokenKind.WORD, "the name of a " + what);
        return names.checkedName(new Name(token.text(), token.span()), what);
    }

    /** The kind of block that an included file may hold, in the plural. */
    BlockKind includedKind() throws SyntaxFault {
        return words.read("a kind of block to include", INCLUDABLE, BlockKind::plural);
    }

    /** The name of a column or schema, plain or in quotes. */
    Name identifier(String what) throws SyntaxFault {
        if (tokens.peek().is(TokenKind.QUOTED)) {
            Token token = tokens.take();
            return names.checkedText(new Name(token.text(), token.span()), what);
        }
        Token token = tokens.expect(TokenKind.WORD, "the name of a " + what);
        return names.checkedIdentifier(new Name(token.text(), token.span()), what);
    }

    /** A database user, in quotes. */
    Name user() throws SyntaxFault {
        Token token = tokens.expect(TokenKind.QUOTED, "a database user in quotes");
        return names.checkedText(new Name(token.text(), token.span()), "database user");
    }

    /** A database as URLs name it, in quotes. */
    Name database() throws SyntaxFault {
        Token token = tokens.expect(TokenKind.QUOTED, "a database in quotes, as its URL names it");
        return names.checkedText(new Name(token.text(), token.span()), "database");
    }

    /** A verb without columns. */
    GrantedVerb verb() throws SyntaxFault {
        Span span = tokens.peek().span();
        return new GrantedVerb(words.read("a verb", Verb.values(), Verb::word), span, List.of());
    }

    /** A verb with its columns in parentheses, if there are any. */
    GrantedVerb verbWithColumns() throws SyntaxFault {
        GrantedVerb verb = verb();
        if (!tokens.accept(TokenKind.LEFT_PAREN)) {
            return verb;
        }
        List<Name> columns = list(() -> identifier("column"));
        tokens.skipNewlines();
        tokens.expect(TokenKind.RIGHT_PAREN, "`,` or `)`");
        return new GrantedVerb(verb.verb(), verb.span(), columns);
    }

    /** A table pattern. */
    Pattern pattern() throws SyntaxFault {
        return pattern(PatternSort.TABLE);
    }

    /** A pattern of the given sort. */
    Pattern pattern(PatternSort sort) throws SyntaxFault {
        List<Segment> segments = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        Span span = tokens.peek().span();
        do {
            Token token = tokens.peek().is(TokenKind.QUOTED)
                    ? tokens.take()
                    : tokens.expect(TokenKind.WORD, "a " + sort.word() + " pattern");
            boolean quoted = token.is(TokenKind.QUOTED);
            segments.add(names.checkedSegment(new Segment(token.text(), quoted, token.span()), sort));
            text.append(text.isEmpty() ? "" : ".").append(quoted ? "\"" + token.text() + "\"" : token.text());
            span = span.to(token.span());
        } while (tokens.accept(TokenKind.DOT));
        return names.checkedPattern(new Pattern(segments, text.toString(), span), sort);
    }
}
