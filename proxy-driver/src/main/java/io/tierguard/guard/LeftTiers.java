package io.tierguard.guard;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableClass;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.StatementEffects;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells which tables leave a tier in which they may not be dropped for one in which their rows may be lost: by a new name, as a part
 * that is one no more, as a sequence of another table. That is held to what dropping them is, and so is a new name, or a table of which
 * one becomes a part, under which the component may do more to the rows (rule V41).
 */
final class LeftTiers {

    private static final String OF_SEQUENCE = "ALTER SEQUENCE";

    private final TableDecisions tables;
    private final ResolutionContext context;

    /** Tells by what names mean before the statement. */
    LeftTiers(TableDecisions tables, ResolutionContext context) {
        this.tables = tables;
        this.context = context;
    }

    /** The drops that a statement comes to. */
    List<Effect> drops(StatementEffects.Understood statement) {
        if (!statement.operation().startsWith("ALTER ")
                && !statement.operation().startsWith("RENAME ")) {
            return List.of();
        }
        List<Effect> drops = new ArrayList<>();
        for (Effect one : statement.effects()) {
            for (Effect other : statement.effects()) {
                if (mayBeRenamed(one) && isGiven(other)) {
                    renamed(one.table(), other.table()).ifPresent(drops::add);
                }
                if (one.reach() == Reach.MEMBERS && other.verb() == Verb.ALTER) {
                    (isPart(other.table(), one.table())
                                    ? detached(one.table(), other.table())
                                    : attached(one.table(), other.table()))
                            .ifPresent(drops::add);
                }
                if (statement.operation().equals(OF_SEQUENCE)
                        && one.verb() == Verb.ALTER
                        && other.verb() == Verb.EXTEND) {
                    drop(one.table(), other.table(), "table " + other.table() + ", with which it goes")
                            .ifPresent(drops::add);
                }
            }
        }
        return drops;
    }

    /** The deletions that an UPDATE comes to, which moves rows from one partition to another. */
    List<Effect> moves(Effect update) {
        if (update.verb() != Verb.UPDATE) {
            return List.of();
        }
        Set<TableName> parts = context.schema().partsThatRowsMoveBetween(update, context.searched());
        List<Effect> deletions = new ArrayList<>();
        for (TableName from : parts) {
            parts.stream()
                    .filter(to -> isLaxer(to, from, Verb.DELETE))
                    .findAny()
                    .map(to -> new Effect(
                            Verb.DELETE,
                            from,
                            Collections.emptySortedSet(),
                            update.hasWhere(),
                            "rows that move to " + to + ", under which more is allowed",
                            false))
                    .ifPresent(deletions::add);
        }
        return deletions;
    }

    /** The drop that a new name comes to, for which its own grant is needed where tiers leave as much room for either. */
    Optional<Effect> renamed(TableName from, TableName to) {
        return drop(from, to, "the new name " + to)
                .or(() -> tables.losesMore(to, from, context)
                        ? Optional.of(drop(from, "the new name " + to + ", under which more is allowed")
                                .reaching(Reach.OLD_NAME))
                        : Optional.empty());
    }

    private Optional<Effect> detached(TableName whole, TableName part) {
        return drop(whole, part, "its part " + part + ", which is no more a part of it");
    }

    /** The drop that it comes to where the component may lose rows by the whole that it may not lose by the part itself. */
    private Optional<Effect> attached(TableName whole, TableName part) {
        return tables.losesMoreAsPart(whole, part, context)
                ? Optional.of(drop(part, whole + ", of which it becomes a part and under which more is allowed")
                        .reaching(Reach.OLD_NAME))
                : Optional.empty();
    }

    private Optional<Effect> drop(TableName from, TableName to, String how) {
        return isLaxer(to, from)
                ? Optional.of(drop(from, how + (how.indexOf(',') < 0 ? "," : " and") + " under which more is allowed"))
                : Optional.empty();
    }

    private static Effect drop(TableName table, String via) {
        return new Effect(Verb.DROP, table, Collections.emptySortedSet(), true, via);
    }

    /** Whether one is a part of the other as the schema is, so that a statement on both takes it away. */
    private boolean isPart(TableName part, TableName whole) {
        List<TableName> parts = context.schema().tablesNamed(part, context.searched());
        return context.schema().tablesNamed(whole, context.searched()).stream()
                .map(context.schema()::partsOf)
                .anyMatch(all -> parts.stream().anyMatch(all::contains));
    }

    private static boolean mayBeRenamed(Effect effect) {
        return effect.verb() == Verb.ALTER
                && effect.reach() != Reach.REFERRING_ROWS
                && effect.reach() != Reach.TEMPORARY;
    }

    private static boolean isGiven(Effect effect) {
        return effect.verb() == Verb.CREATE && effect.reach() != Reach.TEMPORARY;
    }

    private boolean isLaxer(TableName to, TableName from) {
        return isLaxer(to, from, Verb.DROP);
    }

    /**
     * Whether one of the classes that the one could be in leaves room for a loss that one of the other's does not, which has none for
     * what leads there.
     */
    private boolean isLaxer(TableName to, TableName from, Verb leading) {
        List<TableClass> given = tables.classesOf(to, context);
        return tables.classesOf(from, context).stream()
                .filter(old -> !old.leavesRoomFor(leading))
                .anyMatch(old -> Arrays.stream(Verb.values())
                        .filter(loss -> loss.losesRows() && !old.leavesRoomFor(loss))
                        .anyMatch(loss -> given.stream().anyMatch(now -> now.leavesRoomFor(loss))));
    }
}
