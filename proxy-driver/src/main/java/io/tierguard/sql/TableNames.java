package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import org.jspecify.annotations.Nullable;

/** Names of tables and columns as a tree holds them. */
final class TableNames {

    /** Words that stand for no table unless they are quoted. */
    private static final Set<String> BEGINS_QUERY = Set.of("table", "values", "select", "with", "from");

    private TableNames() {}

    /** The table's name; null, and the statement refused, if it is no plain name of up to three parts. */
    static @Nullable TableName of(@Nullable Table table, TreeVisit visit) {
        if (table == null) {
            visit.refuse("a table that is missing");
            return null;
        }
        visit.absent(table.getPivot(), "PIVOT");
        visit.absent(table.getUnPivot(), "UNPIVOT");
        visit.absent(table.getSampleClause(), "TABLESAMPLE");
        visit.absent(table.getIndexHint(), "an index hint");
        visit.absent(table.getSqlServerHints(), "a table hint");
        visit.absent(table.getTimeTravel(), "time travel");
        visit.absent(table.getTimeTravelStrAfterAlias(), "time travel");
        visit.absent(table.isTableVariable(), "a table variable");
        List<String> innermostFirst = table.getNameParts();
        if (innermostFirst.isEmpty() || innermostFirst.size() > 3) {
            visit.refuse("a table name of " + innermostFirst.size() + " parts");
            return null;
        }
        String[] parts = {"", "", ""};
        for (int i = 0; i < innermostFirst.size(); i++) {
            String part = innermostFirst.get(i);
            if (part == null || part.isEmpty() || part.indexOf('@') >= 0 || part.indexOf('\'') >= 0) {
                visit.refuse("a table name with an empty part, a string in its place or a database link");
                return null;
            }
            parts[i] = visit.original(part);
            if (BEGINS_QUERY.contains(parts[i]) && parts[i].equals(TableName.fold(part))) {
                // The parser takes (TABLE t) for a table of that name, with an alias.
                visit.refuse("a table named like a word with which a query begins");
                return null;
            }
            if (parts[i].isEmpty()) {
                visit.refuse("a table name with an empty part");
                return null;
            }
        }
        return new TableName(parts[2], parts[1], parts[0]);
    }

    /** Whether the table's name stands alone, as an alias or the name of a common table expression does. */
    static boolean isUnqualified(Table table) {
        return table.getNameParts().size() == 1;
    }

    /**
     * The column that an assignment sets.
     *
     * <p>{@code SET a.b = 1} sets the field {@code b} of the column {@code a} in PostgreSQL and the column {@code b} of
     * the table {@code a} elsewhere.
     */
    static String assigned(Column column, TreeVisit visit) {
        Table qualifier = column.getTable();
        if (visit.dialect() == Dialect.POSTGRESQL
                && qualifier != null
                && !qualifier.getNameParts().isEmpty()) {
            List<String> parts = qualifier.getNameParts();
            return visit.original(parts.get(parts.size() - 1));
        }
        return visit.original(column.getColumnName());
    }
}
