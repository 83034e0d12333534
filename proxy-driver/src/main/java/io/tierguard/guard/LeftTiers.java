package io.tierguard.guard;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableClass;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.StatementEffects;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Tells which tables leave, by a new name, a tier in which they may not be dropped for one in which their rows may be lost: that is
 * held to what dropping them is (rule V41).
 */
final class LeftTiers {

    /** By which rows are lost or made into others. */
    private static final Set<Verb> LOSSES = Set.of(Verb.UPDATE, Verb.DELETE, Verb.TRUNCATE, Verb.DROP);

    private LeftTiers() {}

    /** The drops that a statement comes to by the new names that it gives. */
    static List<Effect> drops(StatementEffects.Understood statement, TableDecisions tables, ResolutionContext context) {
        if (!statement.operation().startsWith("ALTER ")
                && !statement.operation().startsWith("RENAME ")) {
            return List.of();
        }
        List<Effect> effects = statement.effects();
        return effects.stream()
                .filter(LeftTiers::mayBeRenamed)
                .flatMap(from -> effects.stream()
                        .filter(to -> isGiven(to) && isLaxer(to.table(), from.table(), tables, context))
                        .map(to -> new Effect(
                                Verb.DROP,
                                from.table(),
                                Collections.emptySortedSet(),
                                true,
                                "the new name " + to.table() + ", under which more is allowed")))
                .toList();
    }

    private static boolean mayBeRenamed(Effect effect) {
        return effect.verb() == Verb.ALTER
                && effect.reach() != Reach.REFERRING_ROWS
                && effect.reach() != Reach.TEMPORARY;
    }

    private static boolean isGiven(Effect effect) {
        return effect.verb() == Verb.CREATE && effect.reach() != Reach.TEMPORARY;
    }

    /** Whether one of the classes that the new name could be in leaves room for a loss that one of the old one's does not. */
    private static boolean isLaxer(TableName to, TableName from, TableDecisions tables, ResolutionContext context) {
        List<TableClass> given = tables.classesOf(to, context);
        return tables.classesOf(from, context).stream()
                .filter(old -> !old.leavesRoomFor(Verb.DROP))
                .anyMatch(old -> LOSSES.stream()
                        .filter(loss -> !old.leavesRoomFor(loss))
                        .anyMatch(loss -> given.stream().anyMatch(now -> now.leavesRoomFor(loss))));
    }
}
