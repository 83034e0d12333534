package io.tierguard.policy.syntax;

import io.tierguard.policy.model.TierKind;
import io.tierguard.policy.source.DiagnosticCode;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.SourceText;
import io.tierguard.policy.source.Span;
import io.tierguard.policy.source.Spelling;
import java.util.ArrayList;
import java.util.List;

/** Reads the blocks of a policy file and picks up again at the next one when a block cannot be read. */
public final class Parser {

    private final SourceText source;
    private final Findings findings;
    private final TokenStream tokens;
    private final Words words;
    private final Items items;
    private final Values values;
    private final BodyParser bodies;
    private final CodeParser codeParser;

    private Parser(SourceText source, Findings findings) {
        this.source = source;
        this.findings = findings;
        this.tokens = new TokenStream(new Lexer(source, findings).tokens(), findings);
        this.words = new Words(findings, tokens);
        this.items = new Items(tokens, words, new NameCheck(findings));
        this.values = new Values(findings, tokens);
        this.bodies = new BodyParser(findings, tokens, new FactParser(tokens, words, items, values));
        this.codeParser = new CodeParser(tokens, items, bodies);
    }

    /** The tree of a text; whatever cannot be read is reported and stands in it as broken. */
    public static SyntaxTree parse(SourceText source, Findings findings) {
        return parse(source, findings, true);
    }

    /** The same of a text that may declare nothing. */
    public static SyntaxTree parseAny(SourceText source, Findings findings) {
        return parse(source, findings, false);
    }

    private static SyntaxTree parse(SourceText source, Findings findings, boolean declares) {
        return new TextScan(source, findings).isText()
                ? new Parser(source, findings).tree(declares)
                : new SyntaxTree(List.of());
    }

    private SyntaxTree tree(boolean declares) {
        List<Declaration> declarations = new ArrayList<>();
        for (tokens.skipNewlines(); !tokens.peek().is(TokenKind.END); tokens.skipNewlines()) {
            declarations.add(declaration());
        }
        if (declares && declarations.isEmpty()) {
            findings.report(
                    findings.at(
                                    DiagnosticCode.EMPTY_POLICY,
                                    source.span(0, 0),
                                    "the policy file declares nothing",
                                    "expected a policy, tier, table or component")
                            .withNote(
                                    "an empty policy would deny every statement; a file cut off by a failed copy looks the same"));
        }
        lintFinalLineBreak();
        return new SyntaxTree(declarations);
    }

    private void lintFinalLineBreak() {
        String text = source.text();
        if (!text.isEmpty() && !text.endsWith("\n")) {
            findings.report(findings.at(
                            DiagnosticCode.NO_FINAL_LINE_BREAK,
                            source.span(text.length(), text.length()),
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
        Span span = keyword.span();
        return switch (kind) {
            case INCLUDE -> include(span);
            case TIER -> tier(kind, span);
            case TABLE -> table(kind, span);
            case ROUTINE -> codeParser.routine(kind, span);
            case TRIGGER -> codeParser.trigger(kind, span);
            case POLICY -> new Declaration.PolicyBlock(span, items.name("policy"), bodies.required(kind, span));
            case COMPONENT ->
                new Declaration.ComponentBlock(span, items.name("component"), bodies.required(kind, span));
            case OBSERVE -> new Declaration.ObserveBlock(span, items.name("component"), bodies.required(kind, span));
            case TRUST -> new Declaration.TrustBlock(span, items.name("component"), bodies.required(kind, span));
            case WAIVER -> new Declaration.WaiverBlock(span, items.name("waiver"), bodies.required(kind, span));
            case TEST ->
                new Declaration.TestBlock(
                        span, values.quoted("the test's title in quotes"), bodies.required(kind, span));
        };
    }

    private Declaration include(Span span) throws SyntaxFault {
        List<BlockKind> kinds = new ArrayList<>();
        do {
            if (!tokens.endsList()) {
                tokens.skipNewlines();
            }
            Token word = tokens.peek();
            BlockKind kind = items.includedKind();
            if (kinds.contains(kind)) {
                findings.report(findings.at(
                        DiagnosticCode.LISTED_TWICE,
                        word.span(),
                        "`" + word.text() + "` is listed twice",
                        "listed before"));
            } else {
                kinds.add(kind);
            }
        } while (tokens.accept(TokenKind.COMMA) || tokens.acceptWord("and"));
        if (!tokens.peek().isWord("from")) {
            throw tokens.unexpected("`and` or `from`");
        }
        tokens.take();
        return new Declaration.IncludeBlock(span, kinds, values.quoted("the path of a file in quotes"));
    }

    private Declaration tier(BlockKind kind, Span span) throws SyntaxFault {
        Name name = items.name("tier");
        tokens.expectWord("is");
        TierKind ceiling = words.read("a kind of tier", TierKind.values(), TierKind::word);
        return new Declaration.TierBlock(span, name, ceiling, bodies.optional(kind, span));
    }

    private Declaration table(BlockKind kind, Span span) throws SyntaxFault {
        Pattern pattern = items.pattern();
        tokens.expectWord("is");
        Name tier = items.name("tier");
        return new Declaration.TableBlock(span, pattern, tier, bodies.optional(kind, span));
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
