package io.tierguard.policy.syntax;

import io.tierguard.policy.model.AuditLevel;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.source.Findings;
import io.tierguard.policy.source.Span;
import java.util.List;

/** Reads one fact, from its keyword to the end of its last item. */
final class FactParser {

    private final Findings findings;
    private final TokenStream tokens;
    private final Words words;
    private final Items items;

    FactParser(Findings findings, TokenStream tokens, Words words, Items items) {
        this.findings = findings;
        this.tokens = tokens;
        this.words = words;
        this.items = items;
    }

    Fact read(FactKind kind) throws SyntaxFault {
        Span start = tokens.take().span();
        return switch (kind) {
            case WHY -> why(start);
            case CONTACT -> contact(start);
            case SCHEMA -> schemaPath(start);
            case FORBID -> forbid(start);
            case REQUIRE -> requireWhere(start);
            case AUDIT -> audit(start);
            case DURABILITY -> durability(start);
            case MUTABLE -> mutable(start);
            case CONNECTS -> connectsAs(start);
            case GRANT -> grant(start);
            case LIMIT -> throw unsupported(start, "limit");
            case BIND -> throw unsupported(start, "bind values");
            case BODY -> throw unsupported(start, "body");
        };
    }

    private Fact why(Span start) throws SyntaxFault {
        String text = text("the reason in quotes");
        return new Fact.Why(from(start), text);
    }

    private Fact contact(Span start) throws SyntaxFault {
        String text = text("the contact in quotes");
        return new Fact.Contact(from(start), text);
    }

    private Fact audit(Span start) throws SyntaxFault {
        AuditLevel level = words.read("an audit level", AuditLevel.values(), AuditLevel::word);
        return new Fact.Audit(from(start), level);
    }

    private Fact durability(Span start) throws SyntaxFault {
        Durability durability = words.read("a durability", Durability.values(), Durability::word);
        return new Fact.Durable(from(start), durability);
    }

    private Fact schemaPath(Span start) throws SyntaxFault {
        tokens.expectWord("path");
        List<Name> schemas = items.list(() -> items.identifier("schema"));
        return new Fact.SchemaPath(from(start), schemas);
    }

    private Fact forbid(Span start) throws SyntaxFault {
        List<GrantedVerb> verbs = items.list(items::verb);
        return new Fact.Forbid(from(start), verbs);
    }

    private Fact requireWhere(Span start) throws SyntaxFault {
        tokens.expectWord("where");
        tokens.expectWord("on");
        List<GrantedVerb> verbs = items.list(items::verb);
        return new Fact.RequireWhere(from(start), verbs);
    }

    private Fact mutable(Span start) throws SyntaxFault {
        List<Name> columns = items.list(() -> items.identifier("column"));
        return new Fact.Mutable(from(start), columns);
    }

    private Fact connectsAs(Span start) throws SyntaxFault {
        tokens.expectWord("as");
        List<Name> users = items.list(items::user);
        return new Fact.ConnectsAs(from(start), users);
    }

    private Fact grant(Span start) throws SyntaxFault {
        List<GrantedVerb> verbs = items.list(items::verbWithColumns);
        if (!tokens.peek().isWord("on")) {
            throw tokens.unexpected("`,` or `on`");
        }
        tokens.take();
        Target target = target();
        return new Fact.Granted(from(start), verbs, target);
    }

    private Target target() throws SyntaxFault {
        if (tokens.peek().isWord("everything")) {
            return new Target.Everything(tokens.take().span());
        }
        if (tokens.peek().isWord("tier") && !tokens.peek(1).is(TokenKind.DOT)) {
            tokens.take();
            return new Target.OnTier(items.name("tier"));
        }
        return new Target.OnPatterns(items.list(items::pattern));
    }

    private String text(String wanted) throws SyntaxFault {
        return tokens.expect(TokenKind.QUOTED, wanted).text();
    }

    private Span from(Span start) {
        return start.to(tokens.last().span());
    }

    private SyntaxFault unsupported(Span span, String what) {
        return new SyntaxFault(Unsupported.by(findings, span, what));
    }
}
