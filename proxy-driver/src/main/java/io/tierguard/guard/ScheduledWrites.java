package io.tierguard.guard;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Power;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableClass;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.schema.EffectClosure;
import io.tierguard.schema.ScheduledCode;
import io.tierguard.schema.StatedCode;
import io.tierguard.sql.Mentions;
import io.tierguard.sql.StatementEffects;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells what events of MySQL and MariaDB would write once a statement gives a name another meaning, or refers to it by a key that
 * acts: an event runs where nobody judges it, so that who gives the name is judged for it.
 *
 * <p>What an event does by a name as it is, is nothing that the statement adds. INVARIANT: of statements in one text, all of
 * which are judged by the schema before it, none leads an event anywhere behind another that leads anybody. Used by one thread,
 * for one text.
 */
final class ScheduledWrites {
    /** What may be done to the rows behind a view. */
    private static final Set<Verb> THROUGH_VIEWS = Set.of(Verb.INSERT, Verb.UPDATE, Verb.DELETE);

    /** What a key that acts does to the rows that refer to others. */
    private static final List<Verb> BY_KEYS = List.of(Verb.UPDATE, Verb.DELETE);

    /** Whether a statement of the text has given a name such a meaning. */
    private boolean anyLeads;

    /** Whether the text has defined code by which an event may set columns of whichever table has them. */
    private boolean anyIsDefined;

    /** Whether an event writes one of those names, or may do so by code that the text has defined. */
    private boolean anyIsWritten;

    /** What a statement does to names, by which an event may come to do something else. */
    private enum Way {
        /** The name stands for what the statement reads. */
        VIEW,
        /** The name is that of a table that was called otherwise. */
        RENAMED,
        /** The rows of a table refer to those of the name. */
        KEY
    }

    /** A name that an event may write, and what it comes to write by it then. */
    private record Leading(TableName name, TableName to, Way way) {}

    /**
     * Follows a statement.
     *
     * @param mentions what it names
     * @param added is given what events do because of it
     * @return what is against it because that cannot be told, as a clause; empty where nothing is
     */
    Optional<String> follow(
            StatementEffects.Understood statement,
            Mentions mentions,
            Supplier<List<ScheduledCode>> known,
            ResolutionContext context,
            TableDecisions tables,
            Consumer<Effect> added) {
        boolean defines = statement.powers().contains(Power.DEFINE)
                && !statement.operation().startsWith("DROP ");
        boolean isOfEvents =
                context.schema().hasEvents() || statement.operation().endsWith(" EVENT");
        boolean movesColumns = !defines && ScheduledColumns.areMovedBy(statement);
        if (movesColumns && anyIsDefined) {
            return Optional.of(
                    "what an event would set by it cannot be told behind code that the same text or batch defines;"
                            + " run the statements one by one");
        }
        if (movesColumns && context.schema().hasEvents()) {
            new ScheduledColumns(context, mentions, added).follow(statement, known.get());
        }
        if (defines) {
            anyIsWritten |= isOfEvents;
            anyIsDefined |= isOfEvents && ScheduledColumns.couldBeSetIn(statement);
        }
        List<Leading> leading = leading(statement, context);
        boolean canBeWritten = anyIsWritten || context.schema().hasEvents();
        if (leading.isEmpty() || !canBeWritten) {
            anyLeads |= !leading.isEmpty();
            return Optional.empty();
        }
        List<ScheduledCode> events = known.get();
        Set<String> names = new HashSet<>();
        statement.effects().stream()
                .filter(effect -> !effect.verb().reads())
                .forEach(effect -> names.add(effect.table().name()));
        boolean isWritten = events.stream().anyMatch(event -> event.meets(names));
        boolean isUntold = anyIsWritten || (isWritten && anyLeads);
        for (ScheduledCode event : isUntold ? List.<ScheduledCode>of() : events) {
            for (Leading each : leading) {
                for (Effect write : event.on(each.name(), context.searched())) {
                    add(event, write, each, context, tables, added);
                }
            }
        }
        anyLeads = true;
        anyIsWritten |= isWritten;
        return isUntold
                ? Optional.of(
                        "what an event would write by the name then cannot be told behind the change before it in one"
                                + " text or batch; run the statements one by one")
                : Optional.empty();
    }

    private static void add(
            ScheduledCode event,
            Effect write,
            Leading leading,
            ResolutionContext context,
            TableDecisions tables,
            Consumer<Effect> added) {
        String via = event.event() + ", which writes " + leading.name() + ", when it runs";
        switch (leading.way()) {
            case VIEW -> {
                if (THROUGH_VIEWS.contains(write.verb())) {
                    added.accept(through(Effect.of(write.verb(), leading.to()), via));
                }
            }
            case RENAMED -> {
                if (!(isAsOpen(leading, context, tables) && endsAt(leading.to(), write, context))) {
                    added.accept(through(write.on(leading.to()), via));
                }
            }
            case KEY -> {
                if (BY_KEYS.contains(write.verb())) {
                    BY_KEYS.forEach(verb -> added.accept(through(Effect.of(verb, leading.to()), via)));
                }
            }
        }
    }

    private static Effect through(Effect effect, String via) {
        return new Effect(effect.verb(), effect.table(), effect.columns(), true, via, false);
    }

    /** Whether the policy says at least as much against what the event has done by the name. */
    private static boolean isAsOpen(Leading leading, ResolutionContext context, TableDecisions tables) {
        List<TableClass> before = tables.classesOf(leading.name(), context);
        List<TableClass> renamed = tables.classesOf(leading.to(), context);
        return !leading.to().equals(leading.name())
                && !before.isEmpty()
                && before.stream().allMatch(one -> renamed.stream().allMatch(one::isNoLaxerThan));
    }

    /** Whether nothing but the table itself is changed by it. */
    private static boolean endsAt(TableName table, Effect write, ResolutionContext context) {
        EffectClosure.Closed closed =
                EffectClosure.close(context.schema(), write.on(table), context.searched(), StatedCode.NONE);
        List<TableName> meant = context.schema().tablesNamed(table, context.searched());
        return closed.hiddenCode().isEmpty()
                && closed.routines().isEmpty()
                && closed.effects().stream().map(Effect::table).allMatch(meant::contains);
    }

    private static List<Leading> leading(StatementEffects.Understood statement, ResolutionContext context) {
        List<TableName> made = new ArrayList<>();
        List<TableName> altered = new ArrayList<>();
        List<TableName> referred = new ArrayList<>();
        List<TableName> read = new ArrayList<>();
        for (Effect effect : statement.effects()) {
            if (effect.reach() == Reach.TEMPORARY) {
                continue; // no event finds it
            }
            switch (effect.verb()) {
                case CREATE -> made.add(effect.table());
                case ALTER -> (effect.reach() == Reach.REFERRING_ROWS ? referred : altered).add(effect.table());
                case SELECT -> read.add(effect.table());
                case EXTEND, INSERT, UPDATE, DELETE, TRUNCATE, DROP -> {
                    // Gives no name.
                }
            }
        }
        List<TableName> changed = new ArrayList<>(made);
        changed.addAll(altered);
        boolean isTable = statement.operation().equals("CREATE TABLE");
        boolean isAlteredTable = statement.operation().equals("ALTER TABLE")
                || statement.operation().equals("RENAME TABLE");
        List<Leading> leading = new ArrayList<>();
        pair(leading, referred, changed, Way.KEY);
        if (!isTable) {
            pair(leading, made, altered, Way.RENAMED);
        }
        if (!isTable && !isAlteredTable) {
            pair(leading, changed, read, Way.VIEW);
        }
        for (TableName name : made) {
            if (context.schema().isAwaited(name, context.searched())) {
                leading.add(new Leading(name, name, Way.RENAMED));
            }
        }
        return leading;
    }

    private static void pair(List<Leading> leading, List<TableName> names, List<TableName> others, Way way) {
        for (TableName name : names) {
            for (TableName other : others) {
                if (!other.equals(name)) {
                    leading.add(new Leading(name, other, way));
                }
            }
        }
    }
}
