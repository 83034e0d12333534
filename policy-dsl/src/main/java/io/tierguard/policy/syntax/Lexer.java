package io.tierguard.policy.syntax;

import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.SourceText;
import io.tierguard.policy.source.Span;
import java.util.ArrayList;
import java.util.List;

/** Cuts a text into tokens; never fails, what it does not know becomes a stray token. */
final class Lexer {

    private static final String WORD_PUNCTUATION = "_$*-:+";

    private final Findings findings;
    private final SourceText source;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final List<Span> comments = new ArrayList<>();
    private int at;

    Lexer(SourceText source, Findings findings) {
        this.findings = findings;
        this.source = source;
        this.text = source.text();
    }

    /** The tokens of the text, the last of which is the end. */
    List<Token> tokens() {
        while (at < text.length()) {
            next();
        }
        add(TokenKind.END, at, "");
        return tokens;
    }

    /** The comments of the text, once its tokens have been cut. */
    List<Span> comments() {
        return comments;
    }

    private void next() {
        char here = text.charAt(at);
        switch (here) {
            case ' ', '\t', '\r' -> at++;
            case '\n' -> punctuation(TokenKind.NEWLINE);
            case '#' -> comment();
            case '"' -> quoted();
            case '{' -> punctuation(TokenKind.LEFT_BRACE);
            case '}' -> punctuation(TokenKind.RIGHT_BRACE);
            case '(' -> punctuation(TokenKind.LEFT_PAREN);
            case ')' -> punctuation(TokenKind.RIGHT_PAREN);
            case ',' -> punctuation(TokenKind.COMMA);
            case '.' -> punctuation(TokenKind.DOT);
            default -> other(here);
        }
    }

    private void other(char here) {
        if (isWordCharacter(here)) {
            int start = at;
            while (at < text.length() && isWordCharacter(text.charAt(at))) {
                at++;
            }
            add(TokenKind.WORD, start, text.substring(start, at));
        } else {
            punctuation(TokenKind.STRAY);
        }
    }

    private void quoted() {
        int start = at++;
        StringBuilder content = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
            boolean escaped = text.charAt(at) == '\\'
                    && at + 1 < text.length()
                    && (text.charAt(at + 1) == '"' || text.charAt(at + 1) == '\\');
            at += escaped ? 1 : 0;
            content.append(text.charAt(at++));
        }
        if (at < text.length() && text.charAt(at) == '"') {
            at++;
        } else {
            Span span = source.span(start, withoutCarriageReturn(start));
            findings.report(findings.at(
                    DiagnosticCode.UNCLOSED_TEXT,
                    span,
                    "a text in quotes is not closed",
                    "opened here, no `\"` follows"));
        }
        add(TokenKind.QUOTED, start, content.toString());
    }

    private int withoutCarriageReturn(int start) {
        return at > start + 1 && text.charAt(at - 1) == '\r' ? at - 1 : at;
    }

    private void comment() {
        int start = at;
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
        comments.add(source.span(start, withoutCarriageReturn(start)));
    }

    private void punctuation(TokenKind kind) {
        at++;
        add(kind, at - 1, text.substring(at - 1, at));
    }

    private void add(TokenKind kind, int start, String content) {
        tokens.add(new Token(kind, source.span(start, at), content));
    }

    /** Past ASCII everything belongs to the word it stands in, so that a strange character is reported with its name. */
    private static boolean isWordCharacter(char character) {
        return character < 0x80
                ? Character.isLetterOrDigit(character) || WORD_PUNCTUATION.indexOf(character) >= 0
                : !Character.isSpaceChar(character);
    }
}
