package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Code of PostgreSQL that runs at once does what its statements do, where all of them can be read. */
class DoStatementsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    DO $$ BEGIN DELETE FROM t; END $$                       | DELETE t |
                    DO LANGUAGE plpgsql $$ BEGIN DELETE FROM t; END $$      | DELETE t |
                    DO $$ BEGIN DELETE FROM t; END $$ LANGUAGE plpgsql      | DELETE t |
                    DO 'BEGIN UPDATE t SET a = ''x''; END'                  | UPDATE t |
                    DO $$ BEGIN UPDATE t SET a = 1 WHERE id = 2; IF NOT FOUND THEN INSERT INTO u (id) VALUES (2); END IF; END $$ | UPDATE t, INSERT u |
                    DO $$ DECLARE n int := wipe(); BEGIN PERFORM other(n); RAISE NOTICE 'x'; END $$ | | wipe();other()
                    DO $$ DECLARE r record; BEGIN FOR r IN SELECT id FROM t LOOP UPDATE u SET a = r.id WHERE id = r.id; END LOOP; END $$ | UPDATE u |
                    DO $$ BEGIN IF (WITH x AS (DELETE FROM t RETURNING 1) SELECT true FROM x) THEN NULL; END IF; END $$ | DELETE t |
                    DO $$ BEGIN NULL; EXCEPTION WHEN others THEN TRUNCATE t; END $$ | TRUNCATE t |
                    DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_type WHERE typname = 'e') THEN CREATE TYPE e AS ENUM ('a'); END IF; END $$ | |
                    DO $$ BEGIN CREATE TYPE e AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$ | |
                    DO $$ BEGIN CREATE TYPE e AS (a int); DROP TYPE f; END $$ | | ADMINISTER
                    DO $$ BEGIN CREATE TABLE t (a int); RAISE NOTICE 'made'; END $$ | CREATE t |
                    DO $$ BEGIN ALTER TABLE t ADD CONSTRAINT c UNIQUE (a); EXCEPTION WHEN duplicate_table THEN RAISE NOTICE 'there'; END $$ | EXTEND t |
                    DO $$ BEGIN ALTER TABLE t ADD c FOREIGN KEY (a) REFERENCES u (id); EXCEPTION WHEN duplicate_object THEN NULL; END $$ | EXTEND t |
                    DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_class WHERE relname = 'i') THEN CREATE INDEX i ON t (a); END IF; END $$ | EXTEND t |
                    DO $$ BEGIN ALTER TABLE t ADD COLUMN c int; UPDATE t SET c = 0; ALTER TABLE t ALTER c SET NOT NULL; END $$ | EXTEND t, UPDATE t, ALTER t |
                    DO $$ BEGIN ALTER TABLE t ALTER COLUMN c TYPE bigint USING c::bigint; ALTER TABLE t DROP CONSTRAINT x; END $$ | ALTER t |
                    DO $$ DECLARE n int; BEGIN n := 5; GET DIAGNOSTICS n = ROW_COUNT; IF n = 5 THEN ALTER TABLE t ADD COLUMN c int; END IF; END $$ | EXTEND t |
                    DO $$ DECLARE b boolean; BEGIN b := EXISTS (SELECT FROM pg_class WHERE relname = 't'); r.a[1] := wipe(2); ALTER TABLE t ADD COLUMN c int; END $$ | EXTEND t | wipe()
                    DO $$ BEGIN a[wipe(1)] := 2; DELETE FROM t; END $$      | DELETE t | wipe()
                    DO $$ BEGIN n := (WITH x AS (DELETE FROM t RETURNING 1) SELECT count(*) FROM x); END $$ | DELETE t |
                    DO $$ BEGIN FETCH RELATIVE (n + 1) FROM k INTO v; MOVE ABSOLUTE (wipe(n)) IN k; DELETE FROM t; END $$ | DELETE t | wipe()
                    DO $$ BEGIN CREATE TABLE t (a int); DELETE FROM u; END $$ | CREATE t, DELETE u |
                    DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_class) THEN EXECUTE 'ALTER TABLE t ADD COLUMN c int'; END IF; END $$ | EXTEND t |
                    DO $$ BEGIN EXECUTE 'DELETE FROM t WHERE a = $1' USING wipe(1); END $$ | DELETE t | wipe()
                    DO $$ BEGIN PERFORM wipe(); DROP TABLE t; END $$        | DROP t | wipe()
                    DO $$ BEGIN ALTER TABLE t RENAME TO u; END $$           | ALTER t, CREATE u |
                    DO $$ BEGIN ALTER TABLE t RENAME a TO b; END $$         | ALTER t |
                    DO $$ BEGIN ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u (id) ON DELETE CASCADE; END $$ | ALTER t, ALTER u |
                    DO $$ BEGIN CREATE VIEW v AS SELECT * FROM t; END $$    | CREATE v |
                    DO $$ BEGIN DELETE FROM t; END $$ LANGUAGE 'plpgsql'    | DELETE t |
                    DO LANGUAGE 'plpgsql' 'BEGIN DELETE FROM t; END'        | DELETE t |
                    DO LANGUAGE "plpgsql" $$ BEGIN DELETE FROM t; END $$    | DELETE t |
                    DO $$ BEGIN GRANT SELECT ON t TO x; END $$              | | ADMINISTER
                    DO $$ BEGIN UPDATE t SET a = regexp_replace(a, '\\s+', '') WHERE b ~ '^\\w$'; END $$ | UPDATE t |
                    DO $$ BEGIN RAISE NOTICE E'it\\'s\\n%', wipe(1); DELETE FROM t; END $$ | DELETE t | wipe()
                    DO $$ BEGIN ALTER TABLE t ADD CHECK (a ~ '\\w'); END $$ | EXTEND t |
                    DO 'BEGIN UPDATE t SET a = ''\\''; END'                 | UPDATE t |
                    DO $$ BEGIN DELETE FROM t; COMMIT; END $$               | DELETE t |
                    DO $$ BEGIN LOOP UPDATE t SET a = 1; COMMIT AND CHAIN; EXIT; END LOOP; ROLLBACK; INSERT INTO u VALUES (1); END $$ | UPDATE t, INSERT u |
                    DO $$ BEGIN EXECUTE 'COMMIT'; END $$                    | |
                    """)
    void doesWhatItsStatementsDo(String sql, String writes, String beyond) {
        StatementFormsTest.assertForm(Dialect.POSTGRESQL, sql, writes, beyond);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    DO $$ BEGIN EXECUTE concat('DELETE FROM ', n); END $$
                    DO $$ BEGIN FOR r IN EXECUTE q LOOP NULL; END LOOP; END $$
                    DO $$ BEGIN DELETE FROM t; ROLLBACK TO SAVEPOINT s; END $$
                    DO $$ BEGIN EXECUTE 'SET search_path = a'; DELETE FROM t; END $$
                    DO $$ BEGIN EXECUTE 'ALTER TABLE t RENAME TO x; DELETE FROM u'; END $$
                    DO $$ BEGIN ALTER TABLE t ADD COLUMN a int; COMMIT; END $$
                    DO $$ BEGIN ROLLBACK; GRANT SELECT ON t TO x; END $$
                    DO $$ BEGIN COMMIT; SET search_path = a; DELETE FROM t; END $$
                    DO $$ BEGIN SET search_path = a; DELETE FROM t; END $$
                    DO $$ BEGIN PERFORM set_config('search_path', 'a', false); END $$
                    DO $$ BEGIN ALTER TABLE t RENAME TO x; DELETE FROM u; END $$
                    DO $$ BEGIN ALTER TABLE t RENAME a TO b; UPDATE t SET b = 1; END $$
                    DO $$ BEGIN ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u (id) ON DELETE CASCADE; DELETE FROM u; END $$
                    DO $$ BEGIN ALTER TABLE t ENABLE TRIGGER x; INSERT INTO t VALUES (1); END $$
                    DO $$ BEGIN CREATE TABLE t (LIKE u INCLUDING ALL); INSERT INTO t VALUES (1); END $$
                    DO $$ BEGIN CREATE TABLE t PARTITION OF u DEFAULT; UPDATE u SET a = 1; END $$
                    DO $$ BEGIN CREATE VIEW t AS SELECT 1 AS a; INSERT INTO t VALUES (1); END $$
                    DO $$ BEGIN ALTER TABLE t DROP COLUMN a CASCADE; DELETE FROM u; END $$
                    DO $$ BEGIN CREATE TEMP TABLE t (a int); END $$
                    DO $$ BEGIN CREATE TABLE pg_temp.t (a int); END $$
                    DO $$ BEGIN PERFORM wipe(); ALTER TABLE t RENAME TO u; END $$
                    DO $$ BEGIN CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; END $$
                    DO $$ BEGIN DO 'BEGIN DELETE FROM t; END'; END $$
                    DO $$ BEGIN DELETE FROM t; RAISE NOTICE '%', set_config('search_path', 'a', false); END $$
                    DO $$ BEGIN PERFORM set_config('standard_conforming_strings', 'off', false); DELETE FROM t; END $$
                    DO $$ BEGIN SET LOCAL standard_conforming_strings = off; DELETE FROM t; END $$
                    DO $$ BEGIN RESET ALL; DELETE FROM t; END $$
                    DO $$ BEGIN EXECUTE 'UPDATE t SET a = ''\\'''; END $$
                    DO E'BEGIN DELETE FROM t\\x3b END'
                    DO LANGUAGE plperl $$ 1 $$
                    DO LANGUAGE 'plperl' $$ BEGIN DELETE FROM t; END $$
                    DO LANGUAGE "PLPGSQL" $$ BEGIN DELETE FROM t; END $$
                    DO 'plpgsql' $$ BEGIN DELETE FROM t; END $$
                    DO $$ BEGIN IF true DELETE FROM t; END IF; END $$
                    DO
                    """)
    void isNotReadWhereItDoesMore(String sql) {
        StatementFormsTest.assertForm(Dialect.POSTGRESQL, sql, "", "DEFINE");
    }

    private static AnalyzedText in(Backslashes backslashes, String sql) {
        LexicalModes modes = LexicalModes.defaultsOf(Dialect.POSTGRESQL).with(backslashes);
        return SqlAnalyzer.ofSession(modes).analyze(sql, Placeholders.NONE);
    }

    @Test
    void aBackslashMeansWhatItMeansInItsSession() {
        String either = "DO $$ BEGIN PERFORM '\\'; DELETE FROM t; PERFORM '; DELETE FROM u; --'; END $$";
        assertThat(Analysis.writes(in(Backslashes.PLAIN, either))).containsExactly("DELETE t");
        assertThat(in(Backslashes.UNKNOWN, either).statements())
                .first()
                .isInstanceOfSatisfying(
                        StatementEffects.Understood.class,
                        statement -> assertThat(statement.codeObstacle()).contains("standard_conforming_strings"));
        String hidden = "DO $$ BEGIN PERFORM '\\''; DELETE FROM u; --';\nEND $$";
        assertThat(Analysis.writes(in(Backslashes.PLAIN, hidden))).isEmpty();
        assertThat(Analysis.writes(in(Backslashes.ESCAPE, hidden))).containsExactly("DELETE u");
        assertThat(in(Backslashes.ESCAPE, hidden).mentions().get(0).words()).contains("u");
    }

    @Test
    void aTextThatMayWriteABackslashWithoutOneRestsOnWhatItMeans() {
        assertThat(in(Backslashes.PLAIN, "DO U&'BEGIN PERFORM ''!005c''; END' UESCAPE '!'")
                        .restsOnBackslashes())
                .isTrue();
        assertThat(in(Backslashes.PLAIN, "DO $$ BEGIN PERFORM 1; END $$").restsOnBackslashes())
                .isFalse();
    }

    @Test
    void codeThatMayRunInAnotherSessionHoldsNone() {
        String sql = "DO $$ BEGIN PERFORM '\\s'; END $$";
        SqlAnalyzer ofCode = new SqlAnalyzer(LexicalModes.defaultsOf(Dialect.POSTGRESQL));
        assertThat(ofCode.analyze(sql, Placeholders.NONE).statements())
                .first()
                .isInstanceOfSatisfying(
                        StatementEffects.Understood.class,
                        statement -> assertThat(statement.codeObstacle()).isEqualTo("there is a backslash in it"));
    }

    @Test
    void namesWhatItsCodeNames() {
        AnalyzedText text = Analysis.of(Dialect.POSTGRESQL, "DO $$ BEGIN PERFORM a.lower(b.c) ## 1; END $$");
        assertThat(text.mentions().get(0).operators()).contains("##");
        assertThat(text.mentions().get(0).calls()).contains(new RoutineCall("a", "lower"));
    }

    @Test
    void namesTheTypesOfVariablesBesideChangesOfTables() {
        AnalyzedText text = Analysis.of(
                Dialect.POSTGRESQL, "DO $$ DECLARE d checked := 1; BEGIN ALTER TABLE t RENAME TO u; END $$");
        assertThat(text.mentions().get(0).words()).contains("checked");
    }

    @Test
    void isOfNoShapeThatAnotherCodeShares() {
        assertThat(Analysis.of(Dialect.POSTGRESQL, "DO $$ BEGIN DELETE FROM t; END $$")
                        .isOfShape())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_trigger) THEN CREATE TRIGGER x AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f(); END IF; END $$ | select pg_trigger then alter t; define
            DO $$ BEGIN CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; EXCEPTION WHEN duplicate_function THEN RAISE NOTICE 'x'; END $$ | define then nothing
            DO $$ BEGIN DROP TRIGGER IF EXISTS x ON t; CREATE POLICY p ON u USING (true); GRANT SELECT ON t TO r; END $$ | alter t; define then alter u; define then administer
            SELECT 1; DO $$ BEGIN DROP FUNCTION f(); DROP FUNCTION g(); END $$; SELECT 2; SELECT 3 | nothing then define then define then nothing then nothing
            DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_class) THEN CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (1) TO (2); CREATE INDEX ON t_2 (a); END IF; END $$ | select pg_class then create t_2; extend t then extend t_2
            DO $$ BEGIN EXECUTE 'CREATE TABLE IF NOT EXISTS t_2 PARTITION OF t DEFAULT'; EXCEPTION WHEN others THEN RAISE NOTICE 'x'; END $$ | create t_2; extend t then nothing
            DO $$ BEGIN CREATE TABLE u (LIKE t INCLUDING ALL); END $$ | create u; select t
            DO $$ BEGIN CREATE TABLE t_2 PARTITION OF t DEFAULT; DROP TABLE t_1; END $$ | create t_2; extend t then drop t_1
            DO $$ BEGIN CREATE TABLE t_2 PARTITION OF t DEFAULT; ALTER TABLE t ADD COLUMN c int; END $$ | create t_2; extend t then extend t
            DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_constraint) THEN ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u (id) ON DELETE CASCADE; END IF; END $$ | select pg_constraint then alter t; alter u
            DO $$ DECLARE n int; BEGIN SELECT count(*) INTO n FROM u; IF n = 0 THEN ALTER TABLE t RENAME TO v; DROP VIEW w; END IF; END $$ | select u then nothing then alter t; create v then drop w
            DO $$ BEGIN ALTER TABLE t DROP COLUMN a CASCADE; EXCEPTION WHEN undefined_column THEN NULL; END $$ | alter t; alter what refers to t then nothing
            DO $$ BEGIN ALTER TABLE t RENAME TO u; UPDATE u SET a = 1; END $$ | define
            DO $$ BEGIN ALTER TABLE t RENAME TO u; PERFORM f(); END $$ | define
            DO $$ BEGIN ALTER TABLE t RENAME TO u; SET search_path = s; END $$ | define
            DO $$ BEGIN ALTER TABLE t RENAME TO u; CREATE TEMP TABLE v (a int); END $$ | define
            DO $$ BEGIN WHILE true LOOP ALTER TABLE t RENAME TO u; END LOOP; END $$ | alter t; create u; administer
            DO $$ BEGIN CREATE TABLE t_2 PARTITION OF t DEFAULT; PERFORM f(); END $$ | define
            DO $$ BEGIN CREATE TABLE t_2 PARTITION OF t DEFAULT; INSERT INTO t VALUES (1); END $$ | define
            DO $$ BEGIN FOR i IN 1..2 LOOP CREATE TABLE IF NOT EXISTS t_2 PARTITION OF t DEFAULT; END LOOP; END $$ | create t_2; extend t; administer
            DO $$ BEGIN CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; DELETE FROM t; END $$ | define
            DO $$ BEGIN CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; PERFORM f(); END $$ | define
            DO $$ BEGIN CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; EXECUTE q; END $$ | define
            DO $$ BEGIN CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; SET search_path = s; END $$ | define
            DO $$ BEGIN CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; ALTER TABLE t RENAME TO u; END $$ | define
            DO $$ BEGIN FOR i IN 1..2 LOOP CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; END LOOP; END $$ | define
            DO $$ DECLARE d checked; BEGIN CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; END $$ | define
            """)
    void definitionsAreJudgedAsIfEachStoodAlone(String sql, String needs) {
        assertThat(Needs.of(Dialect.POSTGRESQL, sql)).as(sql).isEqualTo(needs);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            DO $$ BEGIN NULL; EXECUTE format('x'); END $$             | line 1, EXECUTE format
            DO $$ BEGIN DELETE FROM t; ALTER TABLE t RENAME TO u; END $$ | line 1, ALTER table t rename to, beside a statement after which names may mean something else
            DO LANGUAGE sql 'SELECT 1'                                | its code is not one string in PL/pgSQL
            CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN SET LOCAL role TO secret; END $$ | line 1, SET local role to
            CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN EXECUTE concat('secret'); END $$ | line 1, EXECUTE concat
            CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS 'secret' | it is not in SQL or PL/pgSQL
            CREATE FUNCTION upper(a int) RETURNS int LANGUAGE sql AS 'SELECT 1' | it has the name of a function of the server
            """)
    void whatIsNotReadSaysWhichStatementItIs(String sql, String obstacle) {
        assertThat(Analysis.of(Dialect.POSTGRESQL, sql).statements())
                .as(sql)
                .first()
                .isInstanceOfSatisfying(StatementEffects.Understood.class, statement -> {
                    assertThat(statement.codeObstacle()).isEqualTo(obstacle);
                    assertThat(statement.code()).isEmpty();
                });
    }

    @Test
    void theLineIsThatOfTheBody() {
        String sql = "\n\nDO $$\nDECLARE q text := 'x';\nBEGIN\n  PERFORM 1;\n  EXECUTE q;\nEND $$";
        assertThat(Analysis.of(Dialect.POSTGRESQL, sql).statements())
                .first()
                .isInstanceOfSatisfying(
                        StatementEffects.Understood.class,
                        statement -> assertThat(statement.codeObstacle()).isEqualTo("line 5, EXECUTE q"));
        String definition = "CREATE PROCEDURE p()\nBEGIN\n  DELETE FROM t;\n  PREPARE s FROM 'secret';\nEND";
        assertThat(Analysis.of(Dialect.MARIADB, definition).statements())
                .first()
                .isInstanceOfSatisfying(
                        StatementEffects.Understood.class,
                        statement -> assertThat(statement.codeObstacle()).isEqualTo("line 3, PREPARE s from"));
    }
}
