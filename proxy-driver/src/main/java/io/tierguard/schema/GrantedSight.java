package io.tierguard.schema;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
 */
record GrantedSight(Shown ofAll, List<Shown> ofSome, List<Pattern> withheld) {
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
    static final GrantedSight OF_ALL = new GrantedSight(new Shown(EVERYTHING, true, true), List.of(), List.of());

    private static final Pattern GRANT =
            Pattern.compile("(GRANT|REVOKE) (.+) ON (?:\\*|[`\"](.+)[`\"])\\.\\* (?:TO|FROM) .*", Pattern.DOTALL);

    private static final String ALL = "ALL PRIVILEGES";

    /** Privileges that show nothing of what a write would do. */
    private static final Set<String> SHOW_NOTHING = Set.of("USAGE", "SELECT");

    GrantedSight {
        ofSome = List.copyOf(ofSome);
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
            Pattern schemas = schemas(name);
            if (parts.group(1).equals("REVOKE")) {
                withheld.add(schemas);
                continue;
            }
            List<String> privileges =
                    List.of(parts.group(2).toUpperCase(Locale.ROOT).split(", ", -1));
            boolean showsTriggers = privileges.contains(ALL) || privileges.contains("TRIGGER");
            Shown shown = new Shown(schemas, showsTriggers, !SHOW_NOTHING.containsAll(privileges));
            if (name == null) {
                ofAll = ofAll.and(shown);
            } else {
                ofSome.merge(name, shown, Shown::and);
            }
        }
        return new GrantedSight(ofAll, List.copyOf(ofSome.values()), withheld);
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
        List<Shown> meant =
                ofSome.stream().filter(shown -> shown.covers(schema)).toList();
        return what.test(ofAll) || (!meant.isEmpty() && meant.stream().allMatch(what));
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
