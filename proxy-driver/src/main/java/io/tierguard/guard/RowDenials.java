package io.tierguard.guard;

import io.tierguard.audit.AuditEffect;
import io.tierguard.audit.AuditStatement;
import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Limit;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.Verb;
import java.util.Set;
import java.util.TreeSet;

/** Words the denial of a statement that is over a limit, or that nobody can hold to one. */
final class RowDenials {

    private RowDenials() {}

    /** The denial of a statement that changed so many rows; -1 where nobody knows how many. */
    static Denial of(Guard guard, AuditStatement statement, Limit limit, long rows) {
        if (rows < 0) {
            return uncounted(guard, statement, limit, "the database did not tell how many rows it changed");
        }
        return of(guard.policy(), guard.component(), statement, limit, rows);
    }

    /** The denial of a statement that would change so many rows. */
    static Denial of(Policy policy, Component component, AuditStatement statement, Limit limit, long rows) {
        String unit = (rows == 1 ? " row " : " rows ") + (limit.verb() == Verb.INSERT ? "into " : "of ");
        return denial(policy, component, limit, rows + unit + tables(statement, limit), "");
    }

    /** The denial of a statement whose rows cannot be counted for a reason. */
    static Denial uncounted(Guard guard, AuditStatement statement, Limit limit, String because) {
        return denial(guard.policy(), guard.component(), limit, tables(statement, limit), ", and " + because);
    }

    private static Denial denial(Policy policy, Component component, Limit limit, String object, String because) {
        String sentence =
                component.name() + " may not " + limit.verb() + " " + object + ": " + limit.clause() + because;
        return new Denial(Reason.ROW_LIMIT, sentence, limit.rule(), policy.contact());
    }

    /** The tables whose rows the statement changes by the limit's verb, as it names them. */
    private static String tables(AuditStatement statement, Limit limit) {
        Set<String> tables = new TreeSet<>();
        for (AuditEffect effect : statement.effects()) {
            if (effect.verb() == limit.verb() && effect.via().isEmpty()) {
                tables.add(effect.table());
            }
        }
        return String.join(" and ", tables);
    }
}
