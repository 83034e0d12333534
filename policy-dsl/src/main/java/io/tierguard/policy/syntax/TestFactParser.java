package io.tierguard.policy.syntax;

import io.tierguard.policy.model.Reason;
import io.tierguard.policy.source.Span;
import java.util.List;

/** Reads what a test says: who, when, in which dialect, and what is expected of which statement. */
final class TestFactParser {

    private static final long NONE_SAID = -1;

    private final TokenStream tokens;
    private final Words words;
    private final Items items;
    private final Values values;

    TestFactParser(TokenStream tokens, Words words, Items items, Values values) {
        this.tokens = tokens;
        this.words = words;
        this.items = items;
        this.values = values;
    }

    Fact as(Span start) throws SyntaxFault {
        Name component = items.name("component");
        return new Fact.As(values.from(start), component);
    }

    Fact dialect(Span start) throws SyntaxFault {
        Name name = items.name("dialect");
        return new Fact.InDialect(values.from(start), name);
    }

    Fact expected(Span start, ExpectedOutcome outcome) throws SyntaxFault {
        List<NamedReason> reasons = outcome == ExpectedOutcome.ALLOW ? List.of() : items.list(this::reason);
        long rows = NONE_SAID;
        if (tokens.peek().isWord("rows")) {
            tokens.take();
            rows = values.count();
        }
        Name sql = values.quoted("the statement in quotes");
        return new Fact.Expected(values.from(start), outcome, reasons, rows, sql);
    }

    NamedReason reason() throws SyntaxFault {
        Span span = tokens.peek().span();
        return new NamedReason(words.read("a reason", Reason.values(), Reason::code), span);
    }
}
