package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.util.Map;
import java.util.Set;

/**
 * What tables do that not every table does.
 *
 * @param lasting the tables whose changes no rollback undoes
 * @param setOnUpdate the columns that the server sets in each row that an update changes
 * @param sight what the user who read the catalog is shown of it
 * @param replacing the tables that by themselves delete the rows that are in the way of one, sequences among them
 * @param virtual the virtual tables
 * @param columns the names, folded, of all columns of a table, where they are known
 * @param rewritten the tables of which an update that sets what is there may still change a row: a version is kept of it, or the
 *     server computes a column from it anew, by the session's time zone, say
 * @param computing the tables with columns that the server computes, and computes anew where it copies the table
 * @param counters the columns of integers whose values the server counts up
 * @param partitionKeys by which columns tables place their rows in partitions
 * @param isComparedByLike whether a constraint, an index or a trigger rests on what LIKE means to the session that writes
 */
record TableTraits(
        Set<TableName> lasting,
        Map<TableName, Set<String>> setOnUpdate,
        GrantedSight sight,
        Set<TableName> replacing,
        VirtualTables virtual,
        Map<TableName, Set<String>> columns,
        Set<TableName> rewritten,
        Set<TableName> computing,
        Map<TableName, Counter> counters,
        PartitionKeys partitionKeys,
        boolean isComparedByLike) {

    /**
     * A column of integers whose values the server counts up.
     *
     * @param column its name, folded
     * @param isUnsigned whether none of them can be negative
     */
    record Counter(String column, boolean isUnsigned) {}

    /** Tables that are like any other, seen by somebody who sees all. */
    static final TableTraits NONE = new TableTraits(Set.of(), Map.of(), GrantedSight.OF_ALL);

    TableTraits {
        lasting = Set.copyOf(lasting);
        setOnUpdate = Map.copyOf(setOnUpdate);
        replacing = Set.copyOf(replacing);
        columns = Map.copyOf(columns);
        rewritten = Set.copyOf(rewritten);
        computing = Set.copyOf(computing);
        counters = Map.copyOf(counters);
    }

    /** Tables of which none is replacing or virtual. */
    TableTraits(Set<TableName> lasting, Map<TableName, Set<String>> setOnUpdate, GrantedSight sight) {
        this(
                lasting,
                setOnUpdate,
                sight,
                Set.of(),
                VirtualTables.NONE,
                Map.of(),
                Set.of(),
                Set.of(),
                Map.of(),
                PartitionKeys.NONE,
                false);
    }

    /** The same, but for which tables have columns that the server computes and stores. */
    TableTraits computing(Set<TableName> tables) {
        return new TableTraits(
                lasting,
                setOnUpdate,
                sight,
                replacing,
                virtual,
                columns,
                rewritten,
                tables,
                counters,
                partitionKeys,
                isComparedByLike);
    }

    /** The same, but for how tables place their rows in partitions. */
    TableTraits placing(PartitionKeys keys) {
        return new TableTraits(
                lasting,
                setOnUpdate,
                sight,
                replacing,
                virtual,
                columns,
                rewritten,
                computing,
                counters,
                keys,
                isComparedByLike);
    }
}
