package io.tierguard.schema;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a user of MySQL or MariaDB is shown of the catalog: triggers to whom may make them, foreign keys to whom the tables are
 * open that have them. What is not shown is there all the same.
 *
 * @param ofTriggers the databases whose triggers are shown, as patterns of GRANT
 * @param ofTables the databases all of whose tables are shown
 * @param withheld the databases of which something was taken away again
 */
record GrantedSight(List<Pattern> ofTriggers, List<Pattern> ofTables, List<Pattern> withheld) {
    private static final Pattern EVERYTHING = Pattern.compile(".*", Pattern.DOTALL);

    /** Of a catalog that hides nothing. */
    static final GrantedSight OF_ALL = new GrantedSight(List.of(EVERYTHING), List.of(EVERYTHING), List.of());

    private static final Pattern GRANT =
            Pattern.compile("(GRANT|REVOKE) (.+) ON (?:\\*|[`\"](.+)[`\"])\\.\\* (?:TO|FROM) .*", Pattern.DOTALL);

    private static final String ALL = "ALL PRIVILEGES";

    /** Privileges that show nothing of what a write would do. */
    private static final Set<String> SHOW_NOTHING = Set.of("USAGE", "SELECT");

    GrantedSight {
        ofTriggers = List.copyOf(ofTriggers);
        ofTables = List.copyOf(ofTables);
        withheld = List.copyOf(withheld);
    }

    /** That of the session's user in the roles that it has taken on. */
    static GrantedSight read(Statement statement) throws SQLException {
        List<String> grants = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SHOW GRANTS")) {
            while (rows.next()) {
                grants.add(rows.getString(1));
            }
        }
        return of(grants);
    }

    /** That which grants give, as the server writes them. */
    static GrantedSight of(List<String> grants) {
        List<Pattern> triggers = new ArrayList<>();
        List<Pattern> tables = new ArrayList<>();
        List<Pattern> withheld = new ArrayList<>();
        for (String grant : grants) {
            Matcher parts = GRANT.matcher(grant);
            if (!parts.matches()) {
                continue;
            }
            Pattern schemas = schemas(parts.group(3));
            List<String> privileges =
                    List.of(parts.group(2).toUpperCase(Locale.ROOT).split(", ", -1));
            if (parts.group(1).equals("REVOKE")) {
                withheld.add(schemas);
                continue;
            }
            if (privileges.contains(ALL) || privileges.contains("TRIGGER")) {
                triggers.add(schemas);
            }
            if (!SHOW_NOTHING.containsAll(privileges)) {
                tables.add(schemas);
            }
        }
        return new GrantedSight(triggers, tables, withheld);
    }

    /** The databases that a name in a grant means; null for all. */
    private static Pattern schemas(@Nullable String name) {
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
        return Pattern.compile(pattern.toString(), Pattern.DOTALL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** Whether the triggers of a database's tables are shown. */
    boolean showsTriggersIn(String schema) {
        return covers(ofTriggers, schema) && !covers(withheld, schema);
    }

    /** Whether the foreign keys of all tables of a database are shown. */
    boolean showsTablesIn(String schema) {
        return covers(ofTables, schema) && !covers(withheld, schema);
    }

    private static boolean covers(List<Pattern> patterns, String schema) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(schema).matches());
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
