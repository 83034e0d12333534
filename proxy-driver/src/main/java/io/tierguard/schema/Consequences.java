package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.Mentions;
import io.tierguard.sql.RoutineCall;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/**
 * What has been found so far to follow from one effect, and what of it is still to be followed.
 *
 * <p>Cycles of foreign keys, views and inheritance end because each effect on each table is followed once.
 */
final class Consequences {
    private final Set<Effect> known = new LinkedHashSet<>();
    private final Set<Effect> explained = new HashSet<>();
    private final Set<Effect> seen = new HashSet<>();
    private final ArrayDeque<Effect> open = new ArrayDeque<>();
    private final ArrayDeque<Effect> asked = new ArrayDeque<>();
    private final Set<TableName> askedViews = new HashSet<>();
    private final Set<String> hidden = new LinkedHashSet<>();
    private final Set<Mentions> mentions = new LinkedHashSet<>();
    private final Set<RoutineCall> routines = new LinkedHashSet<>();
    private boolean followsCode;

    /** Notes an effect that has its whole explanation already; of those that the database adds, one explanation is enough. */
    void know(Effect effect) {
        if (effect.via().isEmpty() || explained.add(effect.because(""))) {
            known.add(effect);
        }
    }

    /** Whether an effect has not been met before, however it came about. */
    boolean isNew(Effect effect) {
        return seen.add(effect.because(""));
    }

    /**
     * Has an effect followed later that has not been met before.
     *
     * @return whether it has not
     */
    boolean follow(Effect effect) {
        boolean isNew = isNew(effect);
        if (isNew) {
            open.add(effect);
        }
        return isNew;
    }

    /** Notes an effect that the database adds, and has it followed later, unless it has been met before. */
    void add(Effect unexplained, String via) {
        if (isNew(unexplained)) {
            Effect added = unexplained.because(via);
            know(added);
            open.add(added);
        }
    }

    /** Notes code that runs and cannot be seen through, as a phrase. */
    void hide(String code) {
        hidden.add(code);
    }

    /** Notes that code runs which another statement may change. */
    void followCode() {
        followsCode = true;
    }

    /** Notes what the query of a view calls and names, and has followed later what it changes. */
    void ask(TableName name, ViewDefinition view, Effect cause) {
        routines.addAll(view.routines());
        mentions.addAll(view.mentions());
        if (askedViews.add(name)) {
            for (Effect change : view.changes()) {
                String via = chain(cause, name + " → " + change.table() + " by the query of the view");
                asked.add(uncounted(change.verb(), change.table(), change.columns())
                        .reaching(change.reach())
                        .because(via));
            }
        }
    }

    /** Whether the query of a view that is asked changes something that has not been followed. */
    boolean hasAsked() {
        return !asked.isEmpty();
    }

    /** The next of these changes, by the name that the query gives its table. */
    Effect nextAsked() {
        return asked.remove();
    }

    boolean hasOpen() {
        return !open.isEmpty();
    }

    Effect nextOpen() {
        return open.remove();
    }

    EffectClosure.Closed closed() {
        return new EffectClosure.Closed(
                List.copyOf(known), List.copyOf(hidden), List.copyOf(routines), List.copyOf(mentions), followsCode);
    }

    /** What changes rows that the statement does not tell of. */
    static Effect uncounted(Verb verb, TableName table, SortedSet<String> columns) {
        return new Effect(verb, table, columns, true, "", false);
    }

    /** The same of whole rows. */
    static Effect uncounted(Verb verb, TableName table) {
        return uncounted(verb, table, Collections.emptySortedSet());
    }

    /** How an effect came about, with one more link. */
    static String chain(Effect cause, String link) {
        return chain(cause.via(), link);
    }

    static String chain(String via, String link) {
        return via.isEmpty() ? link : via + ", then " + link;
    }
}
