package io.tierguard.policy.syntax;

import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.SourceText;
import io.tierguard.policy.source.Span;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a text is made of, for those who care how it is written. */
public final class Lexemes {

    private Lexemes() {}

    /** The words, marks, comments and line breaks of a text, in its order. */
    public static List<Span> of(SourceText source) {
        Lexer lexer = new Lexer(source, new Findings(source));
        Stream<Span> tokens = lexer.tokens().stream()
                .filter(token -> !token.is(TokenKind.END))
                .map(Token::span);
        return Stream.concat(tokens, lexer.comments().stream())
                .sorted(Comparator.comparingInt(Span::start))
                .toList();
    }
}
