package io.tierguard.integration.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.integration.BareDataSource;
import io.tierguard.jdbc.DenialException;
import io.tierguard.jdbc.TierguardDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The forms of the grid in routines that are made past the guard and called through it: nothing protected changes. */
class CalledFormsTest {
    /** What stands around a form so that its routine does more than to change rows. */
    private static final List<String> OF_MYSQL = List.of(
            "%s; COMMIT",
            "START TRANSACTION; %s; COMMIT", "IF 1 THEN %s; END IF; CREATE TABLE IF NOT EXISTS made_besides (id INT)");

    private static final List<String> OF_POSTGRESQL = List.of(
            "%s; CREATE TABLE IF NOT EXISTS made_besides (id int)",
            "CREATE TEMP TABLE IF NOT EXISTS made_of_session (id int); %s; DROP TABLE made_of_session",
            "BEGIN CREATE TABLE made_besides (id int); EXCEPTION WHEN duplicate_table THEN %s; END; IF true THEN %<s; END IF");

    @TempDir
    private Path folder;

    /** A routine by its number, and what it runs. */
    private record Called(String call, String form) {}

    static Stream<Engine> engines() {
        String only = System.getProperty("grid.engines", ".*");
        return Stream.of(Engine.MARIADB, Engine.MYSQL, Engine.POSTGRESQL_18)
                .filter(engine -> engine.name().matches(only) && engine.isAvailable());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void nothingProtectedChanges(Engine engine) throws Exception {
        int denied = 0;
        int passed = 0;
        List<String> changed = new ArrayList<>();
        try (BedDatabase database = BedDatabase.open(engine)) {
            List<Called> routines = make(database, engine);
            for (int next = 0; next < routines.size(); ) {
                try (Connection real = database.connect();
                        Connection seen = database.connect();
                        Connection guarded = guard(real, engine)) {
                    boolean isAsMade = true;
                    while (isAsMade && next < routines.size()) {
                        Called called = routines.get(next++);
                        try {
                            Bed.run(guarded, called.call());
                            passed++;
                        } catch (DenialException refused) {
                            denied++;
                        } catch (SQLException ofDatabase) {
                            passed++;
                        }
                        seen.rollback();
                        isAsMade = !database.isChangedForGood(seen);
                        if (!isAsMade) {
                            changed.add(called.call() + ": " + called.form());
                        }
                    }
                }
                if (next < routines.size()) {
                    database.makeAnew();
                    make(database, engine);
                }
            }
            System.out.println("Called forms on " + engine + ": " + routines.size() + " routines, " + denied
                    + " denied, " + passed + " passed, " + changed.size() + " changed something protected");
            assertThat(routines).hasSizeGreaterThan(100);
        }
        assertThat(changed).isEmpty();
        assertThat(denied).isPositive();
    }

    private static List<Called> make(BedDatabase database, Engine engine) throws SQLException {
        List<Called> made = new ArrayList<>();
        List<Form> forms = Form.table(engine.isMySql() ? "forms-mysql.txt" : "forms.txt");
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(true);
            int number = 0;
            for (Form form : forms) {
                if (!form.where().has(engine)) {
                    continue;
                }
                String statements = String.join("; ", database.named(form.on(engine, Trick.PLAIN)))
                        .replace("?", "1");
                for (String around : engine.isMySql() ? OF_MYSQL : OF_POSTGRESQL) {
                    number++;
                    String body = String.format(around, statements);
                    String routine = "called_" + number;
                    try {
                        Bed.run(
                                connection,
                                engine.isMySql()
                                        ? "CREATE PROCEDURE public." + routine + "() BEGIN " + body + "; END"
                                        : "CREATE FUNCTION public." + routine
                                                + "() RETURNS void LANGUAGE plpgsql AS $called$ BEGIN " + body
                                                + "; END $called$");
                        made.add(new Called(
                                (engine.isMySql() ? "CALL public." : "SELECT public.") + routine + "()", body));
                    } catch (SQLException notInCode) {
                        // The database does not take it in a routine.
                    }
                }
            }
        }
        return made;
    }

    private Connection guard(Connection real, Engine engine) throws SQLException {
        real.setAutoCommit(true);
        Path policy = Path.of(Objects.requireNonNull(Bed.class.getResource("/oracle/oracle.tierguard"))
                .getPath());
        BareDataSource bare = new BareDataSource() {
            @Override
            public Connection getConnection() {
                return real;
            }
        };
        Connection connection = new TierguardDataSource(
                        bare,
                        Map.of(
                                "tierguard.policy",
                                policy.toString(),
                                "tierguard.component",
                                "application",
                                "tierguard.audit",
                                folder.resolve("audit-" + engine + ".jsonl").toString(),
                                "tierguard.on-denial",
                                "continue"))
                .getConnection();
        connection.setAutoCommit(true);
        return connection;
    }
}
