package io.tierguard.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.PolicyLoader;
import io.tierguard.policy.PolicyOutcome;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Reason;
import io.tierguard.schema.LiveSchema;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.SessionFacts;
import java.util.List;

/** Opens sessions in which the same name is a mutable table in one schema and an immutable one in another. */
final class GuardedSessions {
    private static final String POLICY = """
            policy shop {}

            tier ledger is immutable

            tier operational is mutable

            table payment is ledger
            table orders is operational
            table tenant.note is operational
            table archive.note is ledger

            component checkout {
              grant select, insert on tier ledger
              grant select, insert, update, delete, create on tier operational
            }

            component admin {
              grant select, insert, update, delete on tier operational
            }

            trust admin {
              administer
              owner "dba@shop.example"
              until 2126-06-30T00:00Z
              why "looks after the database"
            }
            """;

    final RecordedAudit audit = new RecordedAudit();
    private final Policy policy;

    GuardedSessions() {
        PolicyOutcome outcome = PolicyLoader.load("shop.tierguard", POLICY);
        assertThat(outcome).isInstanceOf(PolicyOutcome.Loaded.class);
        this.policy = ((PolicyOutcome.Loaded) outcome).policy();
    }

    /** A session of checkout on PostgreSQL. */
    GuardSession open(Transactions.State transaction, String... path) {
        return guard("checkout").open(facts(path), place(), schema(), () -> transaction);
    }

    Guard guard(String component) {
        return new Guard(policy, policy.component(component).orElseThrow(), "1.0", Dialect.POSTGRESQL, audit);
    }

    static LiveSchema schema() {
        return LiveSchema.unread(Dialect.POSTGRESQL);
    }

    static ConnectionPlace place() {
        return ConnectionPlace.EMBEDDED;
    }

    static SessionFacts facts(String... path) {
        return new SessionFacts("app", "shop", List.of(path), LexicalModes.defaultsOf(Dialect.POSTGRESQL));
    }

    static Admission run(GuardSession session, String sql) {
        Admission admission = session.admit(sql, Placeholders.NONE, 0);
        if (admission instanceof Execution execution) {
            execution.completed(1);
        }
        return admission;
    }

    static void fail(GuardSession session, String sql) {
        Admission admission = session.admit(sql, Placeholders.NONE, 0);
        assertThat(admission).as(sql).isInstanceOf(Execution.class);
        ((Execution) admission).failed("22000");
    }

    static void allowed(GuardSession session, String... texts) {
        for (String sql : texts) {
            assertThat(run(session, sql)).as(sql).isInstanceOf(Execution.class);
        }
    }

    static void denied(GuardSession session, Reason reason, String sql) {
        Admission admission = run(session, sql);
        assertThat(admission).as(sql).isInstanceOf(Refusal.class);
        assertThat(((Refusal) admission).reason()).as(sql).isEqualTo(reason);
    }
}
