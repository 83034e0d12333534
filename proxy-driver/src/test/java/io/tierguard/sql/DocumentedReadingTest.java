package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The readings that no server has proved agree with what means the same in every database. */
class DocumentedReadingTest {

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"ORACLE", "SQLSERVER"})
    void sayNoLessOfWhatIsPlainEverywhere(Dialect dialect) throws IOException {
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (SqlStatementsPageTest.Row row : SqlStatementsPageTest.rows()) {
            String plain = Needs.of(Dialect.ANSI, row.example());
            String read = Needs.of(dialect, row.example());
            boolean makesNoNull = row.example().contains("ADD PRIMARY KEY"); // somewhere it makes values of NULL
            if (!plain.equals("unreadable") && !read.contains("unreadable") && !makesNoNull) {
                compared++;
                if (!effects(read).containsAll(effects(plain))) {
                    wrong.add(row.example() + " is " + read + ", not " + plain);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(compared).isGreaterThan(80);
    }

    private static Set<String> effects(String needs) {
        return Arrays.stream(needs.split("; "))
                .filter(need -> !need.contains("a table hides") && !need.startsWith("routine "))
                .filter(need -> !need.equals("nothing") && !need.equals("alter what refers to orders"))
                .map(need -> need.replaceAll("\\(.*\\)", ""))
                .collect(Collectors.toSet());
    }

    /** A routine that could do anything is told by both, or nothing is read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT wipe(1) FROM orders",
                "SELECT a FROM orders WHERE b = app.wipe(1)",
                "SELECT a FROM orders ORDER BY wipe(1)",
                "SELECT a FROM orders GROUP BY wipe(1) HAVING wipe(2) = 1",
                "SELECT CASE wipe(1) WHEN 1 THEN 2 END FROM orders",
                "SELECT CASE WHEN 1 = 1 THEN wipe(1) END FROM orders",
                "SELECT CAST(wipe(1) AS int) FROM orders",
                "SELECT sum(a) OVER (PARTITION BY wipe(1) ORDER BY b) FROM orders",
                "SELECT coalesce(a, wipe(1)) FROM orders",
                "SELECT a FROM orders WHERE b IN (1, wipe(1))",
                "SELECT a FROM orders WHERE b BETWEEN 1 AND wipe(1)",
                "SELECT a FROM orders o JOIN draft d ON wipe(1) = 1",
                "SELECT a FROM orders WHERE EXISTS (SELECT wipe(1) FROM draft)",
                "SELECT - wipe(1) FROM orders",
                "INSERT INTO orders (a) VALUES (wipe(1))",
                "UPDATE orders SET a = wipe(1)",
                "DELETE FROM orders WHERE wipe(1) = 1",
                "MERGE INTO orders o USING draft d ON (o.id = wipe(1)) WHEN MATCHED THEN UPDATE SET a = 1",
                "MERGE INTO orders o USING draft d ON (o.id = d.id) WHEN MATCHED THEN UPDATE SET a = wipe(1)",
                "CREATE VIEW v AS SELECT wipe(1) a FROM orders",
                "CREATE TABLE t (a int DEFAULT wipe(1))",
                "CREATE TABLE t (a int, CHECK (wipe(1) = 1))"
            })
    void tellEveryRoutineThatIsNotKnown(String sql) {
        for (Dialect dialect : List.of(Dialect.ORACLE, Dialect.SQLSERVER)) {
            assertThat(Needs.of(dialect, sql)).as("%s in %s", sql, dialect).containsPattern("routine (app\\.)?wipe");
        }
    }
}
