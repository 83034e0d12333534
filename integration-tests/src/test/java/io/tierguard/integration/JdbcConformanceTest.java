package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every method of every JDBC object gives on a guarded connection what it gives on a bare one. */
class JdbcConformanceTest {
    private static final String POLICY = """
            table * is operational

            component app {
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier operational
            }
            """;

    /**
     * A difference that is the guard's purpose.
     *
     * @param call what the calls are, a regular expression
     * @param outcome what they give through the guard, its beginning
     * @param why the reason, as the page on JDBC in the documentation has it
     */
    private record Intended(String call, String outcome, String why) {
        boolean covers(String made, String seen) {
            return Pattern.compile(call).matcher(made).find() && seen.startsWith(outcome);
        }
    }

    private static final String DENIED = "threw io.tierguard.jdbc.DenialException 42501";

    private static final List<Intended> INTENDED = List.of(
            new Intended(
                    "^an? (blob|large object) of a row.*\\.(setBytes|setBinaryStream|truncate)\\(",
                    DENIED,
                    "a write through a locator may change a stored row, and no SQL says which"),
            new Intended(
                    "^an? (n?clob|large text) of a row.*\\.(setString|setAsciiStream|setCharacterStream|truncate)\\(",
                    DENIED,
                    "a write through a locator may change a stored row, and no SQL says which"),
            new Intended(
                    "\\.(createArrayOf|createStruct|registerOutParameter|setNull|setTypeMap)\\(",
                    DENIED,
                    "a type's name that is no name could be a statement"),
            new Intended(
                    "\\.(setSchema|setCatalog|setSavepoint|setCursorName)\\(",
                    DENIED,
                    "a name that is not plain could be a statement"),
            new Intended(
                    "^a connection after the end of ITSELF \\.(unwrap|isWrapperFor)\\(",
                    "",
                    "what a guarded object is does not end with it"),
            new Intended(
                    "^rows .*\\.getN?Clob\\(",
                    "[Clob, NClob]",
                    "a text of MariaDB's is a Blob as well, and through the guard what was asked for"),
            // MySQL's driver refuses to tell.
            new Intended(
                    " after the end of [A-Z_]+ \\.isWrapperFor\\(",
                    "java.lang.Boolean",
                    "what a guarded object is does not end with it"));

    /** On the MySQL family one state of so many is walked, and all of them under the grid's profile. */
    private static final int SHARE = Math.min(3, Integer.getInteger("grid", 3));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void everyMethodGivesTheSame(LiveDatabase database) throws Exception {
        assertSame(database, 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void everyMethodOfTheMySqlFamilyGivesTheSame(MySqlDatabase database) throws Exception {
        assertSame(database, SHARE);
    }

    private void assertSame(TestDatabase database, int share) throws Exception {
        try (GuardedTables tables = GuardedTables.open(database, folder, POLICY);
                JdbcBed bed = new JdbcBed(database, tables.connectPastTheGuard())) {
            List<JdbcSubject> subjects = sampled(JdbcSubject.all(database), share);
            Map<String, String> bare = JdbcWalk.outcomes(tables::connectPastTheGuard, bed, subjects);
            Map<String, String> guarded = JdbcWalk.outcomes(tables::connect, bed, subjects);
            List<String> differences = new ArrayList<>();
            bare.forEach((call, outcome) -> {
                String seen = guarded.get(call);
                if (!outcome.equals(seen) && !isIntended(call, String.valueOf(seen))) {
                    differences.add(call + "\n  bare    " + outcome + "\n  guarded " + seen);
                }
            });
            assertThat(bare).hasSizeGreaterThan(8000 / share);
            assertThat(guarded.keySet()).isEqualTo(bare.keySet());
            assertThat(differences).isEmpty();
        }
    }

    private static List<JdbcSubject> sampled(List<JdbcSubject> all, int share) {
        return IntStream.range(0, all.size())
                .filter(index -> index % share == 0)
                .mapToObj(all::get)
                .toList();
    }

    private static boolean isIntended(String call, String seen) {
        return INTENDED.stream().anyMatch(each -> each.covers(call, seen));
    }
}
