package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every form of PostgreSQL that reaches tables which it does not name, with what it writes and what it needs beyond tables. */
class SweepFormsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    TRUNCATE t, ONLY b                                      | TRUNCATE b, TRUNCATE t |
                    TRUNCATE t CASCADE                                      | TRUNCATE t | truncate what refers to t
                    TRUNCATE t, ONLY s.b RESTART IDENTITY CASCADE | ALTER s.b, ALTER t, TRUNCATE s.b, TRUNCATE t | truncate what refers to t;truncate what refers to s.b
                    TRUNCATE t CASCADE, b | | UNREADABLE
                    DROP SCHEMA s CASCADE                                   |  | ADMINISTER;drop all of schema s
                    DROP SCHEMA IF EXISTS s, "B" RESTRICT | | ADMINISTER;drop all of schema s;drop all of schema b
                    DROP DATABASE IF EXISTS x WITH (FORCE) | | ADMINISTER;drop everything
                    DROP TYPE a, s.b CASCADE | | ADMINISTER;alter what uses type a;alter what uses type s.b
                    DROP TYPE a | | ADMINISTER
                    DROP DOMAIN IF EXISTS a CASCADE | | ADMINISTER;alter what uses type a
                    DROP FUNCTION f(int, text), s.g CASCADE | | DEFINE;alter what uses routine f;alter what uses routine s.g
                    DROP AGGREGATE f(*) CASCADE | | DEFINE;alter what uses routine f
                    DROP OPERATOR === (int, int) CASCADE | | DEFINE;alter everything
                    DROP LANGUAGE x CASCADE | | ADMINISTER;alter everything
                    DROP SERVER x CASCADE | | ADMINISTER;alter everything
                    DROP EXTENSION x | | ADMINISTER;alter what uses extension x
                    DROP TRIGGER x ON t CASCADE | ALTER t | DEFINE
                    DROP INDEX i CASCADE | DROP i | alter what refers to i
                    DROP SEQUENCE q CASCADE | DROP q |
                    ALTER TABLE t DROP COLUMN IF EXISTS id CASCADE | ALTER t | alter what refers to t
                    ALTER TABLE t ADD x int, DROP CONSTRAINT k CASCADE | ALTER t | alter what refers to t
                    ALTER TABLE t DROP id | ALTER t |
                    ALTER EXTENSION x ADD TABLE t | ALTER t | ADMINISTER
                    ALTER EXTENSION x UPDATE TO '2' | | ADMINISTER
                    IMPORT FOREIGN SCHEMA a FROM SERVER x INTO s | | ADMINISTER;create all of schema s
                    IMPORT FOREIGN SCHEMA a LIMIT TO (t, b) FROM SERVER x INTO s OPTIONS (a 'b') | CREATE s.b, CREATE s.t | ADMINISTER
                    IMPORT FOREIGN SCHEMA a EXCEPT (t) FROM SERVER x INTO s | | ADMINISTER;create all of schema s
                    DROP OWNED BY x                                         |  | ADMINISTER;drop everything
                    DROP EXTENSION x                                        | | ADMINISTER;alter what uses extension x
                    DROP EXTENSION x CASCADE                                |  | ADMINISTER;alter what uses extension x
                    ALTER TABLE ALL IN TABLESPACE a RENAME TO b             | | UNREADABLE
                    ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b        |  | alter everything
                    ALTER INDEX ALL IN TABLESPACE a OWNED BY x SET TABLESPACE b NOWAIT | | alter everything
                    ALTER SCHEMA s RENAME TO b                              |  | ADMINISTER;move all of schema s to b
                    ALTER SCHEMA s RENAME TO b, c | | UNREADABLE
                    ALTER SCHEMA s FROBNICATE | | UNREADABLE
                    ALTER SCHEMA s OWNER TO x | | ADMINISTER
                    REASSIGN OWNED BY a TO b                                |  | ADMINISTER;alter everything
                    """)
    void saysWhatTheFormReaches(String sql, String writes, String beyond) {
        StatementEffects statement = Analysis.only(Dialect.POSTGRESQL, sql);
        Set<String> written = new TreeSet<>(Analysis.writes(Analysis.of(Dialect.POSTGRESQL, sql)));
        written.remove("UNREADABLE");
        Analysis.sweeps(statement).forEach(written::remove);
        assertThat(written).isEqualTo(listed(writes, ", "));
        assertThat(Analysis.beyondTables(statement)).isEqualTo(listed(beyond, ";"));
    }

    private static Set<String> listed(String list, String separator) {
        return list == null ? Set.of() : new TreeSet<>(Arrays.asList(list.split(separator)));
    }
}
