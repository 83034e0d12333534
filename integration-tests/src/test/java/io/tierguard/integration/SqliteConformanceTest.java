package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every method of the JDBC objects that SQLite's driver has gives the same through the guard, but for what is denied on purpose. */
class SqliteConformanceTest {
    private static final String POLICY = """
            table * is operational
            component app {
              grant select, insert, update, delete, create, extend, alter, drop on tier operational
            }
            """;

    /** Calls that are denied because a name in them could be a statement, or a locator could change a row. */
    private static final Pattern DENIED = Pattern.compile(
            "\\.(createArrayOf|createStruct|setTypeMap|setSchema|setCatalog|setSavepoint|setCursorName|setNull)\\("
                    + "|^an? n?clob.*\\.(setString|setAsciiStream|setCharacterStream|truncate)\\(");

    /** What a guarded object is does not end with it, and the driver is asked otherwise to say that a row cannot be changed. */
    private static final Pattern OTHERWISE =
            Pattern.compile(" after the end of [A-Z_]+ \\.(unwrap|isWrapperFor)\\(|\\.(deleteRow|updateRow)\\(");

    @TempDir
    private Path folder;

    @Test
    void everyMethodGivesTheSame() throws Exception {
        SqliteDatabase database = SqliteDatabase.SQLITE;
        try (GuardedTables tables = GuardedTables.open(database, folder, POLICY);
                JdbcBed bed = new JdbcBed(database, tables.connectPastTheGuard())) {
            List<JdbcSubject> subjects = had(JdbcSubject.all(database), tables);
            Map<String, String> bare = JdbcWalk.outcomes(tables::connectPastTheGuard, bed, subjects);
            Map<String, String> guarded = JdbcWalk.outcomes(tables::connect, bed, subjects);
            List<String> differences = new ArrayList<>();
            bare.forEach((call, outcome) -> {
                String seen = String.valueOf(guarded.get(call));
                boolean isIntended = OTHERWISE.matcher(call).find()
                        || (DENIED.matcher(call).find() && seen.contains("DenialException"));
                if (!isAlike(outcome, seen) && !isIntended) {
                    differences.add(call + "\n  bare    " + outcome + "\n  guarded " + seen);
                }
            });
            assertThat(guarded.keySet()).isEqualTo(bare.keySet());
            assertThat(differences).isEmpty();
            assertThat(bare).hasSizeGreaterThan(300);
        }
    }

    /**
     * Whether two outcomes are one: its driver has one object for a result and its metadata, of which a guarded one is one or
     * the other, and a text that is none of SQLite is denied before SQLite refuses it.
     */
    private static boolean isAlike(String bare, String guarded) {
        if (bare.startsWith("threw") && guarded.contains("it could not be read")) {
            return true;
        }
        if (bare.startsWith("[ParameterMetaData, PreparedStatement")) {
            return guarded.contains("Statement") || guarded.startsWith("[ParameterMetaData, Wrapper]");
        }
        if (guarded.startsWith("[ResultSetMetaData, Wrapper]")) {
            // What describes the rows is not the rows.
            return bare.replace("[ResultSet, ResultSetMetaData, Wrapper]", "[ResultSetMetaData, Wrapper]")
                    .startsWith(guarded.replace(" left all", ""));
        }
        return bare.replace("[ResultSet, ResultSetMetaData, Wrapper]", "[ResultSet, Wrapper]")
                .equals(guarded.replace("[ResultSet, ResultSetMetaData, Wrapper]", "[ResultSet, Wrapper]"));
    }

    /** The objects that its driver makes. */
    private static List<JdbcSubject> had(List<JdbcSubject> all, GuardedTables tables) throws SQLException {
        List<JdbcSubject> had = new ArrayList<>();
        int number = 0;
        for (JdbcSubject subject : all) {
            // The grid's profile walks all states of objects, any build some.
            if (number++ % Math.min(3, Integer.getInteger("grid", 3)) != 0) {
                continue;
            }
            try (Connection connection = tables.connectPastTheGuard()) {
                subject.open(connection);
                had.add(subject);
            } catch (SQLException | UnsupportedOperationException unknown) {
                // Its driver has no such object.
            }
        }
        return had;
    }
}
