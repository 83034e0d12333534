package io.tierguard.integration;

import io.tierguard.jdbc.DenialException;
import io.tierguard.jdbc.TierguardDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Connections to one database, for each of its tables one under a policy that protects this table alone. */
final class ProtectedTables implements AutoCloseable {
    private final Map<String, Connection> frozen = new TreeMap<>();
    private final Map<String, Connection> immutable = new TreeMap<>();
    private final TestDatabase database;
    private final String realUrl;
    private final Path folder;

    ProtectedTables(TestDatabase database, String realUrl, Path folder) throws SQLException, IOException {
        this.database = database;
        this.realUrl = realUrl;
        this.folder = folder;
        for (String table : ownTables()) {
            frozen.put(table, connect(table, "frozen", "select"));
            immutable.put(table, connect(table, "immutable", "select, insert"));
        }
    }

    /** The tables in lower case. */
    List<String> names() {
        return List.copyOf(frozen.keySet());
    }

    /** The tables that a text names or that are given, and two others, which differ from text to text. */
    List<String> worthTrying(String sql, Set<String> given) {
        String text = sql.toLowerCase(Locale.ROOT);
        List<String> all = names();
        Set<String> tried = new TreeSet<>(all.stream()
                .filter(table -> given.contains(table) || text.contains(table))
                .toList());
        for (int other = 0; other < 2 && !all.isEmpty(); other++) {
            tried.add(all.get(Math.floorMod(sql.hashCode() + 31 * other, all.size())));
        }
        return List.copyOf(tried);
    }

    /** Why a statement does not run where only the rows of a table may be read. */
    Optional<DenialException> denialIfFrozen(String table, String sql, boolean isPlain) throws SQLException {
        return denial(Objects.requireNonNull(frozen.get(table)), sql, isPlain);
    }

    /** Why a statement does not run where rows may be added to a table and no row of it may change. */
    Optional<DenialException> denialIfImmutable(String table, String sql, boolean isPlain) throws SQLException {
        return denial(Objects.requireNonNull(immutable.get(table)), sql, isPlain);
    }

    private static Optional<DenialException> denial(Connection connection, String sql, boolean isPlain)
            throws SQLException {
        try {
            if (isPlain && sql.indexOf('?') >= 0) {
                // A question mark is an operator or stands in a comment: only running it reads it so.
                try (Statement statement = connection.createStatement()) {
                    statement.execute(sql);
                }
            } else {
                connection.prepareStatement(sql).close();
            }
        } catch (DenialException denial) {
            return Optional.of(denial);
        } catch (SQLException passedTheGuard) {
            return Optional.empty();
        } finally {
            connection.rollback();
        }
        return Optional.empty();
    }

    private List<String> ownTables() throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection connection = database.connect(realUrl);
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT table_name FROM information_schema.tables"
                        + " WHERE table_type = 'BASE TABLE' AND lower(table_schema) = '" + database.schemaOf(realUrl)
                        + "'")) {
            while (rows.next()) {
                tables.add(rows.getString(1).toLowerCase(Locale.ROOT));
            }
        }
        return tables;
    }

    /** Migration tools set the checks of foreign keys as they found them. */
    private String trust() {
        return database instanceof MySqlDatabase ? """

                trust application {
                  owner "operations"
                  why "a test"
                  until 2099-12-31T00:00Z
                  administer
                }
                """ : "";
    }

    private Connection connect(String table, String kind, String grants) throws SQLException, IOException {
        Path policy = folder.resolve(table.replace(' ', '_') + "-" + kind + ".tierguard");
        Files.writeString(
                policy,
                """
                policy protected {
                  schema path %1$s
                }

                tier kept is %2$s {
                  why "what the other tables stand on"
                }

                tier business is mutable {
                  why "the application's own state"
                }

                table %1$s.%3$s is kept
                table %1$s.* is business
                table report.* is business

                component application {
                  connects as "sa", "postgres", "root"
                  grant %4$s on tier kept
                  grant select, insert, update, delete, truncate, create, extend, alter, drop on tier business
                }
                """.formatted(database.schemaOf(realUrl), kind, table.contains(" ") ? '"' + table + '"' : table, grants)
                        + trust());
        Connection connection = guarded(database, realUrl, policy, folder.resolve("audit-" + kind + ".jsonl"));
        connection.setAutoCommit(false);
        return connection;
    }

    /** A connection through the guard under a policy. */
    static Connection guarded(TestDatabase database, String realUrl, Path policy, Path auditFile) throws SQLException {
        String url = realUrl.replaceFirst("^jdbc:", "jdbc:tierguard:");
        url = database.withSetting(url, "tierguard.policy", policy.toString());
        url = database.withSetting(url, "tierguard.component", "application");
        url = database.withSetting(url, "tierguard.audit", auditFile.toString());
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", "");
        return Objects.requireNonNull(new TierguardDriver().connect(url, properties));
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : frozen.values()) {
            connection.close();
        }
        for (Connection connection : immutable.values()) {
            connection.close();
        }
    }
}
