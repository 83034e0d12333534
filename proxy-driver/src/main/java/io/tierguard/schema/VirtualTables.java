package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import io.tierguard.sql.SqliteVirtualTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The virtual tables of a database, to which a row in the column of their own name is a command.
 *
 * @param own for each of them the tables in which it keeps its rows
 * @param taken for each the tables of somebody else that it drops, renames or writes
 */
record VirtualTables(Map<TableName, Set<TableName>> own, Map<TableName, Set<TableName>> taken) {
    static final VirtualTables NONE = new VirtualTables(Map.of(), Map.of());

    /** How the name of a table ends that counts the words of a virtual one. */
    static final String STATISTICS = "_" + SqliteVirtualTable.STATISTICS;

    /** What a module writes behind the name of such a table, right behind the quote. */
    private static final String MADE_BY_MODULE = "(id INTEGER PRIMARY KEY, value BLOB)";

    VirtualTables {
        own = Map.copyOf(own);
        taken = Map.copyOf(taken);
    }

    /**
     * The virtual tables among others.
     *
     * @param virtual the statements that made them
     * @param statistics the statements that made the tables whose names end like those of such as count words
     * @param tables all tables
     */
    static VirtualTables of(Map<TableName, String> virtual, Map<TableName, String> statistics, Set<TableName> tables) {
        Map<TableName, Set<TableName>> own = new HashMap<>();
        Map<TableName, Set<TableName>> taken = new HashMap<>();
        virtual.forEach((table, sql) -> {
            SqliteVirtualTable made = SqliteVirtualTable.madeBy(sql);
            Set<TableName> ofModule = there(table, made.own(), tables);
            Set<TableName> ofOthers = there(table, made.taken(), tables);
            TableName counting = named(table, SqliteVirtualTable.STATISTICS);
            if (ofModule.contains(counting) || ofOthers.contains(counting)) {
                // A module takes one that is there; only the text of its statement tells who made it.
                boolean isOfModule = isMadeByModule(statistics.getOrDefault(counting, ""));
                (isOfModule ? ofOthers : ofModule).remove(counting);
                (isOfModule ? ofModule : ofOthers).add(counting);
            }
            own.put(table, Set.copyOf(ofModule));
            taken.put(table, Set.copyOf(ofOthers));
        });
        return new VirtualTables(own, taken);
    }

    private static boolean isMadeByModule(String sql) {
        return sql.endsWith("'" + MADE_BY_MODULE) || sql.endsWith("\"" + MADE_BY_MODULE);
    }

    private static Set<TableName> there(TableName table, Set<String> names, Set<TableName> tables) {
        Set<TableName> there = new HashSet<>();
        names.forEach(each -> there.add(named(table, each)));
        there.retainAll(tables);
        return there;
    }

    private static TableName named(TableName table, String part) {
        return TableName.of(table.schema(), table.name() + "_" + part);
    }

    boolean contains(TableName table) {
        return own.containsKey(table);
    }

    Set<TableName> ownOf(TableName table) {
        return own.getOrDefault(table, Set.of());
    }

    Set<TableName> takenBy(TableName table) {
        return taken.getOrDefault(table, Set.of());
    }

    /** The virtual table that keeps its rows in a table. */
    Optional<TableName> keeperOf(TableName part) {
        int end = part.name().lastIndexOf('_');
        if (own.isEmpty() || end < 1) {
            return Optional.empty();
        }
        TableName keeper = TableName.of(part.schema(), part.name().substring(0, end));
        return ownOf(keeper).contains(part) ? Optional.of(keeper) : Optional.empty();
    }
}
