package io.tierguard.policy.syntax;

import io.tierguard.policy.source.Span;

/**
 * One token.
 *
 * @param kind its kind
 * @param span its place
 * @param text its text; of a quoted text what is between the quotes, escapes resolved
 */
record Token(TokenKind kind, Span span, String text) {

    boolean is(TokenKind wanted) {
        return kind == wanted;
    }

    boolean isWord(String word) {
        return kind == TokenKind.WORD && text.equals(word);
    }

    /** How a diagnostic names this token. */
    String description() {
        return switch (kind) {
            case WORD, STRAY -> "`" + text + "`";
            case QUOTED, LEFT_BRACE, RIGHT_BRACE, LEFT_PAREN, RIGHT_PAREN, COMMA, DOT, NEWLINE, END ->
                kind.description();
        };
    }
}
