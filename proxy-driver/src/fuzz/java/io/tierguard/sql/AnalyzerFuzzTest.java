package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Both readings of a text on whatever Jazzer finds: {@code mvn -P fuzz -pl proxy-driver -am test}, with one of these methods
 * named, because Jazzer runs one in a process.
 */
class AnalyzerFuzzTest {

    @FuzzTest(maxDuration = "300s")
    void postgreSqlIsCutIntoTokensThatLeaveNothingOut(byte[] content) {
        assertCut(new LexicalModes(Dialect.POSTGRESQL, false, false), content);
        assertCut(new LexicalModes(Dialect.POSTGRESQL, true, false), content);
    }

    @FuzzTest(maxDuration = "300s")
    void h2IsCutIntoTokensThatLeaveNothingOut(byte[] content) {
        assertCut(new LexicalModes(Dialect.H2, false, false), content);
        assertCut(new LexicalModes(Dialect.H2, false, true), content);
    }

    @FuzzTest(maxDuration = "300s")
    void everyTextOfPostgreSqlHasAnAnswer(byte[] content) {
        assertAnswered(LexicalModes.defaultsOf(Dialect.POSTGRESQL), content);
    }

    @FuzzTest(maxDuration = "300s")
    void everyTextOfH2HasAnAnswer(byte[] content) {
        assertAnswered(LexicalModes.defaultsOf(Dialect.H2), content);
    }

    @FuzzTest(maxDuration = "300s")
    void mySqlIsCutIntoTokensThatLeaveNothingOut(byte[] content) {
        MySqlServer server = MySqlServer.of("10.11.6-MariaDB", "utf8mb4");
        assertCut(LexicalModes.ofMySql(Dialect.MARIADB, "", server), content);
        assertCut(LexicalModes.ofMySql(Dialect.MARIADB, "ANSI_QUOTES,NO_BACKSLASH_ESCAPES,MSSQL", server), content);
        assertCut(LexicalModes.defaultsOf(Dialect.MYSQL), content);
    }

    @FuzzTest(maxDuration = "300s")
    void everyTextOfMySqlHasAnAnswer(byte[] content) {
        assertAnswered(LexicalModes.defaultsOf(Dialect.MYSQL), content);
        assertAnswered(LexicalModes.defaultsOf(Dialect.MARIADB), content);
    }

    private static void assertCut(LexicalModes modes, byte[] content) {
        String sql = new String(content, StandardCharsets.UTF_8);
        for (Placeholders placeholders : Placeholders.values()) {
            try {
                CutInvariants.check(
                        sql, modes.dialect(), Tokenizer.of(modes, placeholders, sql).tokenize());
            } catch (UnreadableTextException refused) {
                assertThat(refused.problemIn(sql).message()).isNotBlank();
            }
        }
    }

    private static void assertAnswered(LexicalModes modes, byte[] content) {
        String sql = new String(content, StandardCharsets.UTF_8);
        for (Placeholders placeholders : Placeholders.values()) {
            List<StatementEffects> statements =
                    new SqlAnalyzer(modes).analyze(sql, placeholders).statements();
            for (StatementEffects statement : statements) {
                if (statement instanceof StatementEffects.Unreadable unreadable) {
                    assertThat(unreadable.problem().message()).doesNotContain("the reading failed");
                }
            }
        }
    }
}
