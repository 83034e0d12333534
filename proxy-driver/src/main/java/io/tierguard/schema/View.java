package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.util.List;
import java.util.Set;

/**
 * A name behind which other tables stand: a view, a materialized view or a synonym.
 *
 * @param kind which of these it is
 * @param name its own name
 * @param listedBases every table or view that it reads, where the catalog lists them
 * @param definition its query; empty for a synonym
 * @param columns its columns in their order, where the catalog lists them; empty where it does not
 * @param defaulted those with a default of its own or of their type, folded, which an INSERT sets that does not name them, whatever the table behind has
 */
record View(
        Kind kind,
        TableName name,
        Set<TableName> listedBases,
        String definition,
        List<String> columns,
        Set<String> defaulted) {

    /** What stands for other tables. */
    enum Kind {
        /** A query by another name: writing to it is writing to what it reads. */
        VIEW,
        /** A table that a query fills; only its refresh runs the query. */
        MATERIALIZED,
        /** What stands behind it nobody tells, or which of two it is: it is never written. */
        UNTOLD,
        /** Another name for one table, for whatever is done to it. */
        SYNONYM
    }

    View {
        listedBases = Set.copyOf(listedBases);
        columns = List.copyOf(columns);
        defaulted = Set.copyOf(defaulted);
    }

    /** One whose columns the catalog does not list, and none of which has a default of its own. */
    View(Kind kind, TableName name, Set<TableName> listedBases, String definition) {
        this(kind, name, listedBases, definition, List.of(), Set.of());
    }

    /** The same with another query and columns. */
    View with(String query, List<String> itsColumns) {
        return new View(kind, name, listedBases, query, itsColumns, defaulted);
    }
}
