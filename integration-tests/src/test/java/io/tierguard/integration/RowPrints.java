package io.tierguard.integration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rows of tables, as told apart before and after a statement.
 *
 * @param rows the rows as text by the table's name; none for a table that is not there
 */
record RowPrints(Map<String, List<String>> rows) {

    static RowPrints of(LiveDatabase database, Connection connection, Collection<String> tables) throws SQLException {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String table : tables) {
            String name = table.contains(" ") ? "\"Mixed Case\"" : table;
            String query = switch (database) {
                case H2 -> "SELECT * FROM public." + name;
                case POSTGRESQL -> "SELECT t::text FROM public." + name + " t";
            };
            var savepoint = connection.setSavepoint();
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(query)) {
                List<String> texts = new ArrayList<>();
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    StringBuilder text = new StringBuilder();
                    for (int column = 1; column <= columns; column++) {
                        text.append(result.getString(column)).append('|');
                    }
                    texts.add(text.toString());
                }
                texts.sort(null);
                rows.put(table, texts);
            } catch (SQLException notThere) {
                connection.rollback(savepoint);
            }
        }
        return new RowPrints(rows);
    }

    /** The tables whose rows are others, or that are gone. */
    Set<String> changedIn(RowPrints after) {
        Set<String> changed = new TreeSet<>();
        rows.forEach((table, before) -> {
            if (!before.equals(after.rows.get(table))) {
                changed.add(table);
            }
        });
        return changed;
    }
}
