package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnalysisPropertiesTest {

    private static final long SEED = 77_001L;

    private static final List<String> STATEMENTS = List.of(
            "DELETE FROM ledger",
            "DELETE FROM ledger WHERE id = 1",
            "UPDATE ledger SET amount = amount + 1 WHERE id IN (1, 2)",
            "INSERT INTO ledger (id, amount) VALUES (1, 'x')",
            "INSERT INTO ledger SELECT id, amount FROM other",
            "MERGE INTO ledger USING s ON ledger.id = s.id WHEN MATCHED THEN DELETE",
            "TRUNCATE TABLE ledger",
            "DROP TABLE ledger",
            "ALTER TABLE ledger ADD COLUMN a INT",
            "ALTER TABLE x RENAME TO ledger",
            "CREATE TABLE ledger (id INT)",
            "CREATE INDEX i ON ledger (id)",
            "EXPLAIN ANALYZE DELETE FROM ledger",
            "SELECT 1; DELETE FROM ledger; SELECT 2",
            "WITH x AS (SELECT 1) DELETE FROM ledger",
            "DELETE FROM public.ledger WHERE a = 'DELETE'",
            "COMMENT ON TABLE ledger IS 'x'");

    private static final List<String> FRAGMENTS = List.of(
            "SELECT",
            "DELETE",
            "FROM",
            "ledger",
            "'",
            "\"",
            "`",
            "$$",
            "$a$",
            "$1",
            "--",
            "/*",
            "*/",
            ";",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "{fn",
            "{d '",
            "{call",
            "U&\"",
            "U&'",
            "UESCAPE",
            "E'",
            "\\",
            "?",
            "??",
            "@",
            "#",
            "::",
            ":",
            "\n",
            "\r",
            " ",
            "\u0000",
            "\u00e9",
            "\ud83d\ude00",
            "\ud800",
            "\u00a0",
            "0x",
            "1e",
            "1.",
            ".",
            ",",
            "=",
            "<",
            "SET",
            "COPY",
            "CREATE",
            "TABLE",
            "ALTER",
            "DROP",
            "EXPLAIN",
            "ANALYZE",
            "CALL",
            "DO",
            "WITH",
            "AS",
            "INSERT",
            "INTO",
            "VALUES",
            "MERGE",
            "KEY",
            "USING",
            "ON",
            "TRUNCATE",
            "CASCADE",
            "DECLARE",
            "FOR",
            "COMMENT",
            "LOCK",
            "set_config",
            "x",
            "search_path",
            "TO",
            "IF",
            "EXISTS",
            "NOT",
            "RENAME",
            "REFERENCES",
            "INDEX",
            "VIEW",
            "PREPARED",
            "COMMIT",
            "CASE");

    @ParameterizedTest
    @EnumSource(value = Dialect.class, mode = EnumSource.Mode.EXCLUDE, names = "ANSI")
    void commentsBlanksAndLetterCaseNeverLoseAnEffect(Dialect dialect) {
        System.out.println("AnalysisPropertiesTest seed " + SEED);
        Random random = new Random(SEED);
        Mutations mutations = new Mutations(dialect, random);
        for (int i = 0; i < 4_000; i++) {
            String sql = STATEMENTS.get(random.nextInt(STATEMENTS.size()));
            if (dialect == Dialect.ORACLE && sql.contains("; ")) {
                continue; // there is one statement in a text
            }
            String mutated = mutations.of(sql);
            assertThat(Analysis.writes(Analysis.of(dialect, mutated)))
                    .as("seed %d, text %d: %s", SEED, i, mutated)
                    .containsAll(Analysis.writes(Analysis.of(dialect, sql)));
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void everyTextHasAnAnswer(Dialect dialect) {
        Random random = new Random(SEED);
        LexicalModes odd = new LexicalModes(dialect, true, true);
        for (int i = 0; i < 12_000; i++) {
            String sql = randomText(random);
            for (Placeholders placeholders : Placeholders.values()) {
                assertThat(new SqlAnalyzer(LexicalModes.defaultsOf(dialect)).analyze(sql, placeholders))
                        .as("seed %d, text %d: %s", SEED, i, sql)
                        .isNotNull()
                        .satisfies(AnalysisPropertiesTest::requireNoFault);
                requireNoFault(new SqlAnalyzer(odd).analyze(sql, placeholders));
                requireCut(odd, placeholders, sql);
            }
        }
    }

    @Test
    void aCommentMayBeginWithTheSlashOfOneInsideOfAMark() {
        requireCut(LexicalModes.defaultsOf(Dialect.MARIADB), Placeholders.NONE, "SELECT 1 /*M!/*/ + 2 */ + 3 */ + 4");
        requireCut(LexicalModes.defaultsOf(Dialect.MYSQL), Placeholders.NONE, "SELECT 1 /*M! + 2 /*/ + 3");
    }

    private static void requireCut(LexicalModes modes, Placeholders placeholders, String sql) {
        try {
            CutInvariants.check(
                    sql, modes.dialect(), Tokenizer.of(modes, placeholders, sql).tokenize());
        } catch (UnreadableTextException refused) {
            assertThat(refused.problemIn(sql).message()).isNotBlank();
        }
    }

    private static void requireNoFault(AnalyzedText text) {
        for (StatementEffects statement : text.statements()) {
            if (statement instanceof StatementEffects.Unreadable unreadable) {
                assertThat(unreadable.problem().message()).doesNotContain("the reading failed");
            }
        }
    }

    private static String randomText(Random random) {
        StringBuilder sql = new StringBuilder();
        int count = random.nextInt(12);
        for (int k = 0; k < count; k++) {
            if (random.nextInt(8) == 0) {
                sql.append((char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
            } else {
                sql.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
            }
            if (random.nextInt(4) > 0) {
                sql.append(' ');
            }
        }
        return sql.toString();
    }
}
