package io.tierguard.guard;

import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Decision;
import io.tierguard.policy.model.DecisionPath;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.RuleKind;
import io.tierguard.policy.model.Step;
import io.tierguard.policy.model.TableName;
import io.tierguard.schema.AskedViews;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the rules behind each decision while a text is judged. */
final class PathCollector implements Witness {
    private static final String BECAUSE = ": ";

    private final Policy policy;
    private final Component component;
    private final Instant moment;
    private final TableDecisions tables;
    private final List<ExplainedStatement> closed = new ArrayList<>();
    private final Set<DecisionPath> paths = new LinkedHashSet<>();
    private String operation = "";

    PathCollector(LivePolicy policy, Instant moment) {
        this.policy = policy.policy();
        this.component = policy.component();
        this.moment = moment;
        this.tables = new TableDecisions(policy, moment);
    }

    /** The statements so far; the last one ends with this. */
    List<ExplainedStatement> statements() {
        close();
        return closed;
    }

    @Override
    public void begins(String next) {
        close();
        operation = next;
    }

    @Override
    public void decided(Effect effect, ResolutionContext context, Decision decision) {
        List<TableName> names = namesOf(effect.table(), context);
        if (!names.isEmpty() && !isSystemTable(effect.table(), context)) {
            names.forEach(name -> paths.add(path(effect.on(name), effect.table())));
            return;
        }
        DecisionPath unsettled = path(effect, effect.table());
        Set<TableName> behind = effect.verb().reads()
                ? AskedViews.tablesBehind(context.schema(), effect.table(), context.searched())
                : Set.of();
        if (!behind.isEmpty()) {
            String clause = "it is a view that no pattern covers: what is behind it decides";
            paths.add(unsettled.settledBy(decision, step(Step.Answer.TELLS, clause, "")));
            behind.forEach(table -> paths.add(path(effect.on(table), table)));
        } else if (decision instanceof Decision.Deny deny) {
            Denial denial = deny.denials().get(0);
            paths.add(unsettled.settledBy(decision, step(Step.Answer.DENIES, clause(denial), denial.rule())));
        } else {
            String clause = "it is one of the database's own catalogs, which may be read, or no table at all";
            paths.add(unsettled.settledBy(decision, step(Step.Answer.PERMITS, clause, "")));
        }
    }

    private List<TableName> namesOf(TableName table, ResolutionContext context) {
        if (tables.classesOf(table, context).isEmpty()) {
            return List.of();
        }
        boolean asNamed = table.isQualified() || !context.schemasKnown();
        return asNamed ? List.of(table) : tables.classifiedCandidates(table, context);
    }

    private DecisionPath path(Effect effect, TableName shown) {
        return policy.explain(component, effect, shown, moment);
    }

    private void close() {
        if (!operation.isEmpty()) {
            closed.add(new ExplainedStatement(operation, List.copyOf(paths)));
            paths.clear();
            operation = "";
        }
    }

    private static boolean isSystemTable(TableName table, ResolutionContext context) {
        return context.modes().dialect().isSystemTable(table);
    }

    private static Step step(Step.Answer answer, String clause, String rule) {
        return new Step(RuleKind.TABLE, answer, clause, rule);
    }

    private static String clause(Denial denial) {
        int because = denial.sentence().lastIndexOf(BECAUSE);
        return because < 0 ? denial.sentence() : denial.sentence().substring(because + BECAUSE.length());
    }
}
