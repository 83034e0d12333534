package io.tierguard.policy.format;

import io.tierguard.policy.source.Diagnostic;
import java.util.List;

/** What came of formatting a file. */
public sealed interface FormatOutcome {

    /**
     * The file could be read.
     *
     * @param text its text in the layout of the language
     */
    record Formatted(String text) implements FormatOutcome {}

    /**
     * The file has errors of syntax and is left as it is.
     *
     * @param diagnostics what is wrong, errors first; never empty
     */
    record Unreadable(List<Diagnostic> diagnostics) implements FormatOutcome {
        public Unreadable {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    /**
     * The formatted text would not say the same, which is a defect of the formatter; the file is left as it is.
     *
     * @param difference what would be otherwise
     */
    record Refused(String difference) implements FormatOutcome {}
}
