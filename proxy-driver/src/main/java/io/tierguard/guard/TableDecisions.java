package io.tierguard.guard;

import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Decision;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableClass;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Window;
import io.tierguard.schema.EffectClosure;
import io.tierguard.schema.SchemaSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides effects on tables as one component's session names them.
 *
 * <p>An unqualified name is read as every classified table it could be in the schemas that the session searches; all of
 * them must allow the effect. Only where none of them is classified can it be one of the database's own catalogs.
 */
final class TableDecisions {
    private final Policy policy;
    private final Component component;
    private final Instant moment;

    /** Decisions at a moment. */
    TableDecisions(Policy policy, Component component, Instant moment) {
        this.policy = policy;
        this.component = component;
        this.moment = moment;
    }

    /** What the policy says of an effect in a context. */
    Decision decide(Effect effect, ResolutionContext context) {
        Decision decision = decideOnName(effect, context);
        boolean onUnknownTable =
                decision instanceof Decision.Deny deny && deny.denials().get(0).reason() == Reason.UNCLASSIFIED_TABLE;
        if (effect.verb().reads()
                && !effect.via().isEmpty()
                && classesOf(effect.table(), context).isEmpty()) {
            // A name that some database could take for a table, in a text that gives it to something else.
            return allowed(decision);
        }
        return onUnknownTable && effect.verb().reads() ? decideBehindView(effect, context, decision) : decision;
    }

    /** Reading through a view that the policy does not name is reading what is behind it. */
    private Decision decideBehindView(Effect effect, ResolutionContext context, Decision otherwise) {
        Set<TableName> behind = EffectClosure.tablesBehind(context.schema(), effect.table(), context.searched());
        if (behind.isEmpty()) {
            return otherwise;
        }
        Concurrence all = new Concurrence();
        all.add(otherwise);
        for (TableName table : behind) {
            Decision decision = decideOnName(effect.on(table), context);
            all.add(decision);
            if (decision instanceof Decision.Deny deny) {
                return all.denied(deny);
            }
        }
        return all.allowed();
    }

    /** What is allowed although the policy denies it, for as long as the policy says the same. */
    private static Decision allowed(Decision despite) {
        Concurrence alone = new Concurrence();
        alone.add(despite);
        return alone.allowed();
    }

    private Decision decideOnName(Effect effect, ResolutionContext context) {
        TableName table = effect.table();
        if (table.isQualified()) {
            return isSystemTable(table, context)
                    ? decideOnSystemTable(effect)
                    : policy.decide(component, effect, moment);
        }
        // The server finds its own catalogs before whatever else has their names.
        boolean isTaken = context.schema().hasTable(table, context.searched());
        if (isSystemTable(table, context) && !(isTaken && effect.verb().reads())) {
            return decideOnSystemTable(effect);
        }
        if (!context.schemasKnown()) {
            return decideOnUnclassified(effect, policy.decide(component, effect, moment), context);
        }
        List<TableName> candidates = classifiedCandidates(table, context);
        if (candidates.isEmpty()) {
            Effect first = effect.on(table.in(context.schemas().get(0)));
            return decideOnUnclassified(effect, policy.decide(component, first, table, moment), context);
        }
        if (candidates.size() == 1) {
            return policy.decide(component, effect.on(candidates.get(0)), table, moment);
        }
        Concurrence all = new Concurrence();
        for (TableName candidate : candidates) {
            Decision decision = policy.decide(component, effect.on(candidate), table, moment);
            all.add(decision);
            if (decision instanceof Decision.Deny deny) {
                return all.denied(deny);
            }
        }
        return all.allowed();
    }

    /** The classes a table named so could belong to in a context; empty when it is unclassified in all of them. */
    List<TableClass> classesOf(TableName table, ResolutionContext context) {
        if (isSystemTable(table, context) && table.isQualified()) {
            return List.of();
        }
        boolean asNamed = table.isQualified() || !context.schemasKnown();
        List<TableName> names = asNamed ? List.of(table) : classifiedCandidates(table, context);
        List<TableClass> classes = new ArrayList<>();
        for (TableName name : names) {
            policy.classify(name).ifPresent(classes::add);
        }
        return classes;
    }

    /** Whether a name could be a table: the policy classifies it, or the database has one, or nobody knows. */
    boolean couldBeTable(TableName name, ResolutionContext context) {
        return context.schema() == SchemaSnapshot.UNKNOWN
                || context.schema().hasTable(name, context.searched())
                || !classesOf(name, context).isEmpty()
                || isSystemTable(name, context);
    }

    /** The tables that the policy covers which an unqualified name could mean, in the order in which they are found. */
    List<TableName> classifiedCandidates(TableName table, ResolutionContext context) {
        List<TableName> candidates = new ArrayList<>();
        for (String schema : context.schemas()) {
            TableName candidate = table.in(schema);
            Optional<TableClass> tableClass =
                    isSystemTable(candidate, context) ? Optional.empty() : policy.classify(candidate);
            if (tableClass.isPresent()) {
                candidates.add(candidate);
            }
        }
        return candidates;
    }

    private static Decision decideOnUnclassified(Effect effect, Decision decision, ResolutionContext context) {
        boolean unclassified =
                decision instanceof Decision.Deny deny && deny.denials().get(0).reason() == Reason.UNCLASSIFIED_TABLE;
        boolean couldBeSystem = isSystemTable(effect.table(), context)
                || context.schemas().stream().anyMatch(schema -> isSystemCandidate(effect.table(), schema, context));
        return unclassified && couldBeSystem && effect.verb().reads() ? allowed(decision) : decision;
    }

    /** PostgreSQL searches {@code pg_catalog} in every session, yet only names that begin with {@code pg_} are in it. */
    private static boolean isSystemCandidate(TableName table, String schema, ResolutionContext context) {
        return !schema.equals("pg_catalog") && isSystemTable(table.in(schema), context);
    }

    private static Decision decideOnSystemTable(Effect effect) {
        if (effect.verb().reads()) {
            return Decision.ALLOW;
        }
        String sentence = "no component may " + effect.verb() + " " + effect.table()
                + ": it is one of the database's own catalogs, which are never written";
        return new Decision.Deny(List.of(new Denial(Reason.FORBIDDEN_VERB, sentence, "", "")), Window.ALWAYS);
    }

    private static boolean isSystemTable(TableName table, ResolutionContext context) {
        return context.modes().dialect().isSystemTable(table);
    }
}
