package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads from INFORMATION_SCHEMA of H2 what would take a join: those tables are made anew for each row that they are joined with,
 * which takes minutes where there are thousands of tables. For the same reason each is read once.
 */
final class H2Catalog {
    /** The columns of both tables of a foreign key, by the names that they have now. */
    private static final String USED = """
            SELECT CONSTRAINT_SCHEMA, CONSTRAINT_NAME, TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME
            FROM INFORMATION_SCHEMA.CONSTRAINT_COLUMN_USAGE""";

    /** The columns of a key alone, by the names that they had when it was made. */
    private static final String KEYS = """
            SELECT CONSTRAINT_SCHEMA, CONSTRAINT_NAME, COLUMN_NAME FROM INFORMATION_SCHEMA.KEY_COLUMN_USAGE""";

    private static final String REFERENCES = """
            SELECT CONSTRAINT_SCHEMA, CONSTRAINT_NAME, UNIQUE_CONSTRAINT_SCHEMA, UNIQUE_CONSTRAINT_NAME,
              DELETE_RULE, UPDATE_RULE
            FROM INFORMATION_SCHEMA.REFERENTIAL_CONSTRAINTS""";

    private static final String CONSTRAINTS = """
            SELECT CONSTRAINT_SCHEMA, CONSTRAINT_NAME, TABLE_SCHEMA, TABLE_NAME, CONSTRAINT_TYPE
            FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS""";

    /** The columns of a key and their table. */
    private record Key(TableName table, Set<String> columns) {}

    /** A constraint of a table. */
    private record OfTable(H2Name name, H2Name table, String kind) {}

    private final Statement statement;
    private final Map<H2Name, Key> keys = new HashMap<>();
    private final List<OfTable> constraints = new ArrayList<>();
    private final List<H2Column> columns;
    private final List<H2Domain> domains;

    private H2Catalog(Statement statement) throws SQLException {
        this.statement = statement;
        this.columns = H2Column.read(statement);
        this.domains = H2Domain.read(statement);
        Map<H2Name, H2Name> owners = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(H2Query.fresh(CONSTRAINTS))) {
            while (rows.next()) {
                OfTable constraint = new OfTable(H2Name.of(rows, 1), H2Name.of(rows, 3), rows.getString(5));
                constraints.add(constraint);
                owners.put(constraint.name(), constraint.table());
            }
        }
        try (ResultSet rows = statement.executeQuery(H2Query.fresh(USED))) {
            while (rows.next()) {
                H2Name table = H2Name.of(rows, 3);
                H2Name constraint = H2Name.of(rows, 1);
                if (table.equals(owners.get(constraint))) {
                    keys.computeIfAbsent(constraint, first -> new Key(table.folded(), new HashSet<>()))
                            .columns()
                            .add(TableName.fold(rows.getString(5)));
                }
            }
        }
    }

    /** What is in the catalog now; the statement is used later, too. */
    static H2Catalog of(Statement statement) throws SQLException {
        return new H2Catalog(statement);
    }

    /** Foreign keys; one that refers to a column which the database computes refers to any column. */
    List<ForeignKey> foreignKeys() throws SQLException {
        Map<H2Name, Set<String>> whenMade = columnsWhenMade();
        List<ForeignKey> foreign = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(H2Query.fresh(REFERENCES))) {
            while (rows.next()) {
                H2Name name = H2Name.of(rows, 1);
                Key child = key(name);
                Key parent = key(H2Name.of(rows, 3));
                boolean refersToItself = child.table().equals(parent.table());
                foreign.add(new ForeignKey(
                        TableName.fold(rows.getString(2)),
                        child.table(),
                        refersToItself
                                ? referring(child, parent, whenMade.getOrDefault(name, Set.of()))
                                : child.columns(),
                        parent.table(),
                        parent.columns(),
                        SchemaReader.action(rows.getString(5)),
                        SchemaReader.action(rows.getString(6))));
            }
        }
        return ComputedColumns.noted(foreign, H2Column.computed(columns, H2Domain.setOnUpdate(domains)));
    }

    /** What tables do that not every table does. */
    TableTraits traits() {
        return TableTraits.NONE.computing(H2Column.computing(columns));
    }

    private Map<H2Name, Set<String>> columnsWhenMade() throws SQLException {
        Map<H2Name, Set<String>> whenMade = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(H2Query.fresh(KEYS))) {
            while (rows.next()) {
                whenMade.computeIfAbsent(H2Name.of(rows, 1), first -> new HashSet<>())
                        .add(TableName.fold(rows.getString(3)));
            }
        }
        return whenMade;
    }

    /** Of the columns on both sides of a key within one table those that refer, and perhaps some more where names have changed. */
    private static Set<String> referring(Key both, Key parent, Set<String> whenMade) {
        Set<String> referring = new HashSet<>(both.columns());
        referring.removeIf(column -> parent.columns().contains(column) && !whenMade.contains(column));
        return referring.isEmpty() ? both.columns() : referring;
    }

    /** The columns of each primary key and unique constraint, by the table. */
    Map<TableName, Set<Set<String>>> keys() throws SQLException {
        Map<TableName, Set<Set<String>>> unique = new HashMap<>();
        for (OfTable constraint : constraints) {
            if (constraint.kind().equals("PRIMARY KEY") || constraint.kind().equals("UNIQUE")) {
                Key key = key(constraint.name());
                unique.computeIfAbsent(key.table(), first -> new HashSet<>()).add(key.columns());
            }
        }
        return unique;
    }

    /** The names of constraints, each with its table. */
    Map<TableName, Set<TableName>> constraints() {
        Map<TableName, Set<TableName>> owners = new HashMap<>();
        for (OfTable constraint : constraints) {
            owners.computeIfAbsent(constraint.name().folded(), first -> new HashSet<>())
                    .add(constraint.table().folded());
        }
        return owners;
    }

    /** Views with what kind they are of. */
    List<View> completed(List<View> views) throws SQLException {
        H2MaterializedViews materialized = H2MaterializedViews.read(statement);
        return views.stream().map(materialized::completed).toList();
    }

    /** What tables and domains compute, and what they are made of. */
    H2Expressions expressions() throws SQLException {
        Map<H2Name, H2Name> checked = new HashMap<>();
        for (OfTable constraint : constraints) {
            if (constraint.kind().equals("CHECK")) {
                checked.put(constraint.name(), constraint.table());
            }
        }
        return H2Expressions.read(statement, columns, domains, checked);
    }

    /** A key whose columns are not told cannot be left out: what it does would go unseen. */
    private Key key(H2Name constraint) throws SQLException {
        Key key = keys.get(constraint);
        if (key == null) {
            throw new SQLException(
                    "the catalog does not tell the columns of " + constraint.schema() + "." + constraint.name());
        }
        return key;
    }
}
