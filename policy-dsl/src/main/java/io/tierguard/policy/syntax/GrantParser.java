package io.tierguard.policy.syntax;

import io.tierguard.policy.model.LimitScope;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.Uncounted;
import io.tierguard.policy.source.Span;
import java.util.List;

/** Reads what gives rights and what limits them. */
final class GrantParser {

    private final TokenStream tokens;
    private final Words words;
    private final Items items;
    private final Values values;

    GrantParser(TokenStream tokens, Words words, Items items, Values values) {
        this.tokens = tokens;
        this.words = words;
        this.items = items;
        this.values = values;
    }

    Fact granted(Span start) throws SyntaxFault {
        List<GrantedVerb> verbs = verbs();
        Target target = target();
        return new Fact.Granted(values.from(start), verbs, target);
    }

    Fact waived(Span start) throws SyntaxFault {
        if (tokens.peek().isWord(Power.DEFINE.word())) {
            tokens.take();
            Name component = receiver("`to`");
            return new Fact.WaivedDefine(values.from(start), component);
        }
        List<GrantedVerb> verbs = verbs();
        Target target = target();
        Name component = receiver(target instanceof Target.OnPatterns ? "`,` or `to`" : "`to`");
        return new Fact.Waived(values.from(start), verbs, target, component);
    }

    Fact limited(Span start) throws SyntaxFault {
        Token first = tokens.peek();
        if (first.is(TokenKind.WORD) && Character.isDigit(first.text().codePointAt(0))) {
            throw tokens.unexpected("the verb whose rows are limited");
        }
        GrantedVerb verb = items.verb();
        long rows = values.rows();
        LimitScope scope = LimitScope.EXECUTE;
        if (tokens.peek().isWord("per")) {
            tokens.take();
            tokens.expectWord("transaction");
            scope = LimitScope.TRANSACTION;
        }
        List<Exempted> exceptions = List.of();
        if (tokens.peek().isWord("except")) {
            tokens.take();
            exceptions = items.list(this::exempted);
        }
        return new Fact.Limited(values.from(start), verb.verb(), verb.span(), rows, scope, exceptions);
    }

    private Exempted exempted() throws SyntaxFault {
        Span span = tokens.peek().span();
        return new Exempted(words.read("an exception of a limit", Uncounted.values(), Uncounted::word), span);
    }

    private List<GrantedVerb> verbs() throws SyntaxFault {
        List<GrantedVerb> verbs = items.list(items::verbWithColumns);
        if (!tokens.peek().isWord("on")) {
            throw tokens.unexpected("`,` or `on`");
        }
        tokens.take();
        return verbs;
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

    private Name receiver(String wanted) throws SyntaxFault {
        if (!tokens.peek().isWord("to")) {
            throw tokens.unexpected(wanted);
        }
        tokens.take();
        return items.name("component");
    }
}
