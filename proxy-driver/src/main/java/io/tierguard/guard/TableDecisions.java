package io.tierguard.guard;

import io.tierguard.policy.model.BindValues;
import io.tierguard.policy.model.Decision;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reason;
import io.tierguard.policy.model.TableClass;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.policy.model.Window;
import io.tierguard.schema.AskedViews;
import io.tierguard.schema.SweptTables;
import io.tierguard.sql.Dialect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Decides effects on tables as one component's session names them.
 *
 * <p>An unqualified name is read as every classified table it could be in the schemas that the session searches; all of
 * them must allow the effect. Only where none of them is classified can it be one of the database's own catalogs.
 */
final class TableDecisions {
    private final LivePolicy policy;
    private final Instant moment;

    /** Decisions at a moment. */
    TableDecisions(LivePolicy policy, Instant moment) {
        this.policy = policy;
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
        if (onUnknownTable && effect.verb().reads()) {
            return decideBehindView(effect, context, decision);
        }
        return isUnnamedPart(effect, context) ? Decision.ALLOW : decision;
    }

    /**
     * Whether the schema leads the effect to a partition that no pattern covers, which is as its ancestors are, of which
     * each is decided by itself; or drops a view that no pattern covers, or a rule of one, which holds no rows.
     */
    private boolean isUnnamedPart(Effect effect, ResolutionContext context) {
        TableName table = effect.table();
        boolean takesAway = effect.verb() == Verb.DROP || effect.verb() == Verb.ALTER;
        boolean isView = takesAway && SweptTables.isView(context.schema(), table);
        return !effect.via().isEmpty()
                && (isView || context.schema().isPart(table))
                && !context.schema().couldBeForeign(table, context.searched())
                && policy.classes(table, context).isEmpty();
    }

    /** Reading through a view that the policy does not name is reading what is behind it. */
    private Decision decideBehindView(Effect effect, ResolutionContext context, Decision otherwise) {
        Set<TableName> behind = AskedViews.tablesBehind(context.schema(), effect.table(), context.searched());
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
                    ? decideOnSystemTable(effect, context)
                    : policy.decide(effect, table, context, moment);
        }
        if (!effect.verb().reads() && couldBeInSystemSchema(effect, context)) {
            return decideOnSystemTable(effect, context);
        }
        if (isSystemTable(table, context) && !isOfUsers(effect, context)) {
            return decideOnSystemTable(effect, context);
        }
        if (!context.schemasKnown()) {
            return decideOnUnclassified(effect, policy.decide(effect, table, context, moment), context);
        }
        List<TableName> candidates = classifiedCandidates(table, context);
        if (candidates.isEmpty()) {
            Effect first = effect.on(table.in(context.schemas().get(0)));
            return decideOnUnclassified(effect, policy.decide(first, table, context, moment), context);
        }
        if (candidates.size() == 1) {
            return policy.decide(effect.on(candidates.get(0)), table, context, moment);
        }
        Concurrence all = new Concurrence();
        for (TableName candidate : candidates) {
            Decision decision = policy.decide(effect.on(candidate), table, context, moment);
            all.add(decision);
            if (decision instanceof Decision.Deny deny) {
                return all.denied(deny);
            }
        }
        return all.allowed();
    }

    /**
     * Whether the path leads to a schema of the database's own before the table is certainly found: what somebody has made there is
     * in no list of tables. PostgreSQL searches {@code pg_catalog} in every session, where nobody makes any.
     */
    private static boolean couldBeInSystemSchema(Effect effect, ResolutionContext context) {
        for (String schema : context.schemas()) {
            TableName candidate = effect.table().in(schema);
            if (isSystemCandidate(effect.table(), schema, context)) {
                return true;
            }
            boolean isFound = effect.verb() == Verb.CREATE
                    ? !schema.equals("pg_catalog")
                    : context.schema().hasTable(candidate, context.searched());
            if (isFound) {
                return false;
            }
        }
        return false;
    }

    /** Whether bound values are told of an effect: every tier that its table could be in shows them, and there is one. */
    boolean showsValues(Effect effect, ResolutionContext context) {
        List<TableClass> classes = classesOf(effect.table(), context);
        for (TableClass tableClass : classes) {
            if (tableClass.tier().bindValues() != BindValues.SHOWN) {
                return false;
            }
        }
        return !classes.isEmpty() || isUnnamedPart(effect, context);
    }

    /** The classes a table named so could belong to in a context; empty when it is unclassified in all of them. */
    List<TableClass> classesOf(TableName table, ResolutionContext context) {
        if (isSystemTable(table, context) && table.isQualified()) {
            return List.of();
        }
        List<TableClass> classes = new ArrayList<>();
        for (TableName name : namesOf(table, context)) {
            classes.addAll(policy.classes(name, context));
        }
        return classes;
    }

    /** The tables that a name could mean, of which the policy speaks where it is not qualified. */
    private List<TableName> namesOf(TableName table, ResolutionContext context) {
        boolean asNamed = table.isQualified() || !context.schemasKnown();
        return asNamed ? List.of(table) : classifiedCandidates(table, context);
    }

    /** Whether the component may lose rows of a table under a new name that it may not lose under the old one. */
    boolean losesMore(TableName now, TableName then, ResolutionContext context) {
        return isOfAny(now, then, context, policy.component()::losesMore);
    }

    /** Whether the component may lose rows of a table through another of which it becomes a part, and not by the table itself. */
    boolean losesMoreAsPart(TableName whole, TableName part, ResolutionContext context) {
        return isOfAny(whole, part, context, policy.component()::losesMoreAsPart);
    }

    /** Whether something is true of one of the classes that the one table could be in, and one of the other's. */
    private boolean isOfAny(TableName one, TableName other, ResolutionContext context, OfTwoClasses isTrue) {
        for (TableName oneName : namesOf(one, context)) {
            for (TableName otherName : namesOf(other, context)) {
                for (TableClass ofOne : policy.classes(oneName, context)) {
                    for (TableClass ofOther : policy.classes(otherName, context)) {
                        if (isTrue.of(oneName, ofOne, otherName, ofOther)) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    /** Tells something of two tables in the classes that they could be in. */
    @FunctionalInterface
    private interface OfTwoClasses {
        boolean of(TableName one, TableClass ofOne, TableName other, TableClass ofOther);
    }

    /** Whether a name could be a table: the policy classifies it, or the database has one, or nobody knows. */
    boolean couldBeTable(TableName name, ResolutionContext context) {
        return context.schema().isUnknown()
                || context.schema().hasTable(name, context.searched())
                || !classesOf(name, context).isEmpty()
                || isSystemTable(name, context);
    }

    /** The tables that the policy covers which an unqualified name could mean, in the order in which they are found. */
    List<TableName> classifiedCandidates(TableName table, ResolutionContext context) {
        List<TableName> candidates = new ArrayList<>();
        for (String schema : context.schemas()) {
            TableName candidate = table.in(schema);
            if (!isSystemTable(candidate, context) && isClassified(candidate, context)) {
                candidates.add(candidate);
            }
        }
        return candidates;
    }

    private boolean isClassified(TableName candidate, ResolutionContext context) {
        return context.schema().couldBeForeign(candidate, context.searched())
                || !policy.classes(candidate, context).isEmpty();
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

    /** Whether a name that catalogs have means a user's: the server finds its own before whatever else is called so. */
    private static boolean isOfUsers(Effect effect, ResolutionContext context) {
        TableName table = effect.table();
        boolean isTaken = context.schema().hasTable(table, context.searched())
                || !context.schema().sequencesNamed(table, context.searched()).isEmpty();
        if (effect.verb().reads()) {
            return isTaken;
        }
        return context.modes().dialect().isAlsoMadeByUsers(table)
                && (context.modes().dialect() != Dialect.POSTGRESQL || isTaken || effect.verb() == Verb.CREATE);
    }

    private static Decision decideOnSystemTable(Effect effect, ResolutionContext context) {
        if (effect.verb().reads()) {
            return Decision.ALLOW;
        }
        boolean isUnknown = context.modes().dialect() == Dialect.POSTGRESQL
                && context.modes().dialect().isAlsoMadeByUsers(effect.table());
        String sentence = "no component may " + effect.verb() + " " + effect.table()
                + (isUnknown
                        ? ": its name begins with pg_, as those of the database's own catalogs do, which are never written, and"
                                + " nobody is known to have made a table called so; name its schema"
                        : ": it is one of the database's own catalogs, which are never written");
        return new Decision.Deny(List.of(new Denial(Reason.FORBIDDEN_VERB, sentence, "", "")), Window.ALWAYS);
    }

    private static boolean isSystemTable(TableName table, ResolutionContext context) {
        return context.modes().dialect().isSystemTable(table);
    }
}
