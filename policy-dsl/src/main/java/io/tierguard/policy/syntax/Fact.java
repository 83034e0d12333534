package io.tierguard.policy.syntax;

import io.tierguard.policy.model.AuditLevel;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.source.Span;
import java.util.List;

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
}
