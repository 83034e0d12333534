package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.jdbc.DenialException;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.SqlAnalyzer;
import io.tierguard.sql.StatementEffects;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A list of statements, each held against its database: it is valid, it runs through the guard where it is granted, and
 * where a table is protected it is denied if it writes this table and only then.
 */
final class ListedSql implements AutoCloseable {
    private final LiveDatabase database;
    private final Path folder;
    private final ApplicationDatabase shop;
    private final Connection planner;
    private final Connection bare;
    private final Connection guarded;
    private final List<String> faults = new ArrayList<>();

    /** A list on a database of its own, on which the setup has run past the guard. */
    ListedSql(LiveDatabase database, Path folder, List<ListedStatement> setup) throws SQLException {
        this.database = database;
        this.folder = folder;
        this.shop = ApplicationDatabase.guarded(database, "everyday.tierguard", folder);
        this.planner = database.connectToPlan(shop.realUrl());
        this.bare = shop.connectPastTheGuard();
        this.guarded = shop.dataSource().getConnection();
        for (ListedStatement each : setup) {
            each.runOn(bare);
        }
        guarded.setAutoCommit(false);
        bare.setAutoCommit(false);
    }

    /** Runs what others stand on, and holds it to nothing but that it runs where it is granted. */
    void keep(List<ListedStatement> statements) throws SQLException {
        for (ListedStatement each : statements) {
            runGranted(each);
        }
        assertThat(faults).isEmpty();
    }

    void hold(List<ListedStatement> statements) throws Exception {
        try (ProtectedTables tables = new ProtectedTables(database, shop.realUrl(), folder)) {
            for (ListedStatement each : statements) {
                hold(each, tables);
            }
        }
        assertThat(faults).isEmpty();
    }

    private void hold(ListedStatement each, ProtectedTables tables) throws SQLException {
        Set<String> changed = Set.of();
        Optional<WrittenTables> planned = Optional.empty();
        if (!each.isKept()) {
            try {
                planned = WrittenTables.of(database, planner, each.text(), each.isPlain());
                RowPrints before = RowPrints.of(database, bare, tables.names());
                each.runOn(bare);
                changed = before.changedIn(RowPrints.of(database, bare, tables.names()));
            } catch (SQLException e) {
                faults.add("not valid: " + each.text() + "\n  " + e);
                return;
            } finally {
                bare.rollback();
            }
        }
        Set<String> written = new HashSet<>(changed);
        planned.ifPresent(plan -> written.addAll(plan.writes().keySet()));
        for (String table : tables.worthTrying(each.text(), written)) {
            Optional<DenialException> frozen = tables.denialIfFrozen(table, each.text(), each.isPlain());
            boolean isNamed = each.text().toLowerCase(Locale.ROOT).contains(table);
            compare(each, table, "frozen", frozen, written.contains(table), planned.isPresent() || !isNamed);
            if (planned.isPresent()) {
                boolean changes = planned.get().change(table);
                boolean isCertain = !changed.contains(table);
                compare(
                        each,
                        table,
                        "immutable",
                        tables.denialIfImmutable(table, each.text(), each.isPlain()),
                        changes,
                        isCertain);
            }
        }
        runGranted(each);
    }

    private void compare(
            ListedStatement each,
            String table,
            String tier,
            Optional<DenialException> denial,
            boolean mustBeDenied,
            boolean elseMustPass) {
        if (mustBeDenied && denial.isEmpty()) {
            faults.add("passes and writes the " + tier + " " + table + ": " + each.text());
        }
        if (!mustBeDenied && elseMustPass && denial.isPresent()) {
            faults.add("denied and does not write the " + tier + " " + table + ": " + each.text() + "\n  "
                    + denial.get().getMessage());
        }
    }

    private void runGranted(ListedStatement each) throws SQLException {
        try {
            each.runOn(guarded);
        } catch (SQLException e) {
            faults.add((e instanceof DenialException ? "denied: " : "not valid: ") + each.text() + "\n  " + e);
        } finally {
            if (each.isKept()) {
                guarded.commit();
            } else {
                guarded.rollback();
            }
        }
    }

    /** Those of some statements that are read less than exactly. */
    static List<String> boundedOf(LiveDatabase database, List<ListedStatement> statements) {
        SqlAnalyzer analyzer = SqlAnalyzer.ofSession(LexicalModes.defaultsOf(database.dialect()));
        return statements.stream()
                .filter(each -> analyzer
                        .analyze(each.text(), each.isPlain() ? Placeholders.NONE : Placeholders.QUESTION_MARKS)
                        .statements()
                        .stream()
                        .anyMatch(read -> !(read instanceof StatementEffects.Understood)))
                .map(ListedStatement::text)
                .toList();
    }

    /** The statements of some resources, one after the other. */
    static List<ListedStatement> of(String... resources) {
        return Stream.of(resources)
                .flatMap(resource -> ListedStatement.of(resource).stream())
                .toList();
    }

    @Override
    public void close() throws SQLException {
        planner.close();
        bare.close();
        guarded.close();
        shop.close();
    }
}
