package io.tierguard.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import org.postgresql.PGResultSetMetaData;

/**
 * The columns behind the labels of a result: pgjdbc calls a column by its label and writes the one behind it.
 *
 * <p>Loaded only where pgjdbc is.
 */
final class PostgresqlColumns {
    private PostgresqlColumns() {}

    /** The columns' own names, as the driver itself looks them up; none where one of them is no table's. */
    static Set<String> behind(ResultSetMetaData metaData, Set<Integer> columns) throws SQLException {
        if (!(metaData instanceof PGResultSetMetaData told)) {
            return Set.of();
        }
        TreeSet<String> names = new TreeSet<>();
        for (int column : columns) {
            String name = told.getBaseColumnName(column);
            if (name == null || name.isEmpty()) {
                return Set.of();
            }
            names.add(name);
        }
        return names;
    }
}
