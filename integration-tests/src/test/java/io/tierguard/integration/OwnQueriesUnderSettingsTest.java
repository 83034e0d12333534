package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.jdbc.DenialException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.h2.api.Trigger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the application sets in its session, or an administrator for all, the guard reads the same schema and session by queries of its
 * own: what it denies it denies, and what it permits it permits.
 */
class OwnQueriesUnderSettingsTest {
    private static final String RULES = """
            table ledger* is ledger
            table later* is ledger
            table orders is operational
            table stock is operational
            table wide is operational
            table mine* is operational
            table seen* is operational
            table traced is operational

            component app {
              grant select, insert, update, delete, create, extend, alter, drop on tier operational
              grant select, insert on tier ledger
            }
            """;

    /** No literal is in what the application runs, as some databases forbid them. */
    private static final List<String> STEPS = List.of(
            "CREATE TABLE mine (id INT PRIMARY KEY, v INT)",
            "UPDATE ledger SET id = id",
            "DELETE FROM ledger WHERE id = id",
            "INSERT INTO orders (id) SELECT MAX(id) + MAX(id) FROM orders",
            "DELETE FROM orders WHERE id = id",
            "DELETE FROM stock WHERE id = id",
            "DELETE FROM wide WHERE id = id",
            "UPDATE seen SET id = id",
            "UPDATE seen_later SET id = id",
            "SELECT id FROM orders",
            "SELECT id FROM seen_later",
            "INSERT INTO mine (id) SELECT id FROM orders",
            "UPDATE mine SET v = id",
            "ALTER TABLE mine ADD COLUMN w INT",
            "UPDATE mine SET w = v",
            "DELETE FROM mine WHERE id = id",
            "INSERT INTO traced (id) SELECT MAX(id) + MAX(id) FROM orders",
            "DROP TABLE mine",
            "UPDATE later SET id = id");

    @TempDir
    private Path folder;

    private static final List<String> H2 = List.of(
            "SET ALLOW_LITERALS NONE",
            "SET ALLOW_LITERALS NUMBERS",
            "SET MAX_MEMORY_ROWS 1",
            "SET QUERY_TIMEOUT 1",
            "SET LOCK_TIMEOUT 0",
            "SET OPTIMIZE_REUSE_RESULTS 0",
            "SET LAZY_QUERY_EXECUTION 1",
            "SET NON_KEYWORDS VALUE, KEY",
            "SET VARIABLE_BINARY TRUE",
            "SET TRUNCATE_LARGE_LENGTH TRUE",
            "SET IGNORECASE TRUE",
            "SET DEFAULT_NULL_ORDERING HIGH",
            "SET MAX_OPERATION_MEMORY 1");

    private static final List<String> POSTGRESQL = List.of(
            "statement_timeout = 1000",
            "lock_timeout = 1",
            "default_transaction_read_only = on",
            "default_transaction_isolation = serializable",
            "default_transaction_deferrable = on",
            "idle_in_transaction_session_timeout = 1000",
            "quote_all_identifiers = on",
            "standard_conforming_strings = off",
            "backslash_quote = off",
            "search_path = public, pg_catalog",
            "search_path = pg_temp, public",
            "row_security = off",
            "IntervalStyle = sql_standard",
            "bytea_output = escape",
            "plan_cache_mode = force_generic_plan",
            "enable_seqscan = off",
            "enable_hashjoin = off",
            "enable_nestloop = off",
            "enable_indexscan = off",
            "from_collapse_limit = 1",
            "join_collapse_limit = 1",
            "transform_null_equals = on",
            "max_stack_depth = '100kB'",
            "work_mem = '64kB'",
            "jit_above_cost = 0",
            "check_function_bodies = off",
            "client_min_messages = debug5",
            "lc_messages = 'C'",
            "DateStyle = 'ISO, DMY'",
            "TimeZone = 'Pacific/Apia'");

    private static final List<String> MYSQL = List.of(
            "sql_mode = 'ANSI_QUOTES'",
            "sql_mode = 'NO_BACKSLASH_ESCAPES'",
            "sql_mode = 'PIPES_AS_CONCAT'",
            "sql_mode = 'IGNORE_SPACE'",
            "sql_mode = 'NO_UNSIGNED_SUBTRACTION'",
            "sql_mode = 'HIGH_NOT_PRECEDENCE'",
            "sql_mode = 'PAD_CHAR_TO_FULL_LENGTH'",
            "sql_mode = 'ONLY_FULL_GROUP_BY'",
            "sql_mode = 'ANSI'",
            "sql_mode = 'TRADITIONAL'",
            "sql_mode = ''",
            "max_execution_time = 1000",
            "max_statement_time = 1",
            "sql_select_limit = 1",
            "sql_select_limit = 0",
            "sql_safe_updates = 1",
            "sql_auto_is_null = 1",
            "group_concat_max_len = 4",
            "character_set_results = NULL",
            "character_set_results = latin1",
            "character_set_connection = latin1",
            "collation_connection = utf8mb4_bin",
            "collation_connection = latin1_swedish_ci",
            "collation_connection = utf8mb4_unicode_ci",
            "completion_type = CHAIN",
            "max_error_count = 0",
            "foreign_key_checks = 0",
            "transaction_read_only = 1",
            "innodb_lock_wait_timeout = 1",
            "lock_wait_timeout = 1",
            "optimizer_switch = 'derived_merge=off,materialization=off,semijoin=off'",
            "optimizer_search_depth = 1",
            "max_join_size = 1",
            "sql_big_selects = 0",
            "max_sort_length = 4",
            "tmp_table_size = 1024",
            "sql_quote_show_create = 0",
            "information_schema_stats_expiry = 0",
            "transaction_isolation = 'READ-UNCOMMITTED'",
            "old_mode = 'UTF8_IS_UTF8MB3,NO_PROGRESS_INFO'",
            "session_track_schema = 0");

    private static final List<String> SQLITE = List.of(
            "PRAGMA query_only = 1",
            "PRAGMA case_sensitive_like = 1",
            "PRAGMA full_column_names = 1",
            "PRAGMA short_column_names = 0",
            "PRAGMA empty_result_callbacks = 1",
            "PRAGMA count_changes = 1",
            "PRAGMA reverse_unordered_selects = 1",
            "PRAGMA legacy_alter_table = 1",
            "PRAGMA trusted_schema = 0",
            "PRAGMA writable_schema = 1",
            "PRAGMA foreign_keys = 0",
            "PRAGMA recursive_triggers = 1",
            "PRAGMA automatic_index = 0",
            "PRAGMA cell_size_check = 1",
            "PRAGMA temp_store = 2",
            "PRAGMA busy_timeout = 0",
            "PRAGMA read_uncommitted = 1",
            "PRAGMA cache_size = 1");

    /** A trigger of H2 of which the policy says nothing. */
    public static final class Tracing implements Trigger {
        @Override
        public void fire(Connection connection, Object[] before, Object[] after) {
            // Nobody who has not read it knows that it does nothing.
        }
    }

    /** Who sets something. */
    enum Setter {
        APPLICATION,
        ADMINISTRATOR
    }

    /** Each setting, by each who sets it in the profile for the whole grid, and else by one of them in turn. */
    static Stream<Arguments> settings() {
        List<Arguments> all = new ArrayList<>();
        settings(all, LiveDatabase.H2, H2);
        settings(all, LiveDatabase.POSTGRESQL, POSTGRESQL);
        settings(all, MySqlDatabase.MARIADB, MYSQL);
        settings(all, MySqlDatabase.MYSQL, MYSQL);
        all.add(Arguments.of(LiveDatabase.POSTGRESQL, Setter.APPLICATION, "statement_timeout = 6"));
        SQLITE.forEach(text -> all.add(Arguments.of(SqliteDatabase.SQLITE, Setter.APPLICATION, text)));
        return all.stream();
    }

    private static void settings(List<Arguments> all, TestDatabase database, List<String> texts) {
        Setter[] setters = Setter.values();
        boolean isWhole = Integer.getInteger("grid", 2) == 1;
        int turn = database == MySqlDatabase.MYSQL ? 1 : 0; // so that each is set by each on one of the two
        for (int at = 0; at < texts.size(); at++) {
            for (Setter setter : setters) {
                if (isWhole || setter == setters[(at + turn) % setters.length]) {
                    all.add(Arguments.of(database, setter, texts.get(at)));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void theGuardDeniesAndPermitsTheSame(TestDatabase database, Setter setter, String setting) throws Exception {
        boolean autoCommit = setter == Setter.APPLICATION;
        assertThat(decided(database, setter, setting, autoCommit)).isEqualTo(expected(database));
    }

    private static List<String> expected(TestDatabase database) {
        Set<String> denied = new HashSet<>(List.of(
                "UPDATE ledger",
                "DELETE FROM ledger",
                "DELETE FROM orders",
                "DELETE FROM stock",
                "DELETE FROM wide",
                "UPDATE seen",
                "UPDATE seen_later",
                "INSERT INTO traced",
                "UPDATE later"));
        if (database == SqliteDatabase.SQLITE) {
            denied.removeAll(List.of("UPDATE seen", "UPDATE seen_later")); // it refuses that itself
        }
        return STEPS.stream()
                .map(sql -> sql + ": "
                        + (denied.stream().anyMatch(step -> sql.startsWith(step + " ")) ? "denied" : "permitted"))
                .toList();
    }

    private List<String> decided(TestDatabase database, Setter setter, String setting, boolean autoCommit)
            throws Exception {
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                RULES,
                "CREATE TABLE orders (id INT PRIMARY KEY)",
                "CREATE TABLE stock (id INT PRIMARY KEY)",
                "CREATE TABLE wide (id INT PRIMARY KEY)",
                "CREATE TABLE traced (id INT PRIMARY KEY)",
                "CREATE TABLE ledger (id INT PRIMARY KEY, FOREIGN KEY (id) REFERENCES orders (id) ON DELETE CASCADE)",
                "CREATE VIEW seen AS SELECT * FROM ledger",
                "INSERT INTO orders VALUES (1)",
                "INSERT INTO ledger VALUES (1)")) {
            try (Connection connection = connect(database, tables, setter, setting)) {
                later(tables, database, setting);
                connection.setAutoCommit(autoCommit);
                List<String> decided = new ArrayList<>();
                for (String sql : STEPS) {
                    decided.add(sql + ": " + outcome(connection, sql, autoCommit));
                }
                return decided;
            }
        }
    }

    private static Connection connect(TestDatabase database, GuardedTables tables, Setter setter, String setting)
            throws SQLException {
        boolean isOfServer = database == LiveDatabase.POSTGRESQL || database instanceof MySqlDatabase;
        if (setter == Setter.APPLICATION) {
            Connection connection = tables.connect();
            try (Statement statement = connection.createStatement()) {
                statement.execute(isOfServer ? "SET " + setting : setting);
                return connection;
            } catch (SQLException notHere) {
                connection.close();
                throw unset(notHere);
            }
        }
        if (database instanceof MySqlDatabase) {
            try {
                return tables.connectSetting("sessionVariables", setting.replace(" = ", "="));
            } catch (SQLException notHere) {
                throw unset(notHere);
            }
        }
        String name = tables.realUrl().substring(tables.realUrl().lastIndexOf('/') + 1);
        tables.prepare(isOfServer ? "ALTER DATABASE " + name + " SET " + setting : setting);
        return tables.connect();
    }

    /** The guard refuses it, or this server does not know it. */
    private static SQLException unset(SQLException refused) {
        String message = String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT);
        Assumptions.assumeFalse(
                refused instanceof DenialException || message.contains("variable") || message.contains("character"),
                message);
        return refused;
    }

    /** What others change past the guard, which the next reading must find. */
    private static void later(GuardedTables tables, TestDatabase database, String setting) throws SQLException {
        List<String> made = new ArrayList<>();
        made.add("CREATE TABLE later (id INT PRIMARY KEY, FOREIGN KEY (id) REFERENCES stock (id) ON DELETE CASCADE)");
        made.add("CREATE VIEW seen_later AS SELECT * FROM later");
        for (int i = 0; i < 8; i++) {
            String name = "_with_a_name_that_is_longer_than_others_" + i;
            made.add("CREATE TABLE " + (i < 7 ? "mine" : "later") + name
                    + " (id INT PRIMARY KEY, FOREIGN KEY (id) REFERENCES wide (id) ON DELETE CASCADE)");
        }
        switch (database.dialect()) {
            case MYSQL, MARIADB ->
                made.add("CREATE TRIGGER tracing AFTER INSERT ON traced FOR EACH ROW DELETE FROM ledger");
            case SQLITE -> made.add("CREATE TRIGGER tracing AFTER INSERT ON traced BEGIN DELETE FROM ledger; END");
            case POSTGRESQL -> {
                made.add("CREATE FUNCTION tracing() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN DELETE FROM ledger; RETURN NEW; END'");
                made.add("CREATE TRIGGER tracing AFTER INSERT ON traced FOR EACH ROW EXECUTE FUNCTION tracing()");
            }
            case H2 ->
                made.add("CREATE TRIGGER tracing BEFORE INSERT ON traced FOR EACH ROW CALL '" + Tracing.class.getName()
                        + "'");
            default -> {}
        }
        try (Connection connection = tables.connectPastTheGuard();
                Statement statement = connection.createStatement()) {
            if (database == LiveDatabase.POSTGRESQL) {
                statement.execute("SET default_transaction_read_only = off");
                statement.execute("SET search_path = public");
                statement.execute("SET statement_timeout = 0");
            }
            boolean isLiteralFree = setting.contains("ALLOW_LITERALS"); // without them H2 makes no foreign key
            if (isLiteralFree) {
                statement.execute("SET ALLOW_LITERALS ALL");
            }
            for (String sql : made) {
                statement.execute(sql);
            }
            if (isLiteralFree) {
                statement.execute(setting);
            }
        }
    }

    private static String outcome(Connection connection, String sql, boolean autoCommit) throws SQLException {
        String outcome;
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            outcome = "permitted";
        } catch (DenialException denied) {
            outcome = "denied";
        } catch (SQLException refused) {
            outcome = "permitted";
        }
        if (!autoCommit) {
            try {
                if (outcome.equals("permitted")) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
            } catch (SQLException lost) {
                return outcome + " and " + lost.getMessage();
            }
        }
        return outcome;
    }
}
