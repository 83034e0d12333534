package io.tierguard.policy.syntax;

import io.tierguard.policy.model.AuditLevel;
import io.tierguard.policy.model.BindValues;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.source.Span;
import java.util.List;
import java.util.function.BiFunction;

/** Reads one fact, from its keyword to the end of its last item. */
final class FactParser {

    private final TokenStream tokens;
    private final Words words;
    private final Items items;
    private final Values values;
    private final GrantParser grants;
    private final TestFactParser tests;

    FactParser(TokenStream tokens, Words words, Items items, Values values) {
        this.tokens = tokens;
        this.words = words;
        this.items = items;
        this.values = values;
        this.grants = new GrantParser(tokens, words, items, values);
        this.tests = new TestFactParser(tokens, words, items, values);
    }

    Fact read(BlockKind block, FactKind kind) throws SyntaxFault {
        Span start = tokens.take().span();
        return switch (kind) {
            case WHY -> fact(start, text("the reason in quotes"), Fact.Why::new);
            case CONTACT -> fact(start, text("the contact in quotes"), Fact.Contact::new);
            case TICKET -> fact(start, text("the ticket in quotes"), Fact.Ticket::new);
            case OWNER -> fact(start, text("the owner in quotes"), Fact.Owner::new);
            case SCHEMA -> schemaPath(start);
            case READ -> readAs(start);
            case FORBID -> forbid(start);
            case REQUIRE -> requireWhere(start);
            case AUDIT -> audit(start);
            case DURABILITY -> durability(start);
            case BIND -> bind(start);
            case MUTABLE -> mutable(start);
            case CONNECTS -> connectsAs(start);
            case GRANT -> block == BlockKind.WAIVER ? grants.waived(start) : grants.granted(start);
            case LIMIT -> grants.limited(start);
            case BODY -> bodies(start);
            case REASONS -> reasons(start);
            case UNWRAP -> new Fact.Trusted(start, Power.UNWRAP);
            case DEFINE -> new Fact.Trusted(start, Power.DEFINE);
            case ADMINISTER -> new Fact.Trusted(start, Power.ADMINISTER);
            case FROM -> fact(start, values.time(), Fact.From::new);
            case UNTIL -> fact(start, values.time(), Fact.Until::new);
            case AT -> fact(start, values.time(), Fact.At::new);
            case AS -> tests.as(start);
            case DIALECT -> tests.dialect(start);
            case ALLOW -> tests.expected(start, ExpectedOutcome.ALLOW);
            case DENY -> tests.expected(start, ExpectedOutcome.DENY);
            case WOULD_DENY -> tests.expected(start, ExpectedOutcome.WOULD_DENY);
        };
    }

    private Fact audit(Span start) throws SyntaxFault {
        AuditLevel level = words.read("an audit level", AuditLevel.values(), AuditLevel::word);
        return new Fact.Audit(values.from(start), level);
    }

    private Fact durability(Span start) throws SyntaxFault {
        Durability durability = words.read("a durability", Durability.values(), Durability::word);
        return new Fact.Durable(values.from(start), durability);
    }

    private Fact schemaPath(Span start) throws SyntaxFault {
        tokens.expectWord("path");
        List<Name> schemas = items.list(() -> items.identifier("schema"));
        return new Fact.SchemaPath(values.from(start), schemas);
    }

    private Fact readAs(Span start) throws SyntaxFault {
        tokens.expectWord("as");
        boolean isDocumented = tokens.peek().isWord(Fact.Reading.DOCUMENTED.word());
        Fact.Reading reading = isDocumented ? Fact.Reading.DOCUMENTED : Fact.Reading.ANSI;
        tokens.expectWord(reading.word());
        List<Name> databases = items.list(items::database);
        return new Fact.ReadAs(values.from(start), reading, databases);
    }

    private Fact forbid(Span start) throws SyntaxFault {
        List<GrantedVerb> verbs = items.list(items::verb);
        return new Fact.Forbid(values.from(start), verbs);
    }

    private Fact requireWhere(Span start) throws SyntaxFault {
        tokens.expectWord("where");
        tokens.expectWord("on");
        List<GrantedVerb> verbs = items.list(items::verb);
        return new Fact.RequireWhere(values.from(start), verbs);
    }

    private Fact mutable(Span start) throws SyntaxFault {
        List<Name> columns = items.list(() -> items.identifier("column"));
        return new Fact.Mutable(values.from(start), columns);
    }

    private Fact connectsAs(Span start) throws SyntaxFault {
        tokens.expectWord("as");
        List<Name> users = items.list(items::user);
        return new Fact.ConnectsAs(values.from(start), users);
    }

    private Fact bind(Span start) throws SyntaxFault {
        tokens.expectWord("values");
        BindValues shown = words.read("a way to log bind values", BindValues.values(), BindValues::word);
        return new Fact.Bind(values.from(start), shown);
    }

    private Fact bodies(Span start) throws SyntaxFault {
        List<Name> hashes = items.list(values::hash);
        return new Fact.Bodies(values.from(start), hashes);
    }

    private Fact reasons(Span start) throws SyntaxFault {
        List<NamedReason> reasons = items.list(tests::reason);
        return new Fact.Reasons(values.from(start), reasons);
    }

    /** A fact whose span ends where the reading of its value has ended. */
    private <V> Fact fact(Span start, V value, BiFunction<Span, V, Fact> form) {
        return form.apply(values.from(start), value);
    }

    private String text(String wanted) throws SyntaxFault {
        return values.quoted(wanted).text();
    }
}
