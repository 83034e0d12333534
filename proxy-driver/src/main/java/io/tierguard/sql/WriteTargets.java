package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.ParenthesedFromItem;
import org.jspecify.annotations.Nullable;

/**
 * The tables that an UPDATE or DELETE over several tables may write.
 *
 * <p>A target may be named by an alias from the same statement. Where a database could take the name for either, both the
 * table of that name and the one behind the alias are written. The name of a common table expression is never a target.
 */
final class WriteTargets {

    private final List<Table> tables = new ArrayList<>();
    private final List<FromItem> others = new ArrayList<>();

    /** Adds the tables of FROM or USING. */
    WriteTargets from(@Nullable FromItem item) {
        Deque<FromItem> items = new ArrayDeque<>();
        if (item != null) {
            items.add(item);
        }
        while (!items.isEmpty()) {
            FromItem next = items.removeFirst();
            if (next instanceof Table table) {
                tables.add(table);
            } else if (next instanceof ParenthesedFromItem group && group.getAlias() == null) {
                add(items, group.getFromItem());
                for (Join join : orEmpty(group.getJoins())) {
                    add(items, join.getFromItem());
                }
            } else {
                others.add(next);
            }
        }
        return this;
    }

    /** Adds the tables of joins. */
    WriteTargets joined(@Nullable Collection<Join> joins) {
        for (Join join : orEmpty(joins)) {
            from(join.getFromItem());
        }
        return this;
    }

    /** All tables added, whatever they are called. */
    List<Table> all() {
        return tables;
    }

    /** The tables that have the target's name as their alias. */
    List<Table> behindAlias(Table target, TreeVisit visit) {
        List<Table> found = new ArrayList<>();
        if (TableNames.isUnqualified(target)) {
            String name = visit.original(target.getNameParts().get(0));
            for (Table table : tables) {
                if (hasAlias(table, name, visit)) {
                    found.add(table);
                }
            }
            for (FromItem other : others) {
                if (hasAlias(other, name, visit)) {
                    visit.refuse("a target that is a subquery");
                }
            }
        }
        return found;
    }

    private static boolean hasAlias(FromItem item, String name, TreeVisit visit) {
        if (item.getAlias() == null
                && item instanceof Table table
                && visit.dialect().isOfMySqlFamily()) {
            // There a table of another database may be named without it.
            return !TableNames.isUnqualified(table)
                    && visit.original(table.getNameParts().get(0)).equals(name);
        }
        return item.getAlias() != null
                && item.getAlias().getName() != null
                && TableName.fold(visit.original(item.getAlias().getName())).equals(name);
    }

    /** The tables that a column's qualifier may mean; empty where it means none of them. */
    List<Table> qualifiedBy(Table qualifier, TreeVisit visit) {
        String name = visit.original(qualifier.getNameParts().get(0));
        List<Table> found = new ArrayList<>();
        for (Table table : tables) {
            boolean isNamed = table.getAlias() == null
                    && visit.original(table.getNameParts().get(0)).equals(name);
            if (isNamed || (table.getAlias() != null && hasAlias(table, name, visit))) {
                found.add(table);
            }
        }
        return found;
    }

    private static void add(Deque<FromItem> items, @Nullable FromItem item) {
        if (item != null) {
            items.add(item);
        }
    }

    private static Collection<Join> orEmpty(@Nullable Collection<Join> joins) {
        return joins == null ? List.of() : joins;
    }
}
