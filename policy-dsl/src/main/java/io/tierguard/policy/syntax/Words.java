package io.tierguard.policy.syntax;

import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Reads a word out of a closed set, and says which ones there are when it finds another. */
final class Words {

    private final Findings findings;
    private final TokenStream tokens;

    Words(Findings findings, TokenStream tokens) {
        this.findings = findings;
        this.tokens = tokens;
    }

    /** The constant whose word is next; {@code what} says what is being read, as in "a verb". */
    <E extends Enum<E>> E read(String what, E[] constants, Function<E, String> word) throws SyntaxFault {
        if (!tokens.peek().is(TokenKind.WORD)) {
            throw tokens.unexpected(what);
        }
        String found = tokens.peek().text();
        for (E constant : constants) {
            if (word.apply(constant).equals(found)) {
                tokens.take();
                return constant;
            }
        }
        List<String> words = Arrays.stream(constants).map(word).toList();
        String help = Spelling.closest(found, words)
                .map(meant -> "did you mean `" + meant + "`?")
                .orElse("");
        throw new SyntaxFault(findings.at(
                        DiagnosticCode.UNKNOWN_WORD,
                        tokens.peek().span(),
                        "`" + found + "` is not " + what,
                        "not " + what)
                .withHelp(help)
                .withNote(what + " is one of " + String.join(", ", words)));
    }
}
