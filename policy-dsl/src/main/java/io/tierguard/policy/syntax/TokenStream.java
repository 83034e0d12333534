package io.tierguard.policy.syntax;

import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.Span;
import java.util.List;

/** A cursor over tokens, with the moves by which a parser recovers. */
final class TokenStream {

    private final List<Token> tokens;
    private final Findings findings;
    private int at;

    TokenStream(List<Token> tokens, Findings findings) {
        this.tokens = tokens;
        this.findings = findings;
    }

    Token peek() {
        return peek(0);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    /** The token before the cursor. */
    Token last() {
        return tokens.get(Math.max(0, at - 1));
    }

    Token take() {
        Token token = peek();
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    boolean accept(TokenKind kind) {
        boolean found = peek().is(kind);
        if (found) {
            take();
        }
        return found;
    }

    boolean acceptWord(String word) {
        boolean found = peek().isWord(word);
        if (found) {
            take();
        }
        return found;
    }

    Token expect(TokenKind kind, String wanted) throws SyntaxFault {
        if (!peek().is(kind)) {
            throw unexpected(wanted);
        }
        return take();
    }

    void expectWord(String word) throws SyntaxFault {
        if (!peek().isWord(word)) {
            throw unexpected("`" + word + "`");
        }
        take();
    }

    /** The fault of finding anything but what is wanted. */
    SyntaxFault unexpected(String wanted) {
        Token found = peek();
        String message = "expected " + wanted + ", found " + found.description();
        return new SyntaxFault(
                findings.at(DiagnosticCode.UNEXPECTED_TOKEN, visible(found), message, "expected " + wanted));
    }

    void skipNewlines() {
        while (peek().is(TokenKind.NEWLINE)) {
            take();
        }
    }

    /** Whether the line, or the file, ends here; a block at the start of the next line tells so too. */
    boolean atLineEnd() {
        return peek().is(TokenKind.NEWLINE) || peek().is(TokenKind.END) || atBlockHead();
    }

    /** Whether the next token begins a block: a known keyword at the start of a line, unindented. */
    boolean atBlockHead() {
        return isBlockHead(peek());
    }

    /** Whether the next line, after any number of line breaks, begins something else than another item of a list. */
    boolean endsList() {
        int ahead = 0;
        while (peek(ahead).is(TokenKind.NEWLINE)) {
            ahead++;
        }
        Token next = peek(ahead);
        TokenKind after = peek(ahead + 1).kind();
        boolean fact = ahead > 0
                && FactKind.of(next.text()).isPresent()
                && (after == TokenKind.WORD || after == TokenKind.QUOTED);
        return switch (next.kind()) {
            case WORD -> fact || isBlockHead(next);
            case RIGHT_BRACE, RIGHT_PAREN, END -> true;
            case QUOTED, LEFT_BRACE, LEFT_PAREN, COMMA, DOT, NEWLINE, STRAY -> false;
        };
    }

    /** Skips to the end of the line, over whole blocks that open on it, but not past the block it stands in. */
    void skipLine() {
        int depth = 0;
        while (!peek().is(TokenKind.END) && !atBlockHead()) {
            if (depth == 0 && (peek().is(TokenKind.NEWLINE) || peek().is(TokenKind.RIGHT_BRACE))) {
                return;
            }
            switch (take().kind()) {
                case LEFT_BRACE -> depth++;
                case RIGHT_BRACE -> depth--;
                case WORD, QUOTED, LEFT_PAREN, RIGHT_PAREN, COMMA, DOT, NEWLINE, STRAY, END -> {}
            }
        }
    }

    private static boolean isBlockHead(Token token) {
        return token.is(TokenKind.WORD)
                && isUnindented(token)
                && BlockKind.of(token.text()).isPresent();
    }

    private static boolean isUnindented(Token token) {
        int start = token.span().start();
        return start == 0 || token.span().source().text().charAt(start - 1) == '\n';
    }

    /** A line break is shown as the place just after the line. */
    private static Span visible(Token token) {
        return token.is(TokenKind.NEWLINE)
                ? token.span().source().span(token.span().start(), token.span().start())
                : token.span();
    }
}
