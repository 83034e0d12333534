package io.tierguard.policy.syntax;

import io.tierguard.policy.model.TierKind;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.Span;
import io.tierguard.policy.source.Spelling;
import java.util.ArrayList;
import java.util.List;

/** Reads the blocks of a policy file and picks up again at the next one when a block cannot be read. */
public final class Parser {

    private final Findings findings;
    private final TokenStream tokens;
    private final Words words;
    private final Items items;
    private final BodyParser bodies;
    private final CodeParser codeParser;

    private Parser(Findings findings) {
        this.findings = findings;
        this.tokens = new TokenStream(new Lexer(findings).tokens(), findings);
        this.words = new Words(findings, tokens);
        this.items = new Items(tokens, words, new NameCheck(findings));
        this.bodies = new BodyParser(findings, tokens, new FactParser(findings, tokens, words, items));
        this.codeParser = new CodeParser(tokens, items, bodies);
    }

    /** The tree of a text; whatever cannot be read is reported and stands in it as broken. */
    public static SyntaxTree parse(Findings findings) {
        return new TextScan(findings).isText() ? new Parser(findings).tree() : new SyntaxTree(List.of());
    }

    private SyntaxTree tree() {
        List<Declaration> declarations = new ArrayList<>();
        for (tokens.skipNewlines(); !tokens.peek().is(TokenKind.END); tokens.skipNewlines()) {
            declarations.add(declaration());
        }
        if (declarations.isEmpty()) {
            findings.report(
                    findings.at(
                                    DiagnosticCode.EMPTY_POLICY,
                                    new Span(0, 0),
                                    "the policy file declares nothing",
                                    "expected a policy, tier, table or component")
                            .withNote(
                                    "an empty policy would deny every statement; a file cut off by a failed copy looks the same"));
        }
        lintFinalLineBreak();
        return new SyntaxTree(declarations);
    }

    private void lintFinalLineBreak() {
        String text = findings.source().text();
        if (!text.isEmpty() && !text.endsWith("\n")) {
            findings.report(findings.at(
                            DiagnosticCode.NO_FINAL_LINE_BREAK,
                            new Span(text.length(), text.length()),
                            "the file does not end with a line break",
                            "is something missing?")
                    .withNote("a tier cut off before its `{` would lose what it forbids"));
        }
    }

    private Declaration declaration() {
        Token keyword = tokens.peek();
        String subject = tokens.peek(1).is(TokenKind.WORD) ? tokens.peek(1).text() : "";
        try {
            Declaration declaration = block(keyword);
            if (!tokens.atLineEnd()) {
                throw tokens.unexpected("the end of the line");
            }
            return declaration;
        } catch (SyntaxFault fault) {
            findings.report(fault.diagnostic());
            skipBlock();
            skipWhatIsNoBlock();
            return new Declaration.BrokenBlock(keyword.text(), subject, keyword.span());
        }
    }

    private Declaration block(Token keyword) throws SyntaxFault {
        BlockKind kind =
                BlockKind.of(keyword.is(TokenKind.WORD) ? keyword.text() : "").orElseThrow(() -> unknownBlock(keyword));
        tokens.take();
        return switch (kind) {
            case POLICY -> new Declaration.PolicyBlock(items.name("policy"), bodies.required(kind));
            case TIER -> tier(kind);
            case TABLE -> table(kind);
            case COMPONENT -> new Declaration.ComponentBlock(items.name("component"), bodies.required(kind));
            case ROUTINE -> codeParser.routine(kind);
            case TRIGGER -> codeParser.trigger(kind);
            case INCLUDE, OBSERVE, TRUST, WAIVER, TEST ->
                throw new SyntaxFault(Unsupported.by(findings, keyword.span(), kind.word()));
        };
    }

    private Declaration tier(BlockKind kind) throws SyntaxFault {
        Name name = items.name("tier");
        tokens.expectWord("is");
        TierKind ceiling = words.read("a kind of tier", TierKind.values(), TierKind::word);
        return new Declaration.TierBlock(name, ceiling, bodies.optional(kind));
    }

    private Declaration table(BlockKind kind) throws SyntaxFault {
        Pattern pattern = items.pattern();
        tokens.expectWord("is");
        Name tier = items.name("tier");
        return new Declaration.TableBlock(pattern, tier, bodies.optional(kind));
    }

    private SyntaxFault unknownBlock(Token found) {
        if (!found.is(TokenKind.WORD)) {
            return tokens.unexpected("a block");
        }
        String help = Spelling.closest(found.text(), BlockKind.words())
                .map(meant -> "did you mean `" + meant + "`?")
                .orElse("");
        return new SyntaxFault(findings.at(
                        DiagnosticCode.UNKNOWN_BLOCK,
                        found.span(),
                        "no block begins with `" + found.text() + "`",
                        "unknown block")
                .withHelp(help));
    }

    /** Skips lines that were never meant as the head of a block: of a file that is no policy one word is enough. */
    private void skipWhatIsNoBlock() {
        for (tokens.skipNewlines(); !isMeantAsBlock(tokens.peek()); tokens.skipNewlines()) {
            skipBlock();
        }
    }

    private static boolean isMeantAsBlock(Token token) {
        return token.is(TokenKind.END)
                || (token.is(TokenKind.WORD)
                        && (BlockKind.of(token.text()).isPresent()
                                || Spelling.closest(token.text(), BlockKind.words())
                                        .isPresent()));
    }

    /** Skips what is left of a block; a stray closing brace goes with it. */
    private void skipBlock() {
        do {
            tokens.skipLine();
        } while (tokens.accept(TokenKind.RIGHT_BRACE));
    }
}
