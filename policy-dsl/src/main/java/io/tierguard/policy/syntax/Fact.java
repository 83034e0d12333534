package io.tierguard.policy.syntax;

import io.tierguard.policy.model.AuditLevel;
import io.tierguard.policy.model.BindValues;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.LimitScope;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.Verb;
import io.tierguard.policy.source.Span;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** One line of a block. */
public sealed interface Fact {

    /** The place of the whole fact. */
    Span span();

    /** {@code why "…"}. */
    record Why(Span span, String text) implements Fact {}

    /** {@code contact "…"}. */
    record Contact(Span span, String text) implements Fact {}

    /** {@code schema path a, b}. */
    record SchemaPath(Span span, List<Name> schemas) implements Fact {
        public SchemaPath {
            schemas = List.copyOf(schemas);
        }
    }

    /** {@code read as ansi DATABASES} or {@code read as documented DATABASES}. */
    record ReadAs(Span span, Reading reading, List<Name> databases) implements Fact {
        public ReadAs {
            databases = List.copyOf(databases);
        }
    }

    /** By what a database is read that is not known in full. */
    enum Reading {
        /** By what means the same in every database. */
        ANSI,
        /** By the documentation of the one at hand. */
        DOCUMENTED;

        /** The word that a policy has for it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code forbid VERBS}. */
    record Forbid(Span span, List<GrantedVerb> verbs) implements Fact {
        public Forbid {
            verbs = List.copyOf(verbs);
        }
    }

    /** {@code require where on VERBS}. */
    record RequireWhere(Span span, List<GrantedVerb> verbs) implements Fact {
        public RequireWhere {
            verbs = List.copyOf(verbs);
        }
    }

    /** {@code audit LEVEL}. */
    record Audit(Span span, AuditLevel level) implements Fact {}

    /** {@code durability DURABILITY}. */
    record Durable(Span span, Durability durability) implements Fact {}

    /** {@code mutable COLUMNS}. */
    record Mutable(Span span, List<Name> columns) implements Fact {
        public Mutable {
            columns = List.copyOf(columns);
        }
    }

    /** {@code connects as USERS}. */
    record ConnectsAs(Span span, List<Name> users) implements Fact {
        public ConnectsAs {
            users = List.copyOf(users);
        }
    }

    /** {@code grant VERBS on TARGET}. */
    record Granted(Span span, List<GrantedVerb> verbs, Target target) implements Fact {
        public Granted {
            verbs = List.copyOf(verbs);
        }
    }

    /** {@code grant VERBS on TARGET to COMPONENT}, as a waiver says it. */
    record Waived(Span span, List<GrantedVerb> verbs, Target target, Name component) implements Fact {
        public Waived {
            verbs = List.copyOf(verbs);
        }
    }

    /** {@code grant define to COMPONENT}, as a waiver says it. */
    record WaivedDefine(Span span, Name component) implements Fact {}

    /**
     * {@code limit VERB N rows}.
     *
     * @param verb the verb
     * @param verbSpan the place of the verb
     * @param rows the most rows
     * @param scope over what they are counted
     * @param exceptions what is allowed although its rows are not counted
     */
    record Limited(Span span, Verb verb, Span verbSpan, long rows, LimitScope scope, List<Exempted> exceptions)
            implements Fact {
        public Limited {
            exceptions = List.copyOf(exceptions);
        }
    }

    /** {@code bind values masked}, or {@code shown}. */
    record Bind(Span span, BindValues values) implements Fact {}

    /** {@code body sha256:…}. */
    record Bodies(Span span, List<Name> hashes) implements Fact {
        public Bodies {
            hashes = List.copyOf(hashes);
        }
    }

    /** {@code reasons REASONS}. */
    record Reasons(Span span, List<NamedReason> reasons) implements Fact {
        public Reasons {
            reasons = List.copyOf(reasons);
        }
    }

    /** {@code ticket "…"}. */
    record Ticket(Span span, String text) implements Fact {}

    /** {@code owner "…"}. */
    record Owner(Span span, String text) implements Fact {}

    /** {@code unwrap}, {@code define} or {@code administer}. */
    record Trusted(Span span, Power power) implements Fact {}

    /** {@code from TIME}, which is inside. */
    record From(Span span, Instant time) implements Fact {}

    /** {@code until TIME}, which is outside. */
    record Until(Span span, Instant time) implements Fact {}

    /** {@code as COMPONENT}. */
    record As(Span span, Name component) implements Fact {}

    /** {@code at TIME}. */
    record At(Span span, Instant time) implements Fact {}

    /** {@code dialect NAME}. */
    record InDialect(Span span, Name name) implements Fact {}

    /**
     * {@code allow "SQL"}, {@code deny REASONS "SQL"} or {@code would-deny REASONS "SQL"}.
     *
     * @param outcome what is expected
     * @param reasons why, if it is a denial; at least one then
     * @param rows how many rows the statement is taken to change; -1 where none is said
     * @param sql the statement
     */
    record Expected(Span span, ExpectedOutcome outcome, List<NamedReason> reasons, long rows, Name sql)
            implements Fact {
        public Expected {
            reasons = List.copyOf(reasons);
        }
    }
}
