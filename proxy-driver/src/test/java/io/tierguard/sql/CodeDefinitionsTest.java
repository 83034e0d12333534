package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of the code that a statement of PostgreSQL defines. */
class CodeDefinitionsTest {
    private static Optional<DefinedCode> code(String sql) {
        return ((StatementEffects.Understood) Analysis.only(Dialect.POSTGRESQL, sql)).code();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'DELETE FROM t; SELECT 1'              | DELETE t /
            CREATE FUNCTION f(i int) RETURNS int LANGUAGE sql BEGIN ATOMIC DELETE FROM t; SELECT g(1); END | DELETE t / g
            CREATE OR REPLACE PROCEDURE s.p() BEGIN ATOMIC DELETE FROM t; DELETE FROM u; END       | DELETE t, DELETE u /
            CREATE FUNCTION f(i int) RETURNS int STABLE RETURN i + g(i)                            | / g
            CREATE TRIGGER x AFTER UPDATE ON o FOR EACH ROW WHEN (OLD.n IS DISTINCT FROM NEW.n) EXECUTE FUNCTION f() | / f
            CREATE TRIGGER x AFTER UPDATE ON o FOR EACH ROW WHEN (g(NEW.n)) EXECUTE FUNCTION f()   | / g, f
            ALTER FUNCTION s.f(int, text) OWNER TO me                                              | /
            ALTER FUNCTION f STABLE COST 10                                                        | /
            ALTER PROCEDURE p() SECURITY INVOKER                                                   | /
            """)
    void allThatRunsIsRead(String sql, String expected) {
        assertThat(code(sql))
                .as(sql)
                .map(code -> Analysis.told(code, effect -> !effect.verb().reads()))
                .map(String::strip)
                .contains(expected.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE FUNCTION lower(i int) RETURNS int BEGIN ATOMIC SELECT 1; END",
                "CREATE FUNCTION f(i int DEFAULT wipe()) RETURNS int BEGIN ATOMIC SELECT 1; END",
                "CREATE FUNCTION f() RETURNS int SET search_path = x BEGIN ATOMIC SELECT 1; END",
                "CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u RETURN 1",
                "CREATE TRIGGER x AFTER UPDATE ON o FOR EACH ROW WHEN (OLD.n IS NULL) WHEN (NEW.n IS NULL) EXECUTE FUNCTION f()",
                "ALTER FUNCTION f() RENAME TO g",
                "ALTER FUNCTION f() SET SCHEMA s",
                "ALTER FUNCTION f() STABLE SET search_path TO s",
                "ALTER FUNCTION f() RESET ALL",
                "ALTER TRIGGER t ON o RENAME TO u",
            })
    void whatIsNotPlainIsNotRead(String sql) {
        assertThat(code(sql)).as(sql).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END; DELETE FROM ledger",
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1 AS end; DELETE FROM ledger; END",
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1 case; END; DELETE FROM ledger; END",
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END; DELETE FROM ledger",
                "CREATE TABLE begin (atomic int); DELETE FROM ledger; CREATE TABLE a (end int)",
                "SELECT 1 AS begin, 2 AS atomic; DELETE FROM ledger; SELECT 3 AS end",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'x'; SELECT 1 begin, 2 atomic; DELETE FROM ledger; END",
            })
    void whatStandsBehindABodyIsNoPartOfIt(String sql) {
        List<StatementEffects> statements = Analysis.of(Dialect.POSTGRESQL, sql).statements();
        assertThat(statements).as(sql).hasSizeGreaterThan(1);
        assertThat(Analysis.writes(Analysis.of(Dialect.POSTGRESQL, sql)))
                .as(sql)
                .contains("DELETE ledger");
    }
}
