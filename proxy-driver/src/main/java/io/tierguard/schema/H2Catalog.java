package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.SqlAnalyzer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads from INFORMATION_SCHEMA of H2 what would take a join: those tables are made anew for each row that they are joined with,
 * which takes minutes where there are thousands of tables.
 */
final class H2Catalog {
    private static final String KEYS = """
            SELECT CONSTRAINT_SCHEMA, CONSTRAINT_NAME, TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME
            FROM INFORMATION_SCHEMA.KEY_COLUMN_USAGE""";

    private static final String REFERENCES = """
            SELECT CONSTRAINT_SCHEMA, CONSTRAINT_NAME, UNIQUE_CONSTRAINT_SCHEMA, UNIQUE_CONSTRAINT_NAME,
              DELETE_RULE, UPDATE_RULE
            FROM INFORMATION_SCHEMA.REFERENTIAL_CONSTRAINTS""";

    private static final String MATERIALIZED = """
            SELECT TABLE_SCHEMA, TABLE_NAME FROM INFORMATION_SCHEMA.TABLES
            WHERE TABLE_CLASS = 'org.h2.table.MaterializedView'""";

    private static final String COLUMNS = """
            SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME,
              CONCAT_WS(' , ', COLUMN_DEFAULT, GENERATION_EXPRESSION, COLUMN_ON_UPDATE), DOMAIN_SCHEMA, DOMAIN_NAME
            FROM INFORMATION_SCHEMA.COLUMNS
            WHERE TABLE_SCHEMA <> 'INFORMATION_SCHEMA'
              AND (DOMAIN_NAME IS NOT NULL
                OR CONCAT_WS(' , ', COLUMN_DEFAULT, GENERATION_EXPRESSION, COLUMN_ON_UPDATE) LIKE '%(%')""";

    private static final String CHECKS = """
            SELECT CONSTRAINT_SCHEMA, CONSTRAINT_NAME, CHECK_CLAUSE
            FROM INFORMATION_SCHEMA.CHECK_CONSTRAINTS WHERE CHECK_CLAUSE LIKE '%(%'""";

    private static final String CHECKED_TABLES = """
            SELECT CONSTRAINT_SCHEMA, CONSTRAINT_NAME, TABLE_SCHEMA, TABLE_NAME
            FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS WHERE CONSTRAINT_TYPE = 'CHECK'""";

    private static final String CHECKED_DOMAINS = """
            SELECT CONSTRAINT_SCHEMA, CONSTRAINT_NAME, DOMAIN_SCHEMA, DOMAIN_NAME
            FROM INFORMATION_SCHEMA.DOMAIN_CONSTRAINTS""";

    private static final String DOMAINS = """
            SELECT DOMAIN_SCHEMA, DOMAIN_NAME, CONCAT_WS(' , ', DOMAIN_DEFAULT, DOMAIN_ON_UPDATE),
              PARENT_DOMAIN_SCHEMA, PARENT_DOMAIN_NAME
            FROM INFORMATION_SCHEMA.DOMAINS""";

    private static final String UNIQUE = """
            SELECT CONSTRAINT_SCHEMA, CONSTRAINT_NAME FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS
            WHERE CONSTRAINT_TYPE IN ('PRIMARY KEY', 'UNIQUE')""";

    private static final String SEQUENCES_OF_COLUMNS = """
            SELECT 'table', TABLE_SCHEMA, TABLE_NAME, COLUMN_DEFAULT FROM INFORMATION_SCHEMA.COLUMNS
            WHERE TABLE_SCHEMA <> 'INFORMATION_SCHEMA'
              AND (COLUMN_DEFAULT LIKE '%VALUE FOR%' OR COLUMN_DEFAULT LIKE '%VAL(%')
            UNION ALL
            SELECT 'type', DOMAIN_SCHEMA, DOMAIN_NAME, DOMAIN_DEFAULT FROM INFORMATION_SCHEMA.DOMAINS
            WHERE DOMAIN_DEFAULT LIKE '%VALUE FOR%' OR DOMAIN_DEFAULT LIKE '%VAL(%'""";

    /**
     * What a table or domain computes.
     *
     * @param schema the table's schema; empty for a domain
     * @param table the table; empty for a domain
     * @param label a phrase for what computes it
     * @param text the expression
     */
    record Computed(String schema, String table, String label, String text) {}

    /** A constraint or domain by its schema and name, as the catalog spells them; both null for none. */
    private record Constraint(
            @Nullable String schema, @Nullable String name) {}

    /** The columns of a key and their table. */
    private record Key(TableName table, Set<String> columns) {}

    private H2Catalog() {}

    static List<ForeignKey> foreignKeys(Statement statement) throws SQLException {
        Map<Constraint, Key> keys = columnsOfConstraints(statement);
        List<ForeignKey> foreign = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(REFERENCES)) {
            while (rows.next()) {
                Key child = key(keys, constraint(rows, 1));
                Key parent = key(keys, constraint(rows, 3));
                foreign.add(new ForeignKey(
                        TableName.fold(rows.getString(2)),
                        child.table(),
                        child.columns(),
                        parent.table(),
                        parent.columns(),
                        SchemaReader.action(rows.getString(5)),
                        SchemaReader.action(rows.getString(6))));
            }
        }
        return foreign;
    }

    /** The columns of each primary key and unique constraint, by the table. */
    static Map<TableName, Set<Set<String>>> keys(Statement statement) throws SQLException {
        Map<Constraint, Key> columns = columnsOfConstraints(statement);
        Map<TableName, Set<Set<String>>> keys = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(UNIQUE)) {
            while (rows.next()) {
                Key key = key(columns, constraint(rows, 1));
                keys.computeIfAbsent(key.table(), first -> new HashSet<>()).add(key.columns());
            }
        }
        return keys;
    }

    private static Map<Constraint, Key> columnsOfConstraints(Statement statement) throws SQLException {
        Map<Constraint, Key> keys = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(KEYS)) {
            while (rows.next()) {
                TableName table = TableName.of(rows.getString(3), rows.getString(4));
                keys.computeIfAbsent(constraint(rows, 1), first -> new Key(table, new HashSet<>()))
                        .columns()
                        .add(TableName.fold(rows.getString(5)));
            }
        }
        return keys;
    }

    /** Views with what kind they are of. */
    static List<View> completed(Statement statement, List<View> views) throws SQLException {
        Set<TableName> materialized = new HashSet<>();
        try (ResultSet rows = statement.executeQuery(MATERIALIZED)) {
            while (rows.next()) {
                materialized.add(TableName.of(rows.getString(1), rows.getString(2)));
            }
        }
        List<View> completed = new ArrayList<>();
        for (View view : views) {
            View.Kind kind = materialized.contains(view.name()) ? View.Kind.MATERIALIZED : view.kind();
            completed.add(new View(kind, view.name(), view.listedBases(), view.definition(), view.rewrittenBy()));
        }
        return completed;
    }

    /** That the defaults of tables and domains take numbers from sequences. */
    static Set<Dependencies.Use> usesOfSequences(Statement statement) throws SQLException {
        SqlAnalyzer analyzer = new SqlAnalyzer(LexicalModes.defaultsOf(Dialect.H2));
        Set<Dependencies.Use> uses = new HashSet<>();
        try (ResultSet rows = statement.executeQuery(SEQUENCES_OF_COLUMNS)) {
            while (rows.next()) {
                Dependencies.Item user = new Dependencies.Item(
                        rows.getString(1).intern(),
                        TableName.fold(rows.getString(2)),
                        TableName.fold(rows.getString(3)));
                for (TableName sequence : analyzer.sequencesIn(rows.getString(4))) {
                    // Without a schema it is one of the schema of its user, as far as anybody knows.
                    String schema = sequence.isQualified() ? sequence.schema() : user.schema();
                    uses.add(new Dependencies.Use(
                            new Dependencies.Item("sequence", schema, sequence.name()), user, Dependencies.Loss.PART));
                }
            }
        }
        return uses;
    }

    /** Every expression with a call in it that a table, or a domain of its columns, computes. */
    static List<Computed> computed(Statement statement) throws SQLException {
        Map<Constraint, String> checks = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(CHECKS)) {
            while (rows.next()) {
                checks.put(constraint(rows, 1), rows.getString(3));
            }
        }
        List<Computed> computed = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(CHECKED_TABLES)) {
            while (rows.next()) {
                String check = checks.get(constraint(rows, 1));
                if (check != null) {
                    computed.add(new Computed(
                            rows.getString(3), rows.getString(4), "constraint " + rows.getString(2), check));
                }
            }
        }
        addColumns(statement, ofDomains(statement, checks, computed), computed);
        computed.sort(Comparator.comparing(Computed::schema)
                .thenComparing(Computed::table)
                .thenComparing(Computed::label)
                .thenComparing(Computed::text));
        return computed;
    }

    /**
     * What each domain computes, by its schema and name: its checks, its default, what an update gives it, and all that of
     * the domains that it is made of. All of it is also its own, for the statements that name it.
     */
    private static Map<Constraint, List<String>> ofDomains(
            Statement statement, Map<Constraint, String> checks, List<Computed> computed) throws SQLException {
        Map<Constraint, List<String>> own = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(CHECKED_DOMAINS)) {
            while (rows.next()) {
                String check = checks.get(constraint(rows, 1));
                if (check != null) {
                    own.computeIfAbsent(constraint(rows, 3), first -> new ArrayList<>())
                            .add(check);
                }
            }
        }
        Map<Constraint, Constraint> parents = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(DOMAINS)) {
            while (rows.next()) {
                Constraint domain = constraint(rows, 1);
                String text = rows.getString(3);
                if (text != null && text.indexOf('(') >= 0) {
                    own.computeIfAbsent(domain, first -> new ArrayList<>()).add(text);
                }
                parents.put(domain, constraint(rows, 4));
            }
        }
        Map<Constraint, List<String>> all = new HashMap<>();
        for (Constraint domain : parents.keySet()) {
            List<String> texts = new ArrayList<>();
            for (Constraint part = domain; part != null; part = parents.get(part)) {
                texts.addAll(own.getOrDefault(part, List.of()));
            }
            texts.forEach(text -> computed.add(new Computed("", "", "domain " + domain.name(), text)));
            all.put(domain, texts);
        }
        return all;
    }

    private static void addColumns(Statement statement, Map<Constraint, List<String>> domains, List<Computed> computed)
            throws SQLException {
        try (ResultSet rows = statement.executeQuery(COLUMNS)) {
            while (rows.next()) {
                String schema = rows.getString(1);
                String table = rows.getString(2);
                String computes = rows.getString(4);
                // Where nothing is joined, it is null in the mode in which an empty string is.
                if (computes != null) {
                    computed.add(new Computed(schema, table, "column " + rows.getString(3), computes));
                }
                String domain = rows.getString(6);
                if (domain != null) {
                    for (String text : domains.getOrDefault(constraint(rows, 5), List.of())) {
                        computed.add(new Computed(schema, table, "domain " + domain, text));
                    }
                }
            }
        }
    }

    private static Constraint constraint(ResultSet rows, int column) throws SQLException {
        return new Constraint(rows.getString(column), rows.getString(column + 1));
    }

    /** A key whose columns are not told cannot be left out: what it does would go unseen. */
    private static Key key(Map<Constraint, Key> keys, Constraint constraint) throws SQLException {
        Key key = keys.get(constraint);
        if (key == null) {
            throw new SQLException(
                    "the catalog does not tell the columns of " + constraint.schema() + "." + constraint.name());
        }
        return key;
    }
}
