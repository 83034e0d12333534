package io.tierguard.guard;

import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Decision;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableClass;
import io.tierguard.policy.model.TableName;
import io.tierguard.sql.Dialect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * One component's policy as it holds in one kind of database: with the names that its server keeps, and with no wildcard
 * for tables whose rows are on another server.
 */
final class LivePolicy {
    private final Policy policy;
    private final Component component;
    private final Policy literal;
    private final Component literalComponent;

    private LivePolicy(Policy policy, String component) {
        this.policy = policy;
        this.component = policy.component(component).orElseThrow();
        this.literal = policy.withoutWildcards();
        this.literalComponent = literal.component(component).orElseThrow();
    }

    static LivePolicy of(Policy policy, Component component, Dialect dialect) {
        OptionalInt longest = dialect.longestName();
        return new LivePolicy(longest.isPresent() ? policy.cutTo(longest.getAsInt()) : policy, component.name());
    }

    Policy policy() {
        return policy;
    }

    Component component() {
        return component;
    }

    /**
     * Whether the component may do something to a table.
     *
     * @param shown the table's name as the statement gives it
     */
    Decision decide(Effect effect, TableName shown, ResolutionContext context, Instant moment) {
        if (!context.schema().couldBeForeign(effect.table(), context.searched())) {
            return policy.decide(component, effect, shown, moment);
        }
        Decision named = literal.decide(literalComponent, effect, shown, moment);
        if (named instanceof Decision.Deny deny) {
            return new Decision.Deny(
                    deny.denials().stream().map(LivePolicy::ofForeign).toList(), deny.window());
        }
        return isForeign(effect.table(), context) ? named : policy.decide(component, effect, shown, moment);
    }

    /** The classes that a table of this name falls into, the strictest of each policy that could hold for it. */
    List<TableClass> classes(TableName table, ResolutionContext context) {
        List<TableClass> classes = new ArrayList<>();
        if (context.schema().couldBeForeign(table, context.searched())) {
            literal.classify(table).ifPresent(classes::add);
        }
        if (!isForeign(table, context)) {
            policy.classify(table).ifPresent(classes::add);
        }
        return classes;
    }

    /** Whether a pattern without a wildcard is about a table. */
    boolean names(TableName table) {
        return literal.classify(table).isPresent();
    }

    private static boolean isForeign(TableName table, ResolutionContext context) {
        return context.schema().isForeign(table, context.searched());
    }

    private static Denial ofForeign(Denial denial) {
        return denial.reason() == Reason.UNCLASSIFIED_TABLE
                ? new Denial(
                        denial.reason(),
                        denial.sentence() + " by name, as a table on another server needs",
                        denial.rule(),
                        denial.contact())
                : denial;
    }
}
