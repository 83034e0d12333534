package io.tierguard.policy.syntax;

import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.Span;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Reads the values of the language that are no names: times, numbers of rows, hashes. */
final class Values {

    /** Nine hundred thousand million rows are more than any limit means. */
    private static final int MOST_DIGITS = 12;

    private static final int LAST_YEAR = 9999;
    private static final int FIRST_YEAR = 1970;
    private static final String HASH_PREFIX = "sha256:";
    private static final int HASH_DIGITS = 64;

    private final Findings findings;
    private final TokenStream tokens;

    Values(Findings findings, TokenStream tokens) {
        this.findings = findings;
        this.tokens = tokens;
    }

    /** A moment: date and time to the minute or second, with its zone, by ISO 8601. */
    Instant time() throws SyntaxFault {
        Token token = tokens.expect(TokenKind.WORD, "a time such as 2026-01-31T18:00Z");
        try {
            OffsetDateTime read = OffsetDateTime.parse(token.text());
            boolean readable = !token.text().contains("t") && !token.text().contains("z");
            if (readable && read.getYear() >= FIRST_YEAR && read.getYear() <= LAST_YEAR) {
                return read.toInstant();
            }
        } catch (DateTimeParseException invalid) {
            // Said below, in words that fit the language.
        }
        throw new SyntaxFault(findings.at(
                        DiagnosticCode.INVALID_TIME, token.span(), "`" + token.text() + "` is no time", "not a time")
                .withNote("a time is written with its zone, as in 2026-01-31T18:00Z or 2026-01-31T18:00+01:00"));
    }

    /** A number of rows, at least one, and the word after it. */
    long rows() throws SyntaxFault {
        long rows = count();
        if (!tokens.peek().isWord("rows") && !tokens.peek().isWord("row")) {
            throw tokens.unexpected("`rows`");
        }
        tokens.take();
        return rows;
    }

    /** A number of at least one. */
    long count() throws SyntaxFault {
        Token token = tokens.expect(TokenKind.WORD, "a number of rows");
        String text = token.text();
        boolean digits = text.chars().allMatch(letter -> letter >= '0' && letter <= '9');
        if (!digits || text.startsWith("0") || text.length() > MOST_DIGITS) {
            throw new SyntaxFault(findings.at(
                            DiagnosticCode.INVALID_NUMBER,
                            token.span(),
                            "`" + text + "` is no number of rows",
                            "expected a whole number from 1")
                    .withNote("a number is written in digits, without a sign, and not 0 or more than 999999999999"));
        }
        return Long.parseLong(text);
    }

    /** The SHA-256 hash of a text. */
    Name hash() throws SyntaxFault {
        Token token = tokens.expect(TokenKind.WORD, "a hash, sha256: and 64 digits");
        String text = token.text();
        boolean hexadecimal = text.startsWith(HASH_PREFIX)
                && text.length() == HASH_PREFIX.length() + HASH_DIGITS
                && text.chars().skip(HASH_PREFIX.length()).allMatch(Values::isHexadecimal);
        if (!hexadecimal) {
            throw new SyntaxFault(
                    findings.at(DiagnosticCode.INVALID_HASH, token.span(), "this is no hash of a body", "not a hash")
                            .withNote("a hash is written as sha256: and 64 hexadecimal digits in lower case"));
        }
        return new Name(text, token.span());
    }

    /** The text in quotes that is next. */
    Name quoted(String wanted) throws SyntaxFault {
        Token token = tokens.expect(TokenKind.QUOTED, wanted);
        return new Name(token.text(), token.span());
    }

    /** From the start of a fact to its last token. */
    Span from(Span start) {
        return start.to(tokens.last().span());
    }

    private static boolean isHexadecimal(int letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
    }
}
