package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference page on SQL statements says of every example what the analyzer finds, and shows every form. */
class SqlStatementsPageTest {
    private static final Path PAGE = Path.of("../docs/reference/sql-statements.md");

    private static final String HEAD = "| Form | In | Example | Needs | Notes |";
    private static final Pattern ROW =
            Pattern.compile("\\| ([^|]+) \\| ([^|]+) \\| `(.+)` \\| `(.+)` \\| ?([^|]*) ?\\|");

    /** One row of a table under one heading. */
    record Row(String section, String form, Set<Dialect> dialects, String example, String needs, String note) {
        @Override
        public String toString() {
            return form + ": " + example;
        }
    }

    static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        String section = "";
        boolean inTable = false;
        for (String line : Files.readAllLines(PAGE)) {
            section = line.startsWith("## ") ? line.substring(3) : section;
            inTable = line.equals(HEAD) || (inTable && line.startsWith("|"));
            if (inTable && !line.equals(HEAD) && !line.startsWith("| ---")) {
                rows.add(row(section, line));
            }
        }
        return rows;
    }

    /** The examples of the page in a dialect. */
    static List<String> examplesIn(Dialect dialect) throws IOException {
        return rows().stream()
                .filter(row -> row.dialects().contains(dialect))
                .map(Row::example)
                .toList();
    }

    private static Row row(String section, String line) {
        Matcher row = ROW.matcher(line);
        assertThat(row.matches()).as("the row %s", line).isTrue();
        return new Row(
                section,
                row.group(1),
                dialects(row.group(2)),
                row.group(3),
                row.group(4),
                row.group(5).strip());
    }

    private static Set<Dialect> dialects(String column) {
        return switch (column) {
            case "both" -> Set.of(Dialect.H2, Dialect.POSTGRESQL);
            case "MySQL" -> Set.of(Dialect.MYSQL);
            case "MariaDB" -> Set.of(Dialect.MARIADB);
            case "MySQL, MariaDB" -> Set.of(Dialect.MYSQL, Dialect.MARIADB);
            case "all" -> Set.of(Dialect.H2, Dialect.POSTGRESQL, Dialect.MYSQL, Dialect.MARIADB);
            case "SQLite" -> Set.of(Dialect.SQLITE);
            case "Oracle" -> Set.of(Dialect.ORACLE);
            case "SQL Server" -> Set.of(Dialect.SQLSERVER);
            case "H2" -> Set.of(Dialect.H2);
            case "PostgreSQL" -> Set.of(Dialect.POSTGRESQL);
            default -> throw new AssertionError("no dialect is called " + column);
        };
    }

    @ParameterizedTest
    @MethodSource("rows")
    void saysWhatTheExampleNeeds(Row row) {
        for (Dialect dialect : row.dialects()) {
            assertThat(Needs.of(dialect, row.example()))
                    .as("%s in %s", row, dialect)
                    .isEqualTo(row.needs());
        }
    }

    @Test
    void listsUnderRefusedExactlyWhatIsUnreadableAndWhatToDoInstead() throws IOException {
        assertThat(rows()).allSatisfy(row -> {
            boolean refused = row.section().equals("Refused");
            assertThat(row.needs().equals("unreadable")).as(row.toString()).isEqualTo(refused);
            assertThat(refused && row.note().isEmpty()).as(row.toString()).isFalse();
        });
    }

    @Test
    void showsEveryWordThatAStatementMayBeginWith() throws IOException {
        Set<String> shown = new TreeSet<>();
        for (Row row : rows()) {
            shown.add(row.example().split("\\W", 2)[0].toLowerCase(Locale.ROOT));
        }
        for (Dialect dialect : Dialect.values()) {
            assertThat(shown)
                    .containsAll(UtilityTable.of(dialect, new StatementReader(dialect, Optional.empty()))
                            .words());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"H2", "POSTGRESQL"})
    void showsEveryOperationThatTheTestOfFormsKnows(Dialect dialect) throws IOException {
        Set<String> shown = new TreeSet<>();
        for (Row row : rows()) {
            if (row.dialects().contains(dialect)) {
                shown.addAll(operations(dialect, row.example()));
            }
        }
        List<String> missing = new ArrayList<>();
        for (String sql : tested(dialect)) {
            if (!shown.containsAll(operations(dialect, sql))) {
                missing.add(sql);
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void tellsTheTrueLimits() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page)
                .contains(
                        shown(Tokenizer.MAX_LENGTH) + " characters",
                        shown(Tokenizer.MAX_TOKENS) + " tokens",
                        shown(StatementSplitter.MAX_STATEMENTS) + " statements",
                        "deeper than " + shown(StatementSplitter.MAX_NESTING));
    }

    private static String shown(int limit) {
        return String.format(Locale.ROOT, "%,d", limit);
    }

    private static List<String> operations(Dialect dialect, String sql) {
        return Analysis.of(dialect, sql).statements().stream()
                .map(StatementEffects::operation)
                .toList();
    }

    /** The texts that {@link StatementFormsTest} reads in a dialect. */
    private static List<String> tested(Dialect dialect) {
        String method = switch (dialect) {
            case H2 -> "h2";
            case POSTGRESQL -> "postgreSql";
            case MYSQL, MARIADB -> "mySql";
            case SQLITE -> "sqlite";
            case ANSI, ORACLE, SQLSERVER -> throw new AssertionError("it has a test of its own");
        };
        String rows = Stream.of(StatementFormsTest.class, MySqlFormsTest.class)
                .flatMap(forms -> Stream.of(forms.getDeclaredMethods()))
                .filter(each -> each.getName().equals(method))
                .map(each -> each.getAnnotation(CsvSource.class).textBlock())
                .findFirst()
                .orElseThrow();
        List<String> texts =
                rows.lines().map(row -> row.split("\\|", 2)[0].strip()).toList();
        assertThat(texts).hasSizeGreaterThan(50);
        return texts;
    }
}
