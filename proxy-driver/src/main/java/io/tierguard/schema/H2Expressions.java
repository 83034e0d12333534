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

/** What the tables and domains of H2 compute. */
final class H2Expressions {
    private static final String CHECKS = """
            SELECT CONSTRAINT_SCHEMA, CONSTRAINT_NAME, CHECK_CLAUSE
            FROM INFORMATION_SCHEMA.CHECK_CONSTRAINTS WHERE CHECK_CLAUSE LIKE '%(%'""";

    private static final String CHECKED_DOMAINS = """
            SELECT CONSTRAINT_SCHEMA, CONSTRAINT_NAME, DOMAIN_SCHEMA, DOMAIN_NAME
            FROM INFORMATION_SCHEMA.DOMAIN_CONSTRAINTS""";

    /**
     * What a table or domain computes.
     *
     * @param schema the table's schema; empty for a domain
     * @param table the table; empty for a domain
     * @param label a phrase for what computes it
     * @param text the expression
     */
    record Computed(String schema, String table, String label, String text) {
        /** The domain, folded, where it is one's. */
        String domain() {
            return TableName.fold(label.substring(label.indexOf(' ') + 1));
        }
    }

    private final List<H2Column> columns;
    private final List<H2Domain> domains;
    private final List<Computed> computed;

    private H2Expressions(List<H2Column> columns, List<H2Domain> domains, List<Computed> computed) {
        this.columns = columns;
        this.domains = domains;
        this.computed = computed;
    }

    /**
     * Reads them.
     *
     * @param checkedTables the tables of CHECK constraints, by the constraints
     */
    static H2Expressions read(
            Statement statement, List<H2Column> columns, List<H2Domain> domains, Map<H2Name, H2Name> checkedTables)
            throws SQLException {
        List<Computed> computed = new ArrayList<>();
        Map<H2Name, String> checks = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(H2Query.fresh(CHECKS))) {
            while (rows.next()) {
                H2Name check = H2Name.of(rows, 1);
                checks.put(check, rows.getString(3));
                H2Name table = checkedTables.get(check);
                if (table != null) {
                    computed.add(of(table, "constraint " + check.name(), rows.getString(3)));
                }
            }
        }
        Map<H2Name, List<String>> ofDomains =
                domains.isEmpty() ? Map.of() : ofDomains(statement, checks, domains, computed);
        for (H2Column column : columns) {
            if (!column.computes().isEmpty()) {
                computed.add(of(column.table(), "column " + column.name(), column.computes()));
            }
            for (String text : ofDomains.getOrDefault(column.domain(), List.of())) {
                computed.add(of(column.table(), "domain " + column.domain().name(), text));
            }
        }
        computed.sort(Comparator.comparing(Computed::schema)
                .thenComparing(Computed::table)
                .thenComparing(Computed::label)
                .thenComparing(Computed::text));
        return new H2Expressions(columns, domains, computed);
    }

    /** Every expression with a call in it that a table, or a domain of its columns, computes. */
    List<Computed> computed() {
        return computed;
    }

    /** That tables and domains are of domains, and that their defaults take numbers from sequences. */
    Set<Dependencies.Use> uses() {
        SqlAnalyzer analyzer = new SqlAnalyzer(LexicalModes.defaultsOf(Dialect.H2));
        Set<Dependencies.Use> uses = new HashSet<>();
        for (H2Column column : columns) {
            Dependencies.Item table = item("table", column.table());
            addUse(uses, column.domain(), table);
            addSequences(uses, analyzer, column.standard(), table);
        }
        for (H2Domain domain : domains) {
            Dependencies.Item type = item("type", domain.name());
            addUse(uses, domain.parent(), type);
            addSequences(uses, analyzer, domain.standard(), type);
        }
        return uses;
    }

    private static void addUse(Set<Dependencies.Use> uses, H2Name domain, Dependencies.Item user) {
        if (domain.name() != null) {
            uses.add(new Dependencies.Use(item("type", domain), user, Dependencies.Loss.PART));
        }
    }

    private static void addSequences(
            Set<Dependencies.Use> uses, SqlAnalyzer analyzer, String standard, Dependencies.Item user) {
        if (!standard.contains("VALUE FOR") && !standard.contains("VAL(")) {
            return;
        }
        for (TableName sequence : analyzer.sequencesIn(standard)) {
            // Without a schema it is one of the schema of its user, as far as anybody knows.
            String schema = sequence.isQualified() ? sequence.schema() : user.schema();
            uses.add(new Dependencies.Use(
                    new Dependencies.Item("sequence", schema, sequence.name()), user, Dependencies.Loss.PART));
        }
    }

    /**
     * What each domain computes: its checks, its default, what an update gives it, and all that of the domains that it is made
     * of. All of it is also its own, for the statements that name it.
     */
    private static Map<H2Name, List<String>> ofDomains(
            Statement statement, Map<H2Name, String> checks, List<H2Domain> domains, List<Computed> computed)
            throws SQLException {
        Map<H2Name, List<String>> own = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(H2Query.fresh(CHECKED_DOMAINS))) {
            while (rows.next()) {
                String check = checks.get(H2Name.of(rows, 1));
                if (check != null) {
                    own.computeIfAbsent(H2Name.of(rows, 3), first -> new ArrayList<>())
                            .add(check);
                }
            }
        }
        Map<H2Name, H2Name> parents = new HashMap<>();
        for (H2Domain domain : domains) {
            for (String text : List.of(domain.standard(), domain.onUpdate())) {
                if (text.indexOf('(') >= 0) {
                    own.computeIfAbsent(domain.name(), first -> new ArrayList<>())
                            .add(text);
                }
            }
            parents.put(domain.name(), domain.parent());
        }
        Map<H2Name, List<String>> all = new HashMap<>();
        for (H2Name domain : parents.keySet()) {
            List<String> texts = new ArrayList<>();
            for (H2Name part = domain; part != null; part = parents.get(part)) {
                texts.addAll(own.getOrDefault(part, List.of()));
            }
            texts.forEach(text -> computed.add(new Computed("", "", "domain " + domain.name(), text)));
            all.put(domain, texts);
        }
        return all;
    }

    private static Computed of(H2Name table, String label, String text) {
        return new Computed(String.valueOf(table.schema()), String.valueOf(table.name()), label, text);
    }

    private static Dependencies.Item item(String kind, H2Name name) {
        TableName folded = name.folded();
        return new Dependencies.Item(kind, folded.schema(), folded.name());
    }
}
