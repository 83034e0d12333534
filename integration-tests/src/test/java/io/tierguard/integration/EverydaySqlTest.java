package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statements as developers write them by hand, and those of well-known benchmarks. */
class EverydaySqlTest {

    /** Forms whose structure is not read; they only read tables, so that their words are enough. */
    private static final List<String> READ_BY_THEIR_WORDS = List.of(
            "CASE total WHEN < 10, > 100", // H2's predicates without a left side
            "<@ '{\"a\": 1, \"b\": 2, \"c\": 3}' = FALSE", // an operator's result compared with a truth value
            "overlay(key placing", // a keyword of the standard as a column in front of PLACING
            "FROM (TABLE product) p"); // TABLE in the place of a subquery

    @ParameterizedTest
    @EnumSource
    void isDeniedWhereItWritesWhatIsProtectedAndOnlyThere(LiveDatabase database, @TempDir Path folder)
            throws Exception {
        List<ListedStatement> schema =
                ListedSql.of("everyday/schema.sql", "everyday/" + nameOf(database) + "-schema.sql");
        try (ListedSql list = new ListedSql(database, folder, schema)) {
            list.hold(everyday(database));
        }
    }

    @ParameterizedTest
    @EnumSource
    void isHardlyEverReadLessThanExactly(LiveDatabase database) {
        List<ListedStatement> statements = everyday(database);
        List<String> bounded = ListedSql.boundedOf(database, statements);
        assertThat(statements).hasSizeGreaterThan(400);
        assertThat(bounded).allMatch(text -> READ_BY_THEIR_WORDS.stream().anyMatch(text::contains));
    }

    @ParameterizedTest
    @EnumSource
    void benchmarksAreDeniedWhereTheyWriteWhatIsProtectedAndOnlyThere(LiveDatabase database, @TempDir Path folder)
            throws Exception {
        List<ListedStatement> statements =
                ListedSql.of("benchmarks/order-entry.sql", "benchmarks/decision-support.sql");
        assertThat(ListedSql.boundedOf(database, statements)).isEmpty();
        try (ListedSql list = new ListedSql(database, folder, List.of())) {
            list.keep(statements.stream().filter(ListedStatement::isKept).toList());
            list.hold(statements.stream().filter(each -> !each.isKept()).toList());
        }
    }

    private static List<ListedStatement> everyday(LiveDatabase database) {
        return ListedSql.of("everyday/both.sql", "everyday/" + nameOf(database) + ".sql");
    }

    private static String nameOf(LiveDatabase database) {
        return database.name().toLowerCase(Locale.ROOT);
    }
}
