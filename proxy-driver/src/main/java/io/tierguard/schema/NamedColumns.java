package io.tierguard.schema;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.sql.SetAlike;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is known of the columns of all tables that one name could mean; nothing is where it means none. */
public final class NamedColumns {
    private final SchemaSnapshot schema;
    private final SchemaContent content;
    private final List<TableName> named;

    NamedColumns(SchemaSnapshot schema, SchemaContent content, List<TableName> named) {
        this.schema = schema;
        this.content = content;
        this.named = named;
    }

    private boolean all(Predicate<TableName> holds) {
        return !named.isEmpty() && named.stream().allMatch(holds);
    }

    private Set<String> of(TableName table) {
        return content.traits().columns().getOrDefault(table, Set.of());
    }

    /**
     * Whether they are tables alone, all of which have a column.
     *
     * @param column the column, folded
     */
    public boolean has(String column) {
        return all(table -> of(table).contains(column));
    }

    /**
     * Whether they are tables alone, of which none has any of some columns.
     *
     * @param columns the columns, folded
     */
    public boolean lack(Collection<String> columns) {
        return all(table ->
                content.tables().contains(table) && !of(table).isEmpty() && Collections.disjoint(of(table), columns));
    }

    /**
     * Whether they are tables alone that certainly keep a row as it is whose columns are set to what they are: no trigger runs, and
     * no version of the row is kept.
     */
    public boolean keepRowsSetAlike() {
        return all(table -> schema.isPlainTable(table)
                && schema.showsTriggersOf(table)
                && !content.traits().rewritten().contains(table));
    }

    /** Whether an effect of code sets columns of rows to what they are, and changes none, in whatever mode the code runs. */
    boolean keep(Effect effect) {
        return SetAlike.is(effect)
                && keepRowsSetAlike()
                && (effect.reach() == Reach.SAME_VALUES || countUnsigned(effect.columns()));
    }

    /**
     * Whether some columns are, in each of the tables, the one integer by which the server counts its rows.
     *
     * @param columns the columns, folded
     */
    public boolean count(Set<String> columns) {
        return all(table -> {
            TableTraits.@Nullable Counter counter = content.traits().counters().get(table);
            return counter != null && columns.equals(Set.of(counter.column()));
        });
    }

    /** The same of an integer that cannot be negative. */
    public boolean countUnsigned(Set<String> columns) {
        return count(columns)
                && all(table -> {
                    TableTraits.@Nullable Counter counter =
                            content.traits().counters().get(table);
                    return counter != null && counter.isUnsigned();
                });
    }
}
