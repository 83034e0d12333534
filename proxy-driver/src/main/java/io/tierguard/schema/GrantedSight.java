package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a user of MySQL or MariaDB is shown of the catalog: triggers to whom may make them, foreign keys to whom the tables are
 * open that have them. What is not shown is there all the same.
 *
 * @param ofAll what the grants on all databases show
 * @param ofSome what those on some of them show, of which the server goes by one alone: the one that says most exactly where
 * @param withheld the databases of which something was taken away again
 * @param databases those that are shown at all, by their folded names as the server writes them, which may be several that
 *     differ by case; empty where no name counts
 */
record GrantedSight(Shown ofAll, List<Shown> ofSome, List<Pattern> withheld, Map<String, Set<String>> databases) {
    /**
     * What is shown of the databases that a pattern of GRANT means.
     *
     * @param triggers whether their triggers are
     * @param tables whether all their tables are
     */
    record Shown(Pattern schemas, boolean triggers, boolean tables) {
        private Shown and(Shown more) {
            return new Shown(schemas, triggers || more.triggers, tables || more.tables);
        }

        private boolean covers(String schema) {
            return schemas.matcher(schema).matches();
        }
    }

    private static final Pattern EVERYTHING = Pattern.compile(".*", Pattern.DOTALL);

    /** Of a catalog that hides nothing. */
    static final GrantedSight OF_ALL =
            new GrantedSight(new Shown(EVERYTHING, true, true), List.of(), List.of(), Map.of());

    private static final Pattern GRANT =
            Pattern.compile("(GRANT|REVOKE) (.+) ON (?:\\*|[`\"](.+)[`\"])\\.\\* (?:TO|FROM) .*", Pattern.DOTALL);

    private static final String ALL = "ALL PRIVILEGES";

    /** Privileges that show the foreign keys of all tables, as the others do not. */
    private static final Set<String> SHOW_TABLES =
            Set.of(ALL, "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "REFERENCES", "INDEX", "ALTER", "TRIGGER");

    private static final String DATABASES =
            "SELECT SCHEMA_NAME, @@lower_case_table_names FROM INFORMATION_SCHEMA.SCHEMATA";

    GrantedSight {
        ofSome = List.copyOf(ofSome);
        withheld = List.copyOf(withheld);
        databases = Map.copyOf(databases);
    }

    /** That of the session's user in the roles that it has taken on. */
    static GrantedSight read(Statement statement) throws SQLException {
        List<String> grants = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SHOW GRANTS")) {
            while (rows.next()) {
                grants.add(rows.getString(1));
            }
        }
        Map<String, Set<String>> databases = new HashMap<>();
        boolean isCaseTold = true;
        try (ResultSet rows = statement.executeQuery(DATABASES)) {
            while (rows.next()) {
                isCaseTold &= rows.getInt(2) == 0;
                databases
                        .computeIfAbsent(TableName.fold(rows.getString(1)), first -> new TreeSet<>())
                        .add(rows.getString(1));
            }
        }
        return of(grants, databases, isCaseTold);
    }

    /**
     * That which grants give, as the server writes them.
     *
     * @param isCaseTold whether names of databases that differ by case are others
     */
    static GrantedSight of(List<String> grants, Map<String, Set<String>> databases, boolean isCaseTold) {
        Shown ofAll = new Shown(EVERYTHING, false, false);
        Map<String, Shown> ofSome =
                new TreeMap<>(); // by what the grants say, because a role may add to what the user has
        List<Pattern> withheld = new ArrayList<>();
        for (String grant : grants) {
            Matcher parts = GRANT.matcher(grant);
            if (!parts.matches()) {
                continue;
            }
            @Nullable String name = parts.group(3);
            Pattern schemas = schemas(name, isCaseTold);
            if (parts.group(1).equals("REVOKE")) {
                withheld.add(schemas(name, false));
                continue;
            }
            List<String> privileges =
                    List.of(parts.group(2).toUpperCase(Locale.ROOT).split(", ", -1));
            boolean showsTriggers = privileges.contains(ALL) || privileges.contains("TRIGGER");
            Shown shown = new Shown(schemas, showsTriggers, privileges.stream().anyMatch(SHOW_TABLES::contains));
            if (name == null) {
                ofAll = ofAll.and(shown);
            } else {
                ofSome.merge(name, shown, Shown::and);
            }
        }
        return new GrantedSight(ofAll, List.copyOf(ofSome.values()), withheld, databases);
    }

    /** The databases that a name in a grant means; null for all. */
    private static Pattern schemas(@Nullable String name, boolean isCaseTold) {
        if (name == null) {
            return EVERYTHING;
        }
        StringBuilder pattern = new StringBuilder();
        for (int at = 0; at < name.length(); at++) {
            char c = name.charAt(at);
            if (c == '\\' && at + 1 < name.length()) {
                at++;
                pattern.append(Pattern.quote(String.valueOf(name.charAt(at))));
            } else {
                pattern.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        int anyCase = isCaseTold ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
        return Pattern.compile(pattern.toString(), Pattern.DOTALL | anyCase);
    }

    /** Whether the triggers of a database's tables are shown. */
    boolean showsTriggersIn(String schema) {
        return shows(schema, Shown::triggers);
    }

    /** Whether the foreign keys of all tables of a database are shown. */
    boolean showsTablesIn(String schema) {
        return shows(schema, Shown::tables);
    }

    private boolean shows(String schema, Predicate<Shown> what) {
        if (withheld.stream().anyMatch(pattern -> pattern.matcher(schema).matches())) {
            return false;
        }
        return what.test(ofAll)
                || databases.getOrDefault(schema, Set.of(schema)).stream().allMatch(name -> isShown(name, what));
    }

    private boolean isShown(String database, Predicate<Shown> what) {
        List<Shown> meant =
                ofSome.stream().filter(shown -> shown.covers(database)).toList();
        return !meant.isEmpty() && meant.stream().allMatch(what);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GrantedSight sight && toString().equals(sight.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}
