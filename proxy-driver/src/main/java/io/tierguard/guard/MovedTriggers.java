package io.tierguard.guard;

import io.tierguard.policy.model.CodeFact;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.schema.Trigger;
import io.tierguard.sql.StatementEffects;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells which triggers a statement brings under what the policy says of others: it gives their table another name, or makes a
 * table that takes them over as a part of theirs.
 *
 * <p>Used by one thread, for one text.
 */
final class MovedTriggers {
    /** By a name that this text has given, the tables that may have it now, as they were called before. */
    private final Map<String, Set<TableName>> named = new HashMap<>();

    /** What is against a statement, as a clause; empty when nothing is. */
    Optional<String> against(StatementEffects.Understood statement, Policy policy, ResolutionContext context) {
        Optional<String> found = Optional.empty();
        List<Effect> effects = statement.effects();
        boolean isNew = statement.operation().startsWith("CREATE ");
        for (Effect from : effects) {
            Set<TableName> sources = isSource(from) ? sources(from.table(), context) : Set.of();
            for (Effect to : sources.isEmpty() ? List.<Effect>of() : effects) {
                if (isTarget(to) && !to.table().equals(from.table())) {
                    for (TableName source : sources) {
                        found = found.or(() -> against(source, targets(to, source, isNew, context), policy, context));
                    }
                    named.computeIfAbsent(to.table().name(), first -> new LinkedHashSet<>())
                            .addAll(sources);
                }
            }
        }
        return found;
    }

    private static boolean isSource(Effect effect) {
        return isWhole(effect) && (effect.verb() == Verb.ALTER || effect.verb() == Verb.EXTEND);
    }

    /** A new name, or a table that becomes a part. */
    private static boolean isTarget(Effect effect) {
        return isWhole(effect) && (effect.verb() == Verb.ALTER || effect.verb() == Verb.CREATE);
    }

    private static boolean isWhole(Effect effect) {
        return switch (effect.reach()) {
            case TABLE, PARTS, MEMBERS -> true;
            case IF_THERE,
                    KEY,
                    COLUMNS,
                    COLUMNS_IF_THERE,
                    REFERRING_ROWS,
                    NUMBERS,
                    REBUILT,
                    SHAPE,
                    ROWS_IN_THE_WAY,
                    SAME_VALUES,
                    SAME_NUMBER,
                    TEMPORARY,
                    OLD_NAME,
                    ROWS_KEPT -> false;
        };
    }

    private Set<TableName> sources(TableName table, ResolutionContext context) {
        Set<TableName> sources = new LinkedHashSet<>(context.schema().tablesNamed(table, context.searched()));
        sources.addAll(named.getOrDefault(table.name(), Set.of()));
        return sources;
    }

    /** What a name means that is given to a table, or to a new one; with it its parts take triggers over. */
    private static List<TableName> targets(Effect to, TableName source, boolean isNew, ResolutionContext context) {
        List<TableName> targets = new ArrayList<>();
        if (to.verb() == Verb.ALTER) {
            for (TableName part : context.schema().tablesNamed(to.table(), context.searched())) {
                targets.add(part);
                targets.addAll(context.schema().partsOf(part));
            }
        } else if (isNew && !to.table().isQualified()) {
            context.schemas().forEach(schema -> targets.add(to.table().in(schema)));
        } else {
            targets.add(to.table().isQualified() ? to.table() : to.table().in(source.schema()));
        }
        return targets;
    }

    private static Optional<String> against(
            TableName source, List<TableName> targets, Policy policy, ResolutionContext context) {
        for (Trigger trigger : context.schema().triggersOf(source)) {
            for (TableName target : targets) {
                Optional<CodeFact> fact = policy.trigger(trigger.name(), target, trigger.bodies());
                if (fact.isPresent() && fact.get().bodies().isEmpty() && !isSaid(fact.get(), trigger, policy)) {
                    String body = trigger.body().isEmpty() ? "a body" : "body " + trigger.body();
                    return Optional.of("the policy says what " + trigger.kind() + " " + trigger.name() + " of " + target
                            + " does, whatever its body (" + fact.get().rule() + "), and would say it of that of "
                            + source
                            + "; it takes " + body + " there, or a waiver with grant define");
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the policy says no more of a trigger where it is now. */
    private static boolean isSaid(CodeFact fact, Trigger trigger, Policy policy) {
        return policy.trigger(trigger.name(), trigger.table(), trigger.bodies())
                .filter(now -> fact.effects().containsAll(now.effects()))
                .isPresent();
    }
}
