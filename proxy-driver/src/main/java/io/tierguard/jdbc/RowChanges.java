package io.tierguard.jdbc;

import io.tierguard.guard.Execution;
import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.Dialect;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What an updatable result set would change: which table, and which columns were set. */
final class RowChanges {
    // INVARIANT: holds every column that the driver would write; more where we can't know that it forgot one.
    private final TreeSet<Integer> columns = new TreeSet<>();

    /** What was set in a row before another was begun, which the driver may keep and write with the next value. */
    private final TreeSet<Integer> earlier = new TreeSet<>();

    private final Gate gate;
    private final ResultSet real;
    private final @Nullable String text;

    /** Whether a value was set of which nobody knows where it went. */
    private boolean isUnknown;

    /** Whether the row that values are set in is a new one. */
    private boolean isNewRow;

    /** Whether pgjdbc would throw what was set away: not what it kept when it left a new row. */
    private boolean isDroppedByCancelling;

    RowChanges(Gate gate, ResultSet real, @Nullable String text) {
        this.gate = gate;
        this.real = real;
        this.text = text;
    }

    void updated(int columnIndex) {
        columns.add(columnIndex);
        isDroppedByCancelling = !isNewRow;
    }

    /** A value was set under a name that is no column's: the driver refuses it, or knows more than we do. */
    void updatedUnknown() {
        isUnknown = true;
    }

    /** A new row is begun. */
    void beginRow() {
        isNewRow = true;
        isDroppedByCancelling = false;
        switch (gate.dialect()) {
            case H2, MYSQL, MARIADB, SQLITE, ANSI, ORACLE, SQLSERVER -> {
                earlier.addAll(columns);
                columns.clear();
            }
            case POSTGRESQL -> forget(); // pgjdbc throws away what was set
        }
    }

    /** A new row that was begun is left. */
    void endRow() {
        if (isNewRow && gate.dialect() == Dialect.H2) {
            columns.clear(); // H2 has another buffer for it
        }
        isNewRow = false;
        isDroppedByCancelling = false;
    }

    /** What was set has been written, and no driver writes it again. */
    void written() {
        switch (gate.dialect()) {
            case H2, POSTGRESQL, MYSQL, MARIADB -> {
                isDroppedByCancelling = false;
                forget();
            }
            case SQLITE, ANSI, ORACLE, SQLSERVER -> {}
        }
    }

    private void forget() {
        isUnknown = false;
        columns.clear();
        earlier.clear();
    }

    /** What was set has become a row of its own. */
    void inserted() {
        columns.clear();
    }

    /** The driver was told to throw its row buffer away. */
    void cancelled() {
        switch (gate.dialect()) {
            case H2, MYSQL, MARIADB, SQLITE, ANSI, ORACLE, SQLSERVER -> forget();
            case POSTGRESQL -> {
                if (isDroppedByCancelling) {
                    forget();
                    isDroppedByCancelling = false;
                }
            }
        }
    }

    /** Asks for the change of the current row; refuses where its table can't be told for sure. */
    Execution admit(String operation, Verb verb) throws SQLException {
        letReadOnlyRefuse();
        ResultSetMetaData metaData = real.getMetaData(); // null where a driver has gone wrong
        Optional<TableName> table = metaData == null ? Optional.empty() : tableOf(metaData);
        if (metaData == null || table.isEmpty()) {
            throw gate.escape(
                    operation, "it changes a table that the result set does not name for sure; use an SQL statement");
        }
        Set<String> names = verb == Verb.DELETE || isUnknown ? Set.of() : namesOfColumns(metaData, written(verb), verb);
        return gate.admit(operation, Effect.of(verb, table.get(), names, true));
    }

    /** A result set that cannot be changed says so itself, to a call that changes no row. */
    private void letReadOnlyRefuse() throws SQLException {
        if (real.getConcurrency() == ResultSet.CONCUR_READ_ONLY) {
            real.moveToInsertRow();
            real.moveToCurrentRow();
        }
    }

    private Set<Integer> written(Verb verb) {
        if (verb != Verb.UPDATE) {
            return columns;
        }
        TreeSet<Integer> all = new TreeSet<>(columns);
        all.addAll(earlier);
        return all;
    }

    /** The names of the columns that were set; none, which stands for every column, where they can't be told. */
    private Set<String> namesOfColumns(ResultSetMetaData metaData, Set<Integer> set, Verb verb) throws SQLException {
        return switch (gate.dialect()) {
            case H2 -> verb == Verb.UPDATE ? H2WrittenColumns.of(real, metaData, set) : named(metaData, set);
            case MYSQL, MARIADB, SQLITE, ANSI, ORACLE, SQLSERVER -> named(metaData, set);
            case POSTGRESQL -> VendorViews.columnsBehind(metaData, set);
        };
    }

    private static Set<String> named(ResultSetMetaData metaData, Set<Integer> set) throws SQLException {
        TreeSet<String> names = new TreeSet<>();
        for (int column : set) {
            String name = metaData.getColumnName(column);
            if (name == null) {
                return Set.of();
            }
            names.add(name);
        }
        return names;
    }

    private Optional<TableName> tableOf(ResultSetMetaData metaData) throws SQLException {
        TableName only = null;
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            String name = metaData.getTableName(i);
            if (name == null || name.isEmpty()) {
                continue;
            }
            String schema = schemaOf(metaData, i);
            TableName table = TableName.of(schema == null ? "" : schema, name);
            if (only != null && !only.equals(table)) {
                return Optional.empty();
            }
            only = table;
        }
        return only == null
                ? Optional.empty()
                : switch (gate.dialect()) {
                    case H2, MYSQL, MARIADB, SQLITE -> Optional.of(only);
                    case ANSI, ORACLE, SQLSERVER -> Optional.empty(); // which table a driver writes is its own affair
                    case POSTGRESQL -> writtenByPostgresql(only);
                };
    }

    /** The schema of a column's table, which the drivers of MySQL and MariaDB call a catalog unless they are told otherwise. */
    private @Nullable String schemaOf(ResultSetMetaData metaData, int column) throws SQLException {
        String schema = metaData.getSchemaName(column);
        boolean isCatalog = switch (gate.dialect()) {
            case H2, POSTGRESQL, SQLITE, ANSI, ORACLE, SQLSERVER -> false;
            case MYSQL, MARIADB -> schema == null || schema.isEmpty();
        };
        return isCatalog ? metaData.getCatalogName(column) : schema;
    }

    /** A text without the semicolons at its end, at which the driver cuts it before it looks. */
    private static String withoutEnd(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == ';' || Character.isWhitespace(text.charAt(end - 1)))) {
            end--;
        }
        return text.substring(0, end);
    }

    /**
     * The table that pgjdbc would write: it takes the word after the first FROM of the text for the table, however the text
     * continues, and does not ask the result's columns.
     *
     * @return empty where that word is not the name of the result's table, with its schema or without
     */
    private Optional<TableName> writtenByPostgresql(TableName table) {
        if (text == null) {
            return Optional.empty();
        }
        StringTokenizer words = new StringTokenizer(withoutEnd(text), " \r\t\n");
        while (words.hasMoreTokens()) {
            if (!words.nextToken().equalsIgnoreCase("from") || !words.hasMoreTokens()) {
                continue;
            }
            String word = words.nextToken();
            if (word.equalsIgnoreCase("only") && words.hasMoreTokens()) {
                word = words.nextToken();
            }
            String name = TableName.fold(word).replace("\"", "");
            if (name.equals(table.name())) {
                return Optional.of(table);
            }
            // The driver does not tell the schema; a name with a dot of its own is in none.
            int dot = name.indexOf('.');
            boolean isQualified = dot > 0
                    && dot == name.lastIndexOf('.')
                    && name.substring(dot + 1).equals(table.name());
            return isQualified ? Optional.of(TableName.of(name.substring(0, dot), table.name())) : Optional.empty();
        }
        return Optional.empty();
    }
}
