package io.tierguard.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;

/**
 * The columns that H2 writes with a row of a result set: every one that this has, those that were not set with what was read, whatever
 * they hold by now. By its primary key it finds the row, so that what is written there is what is there.
 */
final class H2WrittenColumns {
    private H2WrittenColumns() {}

    /**
     * Their names; none, which stands for every column, where they can't be told.
     *
     * @param set the columns that were set, by their numbers
     */
    static Set<String> of(ResultSet real, ResultSetMetaData metaData, Set<Integer> set) throws SQLException {
        Set<String> all = new TreeSet<>();
        Set<String> written = new TreeSet<>();
        String schema = "";
        String table = "";
        for (int column = 1; column <= metaData.getColumnCount(); column++) {
            String name = metaData.getColumnName(column);
            if (name == null) {
                return Set.of();
            }
            all.add(name);
            if (set.contains(column)) {
                written.add(name);
            }
            schema = metaData.getSchemaName(column);
            table = metaData.getTableName(column);
        }
        Set<String> key = primaryKey(real, schema, table);
        boolean isFoundByKey = !key.isEmpty() && all.containsAll(key);
        for (String name : all) {
            if (!isFoundByKey || !key.contains(name)) {
                written.add(name);
            }
        }
        return written;
    }

    private static Set<String> primaryKey(ResultSet real, String schema, String table) throws SQLException {
        Set<String> key = new TreeSet<>();
        Statement statement = real.getStatement();
        if (statement == null) {
            return key;
        }
        Connection connection = statement.getConnection();
        try (ResultSet columns = connection.getMetaData().getPrimaryKeys(null, schema, table)) {
            while (columns.next()) {
                key.add(columns.getString("COLUMN_NAME"));
            }
        }
        return key;
    }
}
