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

    private static String place(DefinedCode code) {
        return code.schemas()
                .map(schemas -> " in " + (schemas.isEmpty() ? "any" : String.join(", ", schemas)))
                .orElse("");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'DELETE FROM t; SELECT 1'              | DELETE t /
            CREATE FUNCTION f(i int) RETURNS int LANGUAGE sql BEGIN ATOMIC DELETE FROM t; SELECT g(1); END | DELETE t / g
            CREATE OR REPLACE PROCEDURE s.p() BEGIN ATOMIC DELETE FROM t; DELETE FROM u; END       | DELETE t, DELETE u /
            CREATE FUNCTION f(i int) RETURNS int STABLE RETURN i + g(i)                            | / g
            CREATE TRIGGER x AFTER UPDATE ON o FOR EACH ROW WHEN (OLD.n IS DISTINCT FROM NEW.n) EXECUTE FUNCTION f() | / f
            CREATE TRIGGER x AFTER UPDATE ON o FOR EACH ROW WHEN (g(NEW.n)) EXECUTE FUNCTION f()   | / f, g
            CREATE FUNCTION f(i int DEFAULT 1, j text = g(2)) RETURNS int LANGUAGE sql AS 'DELETE FROM t; SELECT 1' | DELETE t / g
            CREATE FUNCTION f(i int DEFAULT (SELECT 1), j int[] = '{1,2}') RETURNS int RETURN i                    | /
            CREATE FUNCTION f() RETURNS TABLE (begin int) BEGIN ATOMIC DELETE FROM t RETURNING 1; END              | DELETE t /
            CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; DELETE FROM t; END      | DELETE t /
            CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1 AS end; DELETE FROM t; SELECT 2 end; END         | DELETE t /
            CREATE FUNCTION f() RETURNS int SET search_path = x, pg_temp BEGIN ATOMIC DELETE FROM t; END           | DELETE t / in x, pg_temp
            CREATE FUNCTION f() RETURNS int LANGUAGE sql SET search_path TO '' AS 'DELETE FROM t' SET work_mem = '1MB' | DELETE t / in pg_catalog
            CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'DELETE FROM t' SET search_path FROM CURRENT           | DELETE t /
            CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'DELETE FROM t' SET search_path = x SET search_path FROM CURRENT | DELETE t /
            CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'DELETE FROM t' SET search_path = x SET search_path = y | DELETE t / in y
            CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'DELETE FROM t' SET search_path TO "$user", public     | DELETE t / in any
            CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'DELETE FROM t' SET search_path TO DEFAULT             | DELETE t / in any
            CREATE FUNCTION f(a int) RETURNS void LANGUAGE plpgsql AS $$ DECLARE s int; BEGIN SELECT sum(n) INTO s FROM ledger; UPDATE o SET t = s; END $$ | UPDATE o /
            CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'INSERT INTO ledger VALUES (1); DELETE FROM o'        | DELETE o, INSERT ledger /
            CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN INSERT INTO o (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET b = EXCLUDED.b; END $$ | INSERT o, UPDATE o /
            CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'INSERT INTO o (a) VALUES (1) ON CONFLICT DO NOTHING'  | INSERT o /
            CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'SELECT * FROM generate_series(1, 3) g(n)'            | /
            CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ DECLARE c CURSOR (k int) FOR SELECT g(k) FROM o; BEGIN FOR r IN c(h(1)) LOOP NULL; END LOOP; OPEN c(k := i(2)); CLOSE c; END $$ | / g, h, i
            CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM set_config('app.tenant', 'x', false); PERFORM setval('o_seq', 5); END $$ | ALTER o_seq /
            CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN DROP TABLE t; END $$                      | DROP t /
            CREATE PROCEDURE p() LANGUAGE plpgsql SET search_path = x AS $$ BEGIN ALTER TABLE t ADD COLUMN a int; DELETE FROM u; PERFORM g(); END $$ | DELETE u, EXTEND t / g in x
            CREATE RULE r AS ON DELETE TO o DO INSTEAD NOTHING                                                     | /
            CREATE RULE r AS ON DELETE TO o DO ALSO (DELETE FROM t WHERE id = OLD.id; INSERT INTO u VALUES (OLD.*)) | DELETE t, INSERT u /
            CREATE RULE r AS ON UPDATE TO o WHERE g(OLD.i) DO ALSO DELETE FROM t                                   | DELETE t / g
            ALTER FUNCTION s.f(int, text) OWNER TO me                                              | /
            ALTER FUNCTION f STABLE COST 10                                                        | /
            ALTER PROCEDURE p() SECURITY INVOKER                                                   | /
            """)
    void allThatRunsIsRead(String sql, String expected) {
        assertThat(code(sql))
                .as(sql)
                .map(code ->
                        Analysis.told(code, effect -> !effect.verb().reads()).strip() + place(code))
                .contains(expected.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE FUNCTION lower(i int) RETURNS int BEGIN ATOMIC SELECT 1; END",
                "CREATE FUNCTION f() RETURNS TABLE (begin int) SET role = x BEGIN ATOMIC SELECT 1; END",
                "CREATE FUNCTION f() RETURNS int SET session_replication_role = 'replica' BEGIN ATOMIC SELECT 1; END",
                "CREATE FUNCTION f() RETURNS int SET TIME ZONE 'UTC' BEGIN ATOMIC SELECT 1; END",
                "CREATE FUNCTION f() RETURNS int TRANSFORM FOR TYPE x LANGUAGE sql AS 'SELECT 1'",
                "CREATE FUNCTION f() RETURNS return AS 'DELETE FROM ledger'",
                "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN FOR r IN EXECUTE q LOOP NULL; END LOOP; END $$",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'DROP TABLE t'",
                "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DROP TABLE t; END $$",
                "CREATE FUNCTION f() RETURNS \"trigger\" LANGUAGE plpgsql AS $$ BEGIN DROP TABLE t; END $$",
                "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN DROP TABLE t; END $$",
                "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE t RENAME TO u; END $$",
                "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN DROP TABLE t; EXECUTE q; END $$",
                "CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN DROP TABLE t; COMMIT; END $$",
                "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql SET role = x AS $$ BEGIN DROP TABLE t; END $$",
                "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN SET ROLE x; DELETE FROM t; END $$",
                "CREATE RULE r AS ON DELETE TO o DO ALSO (DELETE FROM t; NOTIFY x; DROP TABLE t)",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1' AS 'DELETE FROM ledger'",
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
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC END; DELETE FROM ledger; END",
                "CREATE FUNCTION f() RETURNS TABLE (begin atomic) LANGUAGE sql AS 'x'; DELETE FROM ledger; END",
                "CREATE FUNCTION f(begin atomic) RETURNS int LANGUAGE sql AS 'x'; DELETE FROM ledger; END",
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC; END; DELETE FROM ledger; END",
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
