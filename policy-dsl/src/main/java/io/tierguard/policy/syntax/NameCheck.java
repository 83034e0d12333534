package io.tierguard.policy.syntax;

import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.Span;

/** Says of a name whether it can be one, and whether a reader could mistake it. */
final class NameCheck {

    private static final int LONGEST = 255;

    private final Findings findings;

    NameCheck(Findings findings) {
        this.findings = findings;
    }

    /** A name of a policy, tier or component: letters, digits, {@code _} and {@code -}, a letter first. */
    Name checkedName(Name name, String what) throws SyntaxFault {
        checkedText(name, what);
        if (!isMadeOf(name.text(), "_-") || !Character.isLetter(name.text().codePointAt(0))) {
            throw invalid(name.span(), "`" + name.text() + "` cannot be the name of a " + what, "");
        }
        return name;
    }

    /** A column or schema without quotes: letters, digits, {@code _} and {@code $}. */
    Name checkedIdentifier(Name name, String what) throws SyntaxFault {
        checkedText(name, what);
        if (!isMadeOf(name.text(), "_$")) {
            throw invalid(
                    name.span(),
                    "`" + name.text() + "` is no plain name of a " + what,
                    "quote it if the " + what + " is really called that");
        }
        return name;
    }

    /** A name in quotes, of any characters that a reader cannot mistake. */
    Name checkedText(Name name, String what) throws SyntaxFault {
        check(name.text(), name.span(), what);
        return name;
    }

    /** One part of a pattern. */
    Segment checkedSegment(Segment segment, PatternSort sort) throws SyntaxFault {
        check(segment.text(), segment.span(), sort.word());
        if (!segment.quoted() && !isMadeOf(segment.text(), "_$*")) {
            throw invalid(
                    segment.span(),
                    "`" + segment.text() + "` is no plain " + sort.word() + " pattern",
                    "quote it if the " + sort.word() + " is really called that");
        }
        return segment;
    }

    /** A pattern of parts that are right each for itself. */
    Pattern checkedPattern(Pattern pattern, PatternSort sort) throws SyntaxFault {
        int written = pattern.segments().size();
        int length = pattern.segments().stream()
                .mapToInt(segment -> segment.span().end() - segment.span().start())
                .sum();
        boolean spaced = pattern.span().end() - pattern.span().start() != length + written - 1;
        if (written > sort.most() || spaced) {
            String what = "a " + sort.word() + " pattern";
            String message = spaced
                    ? what + " is written without spaces"
                    : what + " has at most " + sort.mostInWords() + ", this one has " + written;
            throw new SyntaxFault(findings.at(DiagnosticCode.MALFORMED_PATTERN, pattern.span(), message, "not " + what)
                    .withNote(sort.parts()));
        }
        return pattern;
    }

    private void check(String text, Span span, String what) throws SyntaxFault {
        if (text.isBlank()) {
            throw invalid(span, "the name of a " + what + " is empty", "");
        }
        if (text.length() > LONGEST) {
            throw new SyntaxFault(findings.at(
                    DiagnosticCode.NAME_TOO_LONG,
                    span,
                    "the name of a " + what + " is longer than " + LONGEST + " characters",
                    "no database has such a name"));
        }
        String deception = Characters.deception(text);
        if (!deception.isEmpty()) {
            throw new SyntaxFault(findings.at(
                    DiagnosticCode.CONFUSABLE_NAME, span, "a reader can mistake the name of this " + what, deception));
        }
    }

    private SyntaxFault invalid(Span span, String message, String help) {
        return new SyntaxFault(findings.at(DiagnosticCode.INVALID_NAME, span, message, "not a name")
                .withHelp(help));
    }

    private static boolean isMadeOf(String text, String punctuation) {
        return text.codePoints()
                .allMatch(point ->
                        (Character.isUnicodeIdentifierPart(point) && point != '_') || punctuation.indexOf(point) >= 0);
    }
}
