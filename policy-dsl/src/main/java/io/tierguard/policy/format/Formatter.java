package io.tierguard.policy.format;

import io.tierguard.policy.PolicyLoader;
import io.tierguard.policy.source.Diagnostic;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.SourceText;
import io.tierguard.policy.syntax.Parser;
import io.tierguard.policy.syntax.SyntaxTree;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;

/** Writes a policy or test file anew in the layout of the language; whatever it is given, the outcome is a value. */
public final class Formatter {

    private Formatter() {}

    /** Formats the bytes of a file; diagnostics show the name. */
    public static FormatOutcome format(String name, byte[] content) {
        if (content.length > PolicyLoader.LONGEST) {
            return unreadable(
                    name, DiagnosticCode.TOO_LARGE, "a policy has at most " + PolicyLoader.LONGEST + " bytes");
        }
        try {
            return format(SourceText.of(name, PolicyLoader.decode(content)));
        } catch (CharacterCodingException malformed) {
            return unreadable(name, DiagnosticCode.NOT_UTF_8, "the file is no UTF-8 text");
        }
    }

    private static FormatOutcome format(SourceText source) {
        Findings findings = new Findings(source);
        // A file of comments alone may be fine where it is included, which the formatter does not see.
        boolean isBlank = source.text().isBlank();
        SyntaxTree tree = isBlank ? Parser.parse(source, findings) : Parser.parseAny(source, findings);
        if (findings.hasErrors()) {
            return new FormatOutcome.Unreadable(findings.sorted());
        }
        List<Piece> pieces = Piece.all(source);
        String text = FileWriter.write(tree, pieces);
        Optional<String> difference = difference(new Saying(tree, pieces), SourceText.of(source.path(), text));
        return difference
                .<FormatOutcome>map(FormatOutcome.Refused::new)
                .orElseGet(() -> new FormatOutcome.Formatted(text));
    }

    /** Reads what was written and compares what it says. */
    private static Optional<String> difference(Saying meant, SourceText written) {
        Findings findings = new Findings(written);
        SyntaxTree tree = Parser.parseAny(written, findings);
        return findings.hasErrors()
                ? Optional.of(findings.sorted().get(0).toString())
                : meant.difference(new Saying(tree, Piece.all(written)));
    }

    private static FormatOutcome unreadable(String name, DiagnosticCode code, String message) {
        return new FormatOutcome.Unreadable(List.of(Diagnostic.ofFile(SourceText.of(name, ""), code, message)));
    }
}
