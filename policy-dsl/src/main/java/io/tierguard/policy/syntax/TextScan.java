package io.tierguard.policy.syntax;

import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.SourceText;
import io.tierguard.policy.source.Span;

/** Looks a text over, before it is read, for characters that show a reviewer something else than the driver reads. */
final class TextScan {

    private final Findings findings;
    private final SourceText source;
    private final String text;
    private int reportedLine;

    TextScan(SourceText source, Findings findings) {
        this.findings = findings;
        this.source = source;
        this.text = source.text();
    }

    /** Reports what it finds; false if the text is no text at all and not worth reading on. */
    boolean isText() {
        int point;
        for (int at = 0; at < text.length(); at += Character.charCount(point)) {
            point = text.codePointAt(at);
            Span span = source.span(at, at + Character.charCount(point));
            if (Character.getType(point) == Character.SURROGATE) {
                findings.report(findings.at(
                        DiagnosticCode.NOT_UTF_8, span, "the file is no valid Unicode text", "half a character"));
                return false;
            }
            if (isControl(point, at)) {
                findings.report(findings.at(
                                DiagnosticCode.CONTROL_CHARACTER,
                                span,
                                "the file holds the control character " + Characters.describe(point),
                                "no policy needs it")
                        .withNote("reading stops here: a file with control characters is taken for binary"));
                return false;
            }
            reportDeception(point, span);
        }
        return true;
    }

    /** Once a line, because one such character is reason enough to look at the whole line. */
    private void reportDeception(int point, Span span) {
        boolean reorders = Characters.isBidirectionalControl(point);
        if (!reorders && !Characters.isDeceptiveSpace(point)) {
            return;
        }
        int line = source.lineAt(span.start());
        if (line == reportedLine) {
            return;
        }
        reportedLine = line;
        if (reorders) {
            findings.report(findings.at(
                            DiagnosticCode.BIDIRECTIONAL_CONTROL,
                            span,
                            "bidirectional control " + Characters.describe(point),
                            "not shown by most editors")
                    .withNote("it can make a reviewer read the line in another order than the driver does"));
        } else {
            findings.report(findings.at(
                    DiagnosticCode.CONFUSABLE_NAME,
                    span,
                    Characters.describe(point) + " looks like a space or a line break and is none",
                    "write a plain one"));
        }
    }

    private boolean isControl(int point, int at) {
        if (point == '\r') {
            return !text.startsWith("\n", at + 1);
        }
        return Character.getType(point) == Character.CONTROL && point != '\n' && point != '\t';
    }
}
