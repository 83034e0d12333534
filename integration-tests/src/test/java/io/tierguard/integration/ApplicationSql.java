package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.jdbc.DenialException;
import io.tierguard.jdbc.DenialListener;
import io.tierguard.jdbc.DenialListeners;
import io.tierguard.sql.AnalyzedText;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.SqlAnalyzer;
import io.tierguard.sql.StatementEffects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The SQL of an application, recorded while it runs through the guard with every grant it needs: nothing of it is denied,
 * all of it can be read, and where one of its tables is protected only what writes that table is denied.
 */
final class ApplicationSql {
    private static final Path REPORTS = Path.of("target", "application-sql");

    private final String name;
    private final TestDatabase database;
    private final RecordedSql recorded;
    private final List<String> faults = new ArrayList<>();
    private final List<String> bounded = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    private ApplicationSql(String name, TestDatabase database, RecordedSql recorded) {
        this.name = name;
        this.database = database;
        this.recorded = recorded;
    }

    /** Holds what was recorded of an application that has run on a database, whose tables are still there. */
    static void hold(
            String name, TestDatabase database, ApplicationDatabase shop, Path folder, int most, RecordedSql recorded)
            throws SQLException, IOException {
        ApplicationSql sql = new ApplicationSql(name, database, recorded);
        sql.report();
        sql.examine(shop, folder, most);
    }

    /** Runs the application and holds its SQL to all three; {@code most} so many texts are read less than exactly. */
    static void hold(String name, TestDatabase database, Path folder, int most, Application application)
            throws Exception {
        hold(name, database, "", folder, most, application);
    }

    /** The same on a database with options in its URL. */
    static void hold(String name, TestDatabase database, String options, Path folder, int most, Application application)
            throws Exception {
        new ApplicationSql(name, database, new RecordedSql()).run(options, folder, most, application);
    }

    private void run(String options, Path folder, int most, Application application) throws Exception {
        try (ApplicationDatabase shop =
                ApplicationDatabase.guarded(database, options, "applications.tierguard", folder)) {
            List<DenialException> denials = new CopyOnWriteArrayList<>();
            DenialListener listener = denials::add;
            DenialListeners.add(listener);
            try {
                application.run(recorded.listeningTo(shop.dataSource()), new Sightings());
            } finally {
                DenialListeners.remove(listener);
                report();
                assertThat(denials).as("denials of " + name + " on " + database).isEmpty();
            }
            examine(shop, folder, most);
        }
    }

    /** Holds what was recorded of an application that has run through the guard, whose tables are still there. */
    private void examine(ApplicationDatabase shop, Path folder, int most) throws SQLException, IOException {
        read();
        protect(shop, folder);
        summarize();
        assertThat(faults).as(name + " on " + database).isEmpty();
        assertThat(bounded).as("read less than exactly").hasSizeLessThanOrEqualTo(most);
    }

    private void read() {
        SqlAnalyzer analyzer = SqlAnalyzer.ofSession(LexicalModes.defaultsOf(database.dialect()));
        for (RecordedSql.Text text : recorded.texts()) {
            AnalyzedText analyzed =
                    analyzer.analyze(text.sql(), text.isPlain() ? Placeholders.NONE : Placeholders.QUESTION_MARKS);
            for (StatementEffects statement : analyzed.statements()) {
                if (statement instanceof StatementEffects.Unreadable unreadable) {
                    count("unreadable", 1);
                    faults.add("unreadable: " + text.sql() + "\n  " + unreadable.problem());
                } else if (statement instanceof StatementEffects.Bounded) {
                    count("bounded", 1);
                    bounded.add(text.sql());
                }
            }
        }
    }

    private void protect(ApplicationDatabase shop, Path folder) throws SQLException, IOException {
        try (Connection bare = database.connectToPlan(shop.realUrl());
                ProtectedTables tables = new ProtectedTables(database, shop.realUrl(), folder)) {
            Cascades cascades = Cascades.of(bare, tables.names());
            for (RecordedSql.Text text : recorded.texts()) {
                protect(text, WrittenTables.of(database, bare, text.sql(), text.isPlain()), tables, cascades);
            }
        }
    }

    private void protect(
            RecordedSql.Text text, Optional<WrittenTables> planned, ProtectedTables tables, Cascades cascades)
            throws SQLException {
        if (planned.isEmpty()) {
            count("not planned", 1);
        }
        Set<String> falsely = new TreeSet<>();
        Set<String> written = planned.map(plan -> plan.writes().keySet()).orElse(Set.of());
        for (String table : tables.worthTrying(text.sql(), written)) {
            Optional<DenialException> frozen = tables.denialIfFrozen(table, text.sql(), text.isPlain());
            Optional<DenialException> immutable = tables.denialIfImmutable(table, text.sql(), text.isPlain());
            boolean mustBeDenied = planned.map(plan -> plan.write(table)).orElse(false);
            boolean mustBeKept = planned.map(plan -> plan.change(table)).orElse(false);
            boolean mayBeDenied = planned.map(plan ->
                            plan.write(table) || cascades.reach(plan.writes().keySet(), table))
                    .orElse(isNamed(table, text.sql()) || cascades.reachFrom(text.sql(), table));
            if ((mustBeDenied && frozen.isEmpty()) || (mustBeKept && immutable.isEmpty())) {
                faults.add("writes " + table + " and passes: " + text.sql());
            }
            if (!mayBeDenied && (frozen.isPresent() || immutable.isPresent())) {
                falsely.add(table + ": " + frozen.or(() -> immutable).get().getMessage());
            }
            count(frozen.isPresent() ? "denied where frozen" : "passed where frozen", 1);
        }
        if (!falsely.isEmpty()) {
            faults.add("writes none of these and is denied: " + text.sql() + "\n  "
                    + falsely.iterator().next() + "\n  of " + falsely.size());
        }
    }

    private static boolean isNamed(String table, String sql) {
        return sql.toLowerCase(Locale.ROOT).contains(table);
    }

    private void count(String what, int number) {
        counts.merge(what, number, Integer::sum);
    }

    private void report() throws IOException {
        Files.createDirectories(REPORTS);
        StringBuilder text = new StringBuilder();
        for (RecordedSql.Text each : recorded.texts()) {
            text.append(each.isPlain() ? "-- Statement\n" : "-- PreparedStatement\n")
                    .append(each.sql())
                    .append("\n\n");
        }
        Files.writeString(REPORTS.resolve(name.replace(' ', '-') + "-" + database + ".sql"), text);
    }

    private void summarize() throws IOException {
        Files.writeString(
                REPORTS.resolve("summary.txt"),
                name + " | " + database + " | " + recorded.texts().size() + " texts | " + counts + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
