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
 * @param version what the catalog says besides of which query it is, another one for each; empty where it says nothing
 */
record View(
        Kind kind,
        TableName name,
        Set<TableName> listedBases,
        String definition,
        List<String> columns,
        Set<String> defaulted,
        String version) {

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
        this(kind, name, listedBases, definition, List.of(), Set.of(), "");
    }

    /** The same with another query and columns. */
    View with(String query, List<String> itsColumns) {
        return new View(kind, name, listedBases, query, itsColumns, defaulted, version);
    }

    /** Whether its query was not told, as where another session keeps the view locked. */
    boolean isWithheld() {
        return definition.isEmpty() && kind != Kind.SYNONYM && kind != Kind.UNTOLD;
    }

    /** The same with the query of an older reading, if that is certainly still its own. */
    View knownBy(View older) {
        boolean isKnown =
                isWithheld() && !version.isEmpty() && version.equals(older.version) && name.equals(older.name);
        return isKnown ? with(older.definition, columns) : this;
    }
}
