package io.tierguard.policy.syntax;

import io.tierguard.policy.source.Diagnostic;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.Span;
import io.tierguard.policy.source.Spelling;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what stands between the braces of a block, one fact a line. */
final class BodyParser {

    private final Findings findings;
    private final TokenStream tokens;
    private final FactParser factParser;

    BodyParser(Findings findings, TokenStream tokens, FactParser factParser) {
        this.findings = findings;
        this.tokens = tokens;
        this.factParser = factParser;
    }

    /** The body of a block that has to have one. */
    Declaration.Body required(BlockKind kind, Span keyword) throws SyntaxFault {
        Token brace = tokens.expect(TokenKind.LEFT_BRACE, "`{`");
        return body(kind, keyword, brace);
    }

    /** The body of a block that may do without. */
    Declaration.Body optional(BlockKind kind, Span keyword) throws SyntaxFault {
        if (tokens.peek().is(TokenKind.NEWLINE) || tokens.peek().is(TokenKind.END)) {
            return Declaration.Body.NONE;
        }
        Token brace = tokens.expect(TokenKind.LEFT_BRACE, "`{` or the end of the line");
        return body(kind, keyword, brace);
    }

    private Declaration.Body body(BlockKind kind, Span keyword, Token brace) {
        List<Fact> facts = new ArrayList<>();
        Map<FactKind, Span> seen = new EnumMap<>(FactKind.class);
        boolean whole = true;
        for (tokens.skipNewlines(); !tokens.accept(TokenKind.RIGHT_BRACE); tokens.skipNewlines()) {
            if (tokens.peek().is(TokenKind.END) || tokens.atBlockHead()) {
                findings.report(unclosed(kind, brace));
                return new Declaration.Body(facts, false);
            }
            try {
                facts.add(fact(kind, seen));
            } catch (SyntaxFault fault) {
                findings.report(fault.diagnostic());
                tokens.skipLine();
                whole = false;
            }
        }
        return new Declaration.Body(facts, whole && !lacksFacts(kind, keyword, seen.keySet()));
    }

    private Fact fact(BlockKind block, Map<FactKind, Span> seen) throws SyntaxFault {
        Token word = tokens.peek();
        FactKind kind = FactKind.of(word.is(TokenKind.WORD) ? word.text() : "")
                .filter(block::holds)
                .orElseThrow(() -> unknown(word, block));
        Span first = seen.putIfAbsent(kind, word.span());
        if (first != null && !block.repeats(kind)) {
            throw new SyntaxFault(findings.at(
                            DiagnosticCode.REPEATED_FACT,
                            word.span(),
                            "`" + kind.word() + "` is said twice in this block",
                            "said again here")
                    .withRelated(first, "first said here"));
        }
        Fact fact = factParser.read(block, kind);
        if (!tokens.atLineEnd() && !tokens.peek().is(TokenKind.RIGHT_BRACE)) {
            throw tokens.unexpected("the end of the line");
        }
        return fact;
    }

    /** Says which facts a block lacks that it has to have; one that could not be read is not missed. */
    private boolean lacksFacts(BlockKind block, Span keyword, Set<FactKind> seen) {
        List<String> missing = block.required().stream()
                .filter(kind -> !seen.contains(kind))
                .map(kind -> "`" + kind.word() + "`")
                .toList();
        if (!missing.isEmpty()) {
            findings.report(findings.at(
                            DiagnosticCode.MISSING_FACT,
                            keyword,
                            "this " + block.word() + " block does not say " + String.join(", ", missing),
                            "incomplete")
                    .withNote(
                            block == BlockKind.TEST
                                    ? "a test says under which component its statements run"
                                    : block.phrase() + " says who decided it, why and for how long"));
        }
        return !missing.isEmpty();
    }

    private SyntaxFault unknown(Token word, BlockKind block) {
        String article = block.phrase();
        if (!word.is(TokenKind.WORD)) {
            return tokens.unexpected("a line of " + article);
        }
        boolean elsewhere = FactKind.of(word.text()).isPresent();
        String help = elsewhere
                ? ""
                : Spelling.closest(word.text(), block.factWords())
                        .map(meant -> "did you mean `" + meant + "`?")
                        .orElse("");
        return new SyntaxFault(findings.at(
                        DiagnosticCode.UNKNOWN_FACT,
                        word.span(),
                        "`" + word.text() + "` does not belong in " + article,
                        "unknown in " + article)
                .withHelp(help)
                .withNote(article + " may say " + String.join(", ", block.factWords())));
    }

    private Diagnostic unclosed(BlockKind kind, Token brace) {
        return findings.at(
                DiagnosticCode.UNCLOSED_BLOCK,
                brace.span(),
                "this " + kind.word() + " block is not closed",
                "no `}` follows before the next block");
    }
}
