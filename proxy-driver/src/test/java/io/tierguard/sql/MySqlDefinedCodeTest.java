package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of the code that a statement of MySQL or MariaDB defines. */
class MySqlDefinedCodeTest {
    private static Optional<DefinedCode> code(Dialect dialect, String sql) {
        AnalyzedText text = new SqlAnalyzer(LexicalModes.defaultsOf(dialect)).analyze(sql, Placeholders.NONE);
        assertThat(text.statements()).as(sql).hasSize(1);
        assertThat(text.statements().get(0)).as(sql).isInstanceOf(StatementEffects.Understood.class);
        return ((StatementEffects.Understood) text.statements().get(0)).code();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE PROCEDURE p() DELETE FROM t                                            | DELETE t /
            CREATE PROCEDURE p(IN a INT, OUT b INT) COMMENT 'x' READS SQL DATA SELECT max(x) INTO b FROM t | SELECT t /
            CREATE DEFINER = u@h PROCEDURE IF NOT EXISTS s.p() BEGIN UPDATE t SET a = 1; DELETE FROM u; END | DELETE s.u, UPDATE s.t /
            CREATE PROCEDURE s.p() BEGIN DELETE FROM o.t; CALL q(); CALL o.r(); END       | DELETE o.t / s.q, o.r
            CREATE EVENT s.e ON SCHEDULE EVERY 1 DAY DO DELETE FROM t                      | DELETE s.t /
            ALTER EVENT s.e RENAME TO s.f DO DELETE FROM t                                 | DELETE s.t /
            CREATE TRIGGER s.x AFTER INSERT ON s.o FOR EACH ROW CALL f()                   | / s.f
            CREATE PROCEDURE p() l: BEGIN IF x THEN LEAVE l; END IF; INSERT INTO t VALUES (wipe()); END | INSERT t / wipe
            CREATE PROCEDURE p() BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION DELETE FROM t; CALL q(); END | DELETE t / q
            CREATE FUNCTION f(n INT) RETURNS VARCHAR(9) CHARACTER SET utf8mb4 DETERMINISTIC RETURN n + g(n) | / g
            CREATE FUNCTION f() RETURNS INT BEGIN DELETE FROM t; RETURN (SELECT a FROM u); END | DELETE t, SELECT u /
            CREATE TRIGGER x AFTER INSERT ON o FOR EACH ROW DELETE FROM t WHERE id = NEW.id | DELETE t /
            CREATE TRIGGER x BEFORE UPDATE ON o FOR EACH ROW FOLLOWS y BEGIN SET NEW.a = f(); END | / f
            CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM t                        | DELETE t /
            ALTER EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM t                         | DELETE t /
            CREATE AGGREGATE FUNCTION f(x INT) RETURNS INT BEGIN DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN g(x); LOOP FETCH GROUP NEXT ROW; DELETE FROM t; END LOOP; END | DELETE t / g
            ALTER EVENT e RENAME TO f                                                      | /
            ALTER EVENT e DISABLE                                                          | /
            ALTER PROCEDURE p SQL SECURITY INVOKER                                         | /
            DROP TRIGGER x                                                                 | /
            CREATE PROCEDURE p() (SELECT a FROM t) UNION (SELECT a FROM u)                 | SELECT t, SELECT u /
            CREATE PROCEDURE p() DROP TABLE t                                              | DROP t /
            CREATE PROCEDURE p() BEGIN DELETE FROM t; COMMIT; END                          | DELETE t /
            CREATE PROCEDURE s.p() BEGIN IF NOT EXISTS (SELECT 1 FROM o.u) THEN ALTER TABLE t ADD COLUMN a INT; CREATE INDEX i ON t (a); END IF; END | EXTEND s.t, SELECT o.u /
            CREATE PROCEDURE p() BEGIN CREATE TABLE t (a INT REFERENCES u (a)); INSERT INTO t SELECT a FROM v; TRUNCATE TABLE w; CALL q(); END | CREATE t, INSERT t, SELECT u, SELECT v, TRUNCATE w / q
            CREATE PROCEDURE p() BEGIN ALTER TABLE t DROP COLUMN a, MODIFY b INT; DROP INDEX i ON u; END | ALTER t, ALTER u /
            CREATE PROCEDURE p() BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END; START TRANSACTION; UPDATE t SET a = 1; SAVEPOINT x; COMMIT; END | UPDATE t /
            CREATE PROCEDURE p() BEGIN SET SESSION TRANSACTION READ ONLY, ISOLATION LEVEL SERIALIZABLE; DELETE FROM t; END | DELETE t /
            """)
    void allThatRunsIsRead(String sql, String expected) {
        for (Dialect dialect : new Dialect[] {Dialect.MYSQL, Dialect.MARIADB}) {
            assertThat(code(dialect, sql))
                    .as(sql)
                    .map(code -> Analysis.told(code, effect -> true))
                    .map(String::strip)
                    .hasValue(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER EVENT e RENAME TO s.e",
                "ALTER EVENT s.e RENAME TO e",
                "ALTER EVENT e ON COMPLETION PRESERVE RENAME TO s.e DO DELETE FROM t"
            })
    void anEventThatComesToAnotherDatabaseIsNotRead(String sql) {
        assertThat(code(Dialect.MYSQL, sql)).isEmpty();
        assertThat(code(Dialect.MARIADB, sql)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE OR REPLACE PROCEDURE p() DELETE FROM t                                 | DELETE t /
            CREATE OR REPLACE TRIGGER x AFTER INSERT ON o FOR EACH ROW DELETE FROM t       | DELETE t /
            CREATE OR REPLACE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM t             | DELETE t /
            """)
    void whatTakesThePlaceOfOtherCodeIsReadToo(String sql, String expected) {
        assertThat(code(Dialect.MARIADB, sql))
                .as(sql)
                .map(code -> Analysis.told(code, effect -> true))
                .map(String::strip)
                .hasValue(expected);
    }

    @Test
    void aTriggerThatIsReplacedIsTakenFromItsTable() {
        assertThat(Analysis.writes(Analysis.of(
                        Dialect.MARIADB, "CREATE OR REPLACE TRIGGER x AFTER INSERT ON o FOR EACH ROW DELETE FROM t")))
                .containsExactly("ALTER o", "ALTER x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE PROCEDURE p() BEGIN PREPARE s FROM @a; EXECUTE s; END",
                "CREATE PROCEDURE p() RENAME TABLE t TO u",
                "CREATE PROCEDURE p() ALTER TABLE t RENAME u",
                "CREATE PROCEDURE p() CREATE VIEW t AS SELECT 1",
                "CREATE PROCEDURE p() DROP VIEW t",
                "CREATE PROCEDURE p() ALTER TABLE t EXCHANGE PARTITION x WITH TABLE u",
                "CREATE PROCEDURE p() ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u (a) ON DELETE CASCADE",
                "CREATE PROCEDURE p() CREATE TABLE t (a INT REFERENCES u (a) ON UPDATE SET NULL)",
                "CREATE PROCEDURE p() BEGIN ALTER TABLE t DROP COLUMN a; DELETE FROM t; END",
                "CREATE PROCEDURE p() BEGIN SET autocommit = 1; COMMIT; END",
                "CREATE PROCEDURE p() BEGIN DROP TEMPORARY TABLE t; COMMIT; END",
                "CREATE FUNCTION p() RETURNS INT BEGIN CREATE TEMPORARY TABLE t (a INT); RETURN 1; END",
                "CREATE PROCEDURE p() BEGIN XA START 'a'; COMMIT; END",
                "CREATE PROCEDURE p() BEGIN LOCK TABLES t WRITE; COMMIT; END",
                "CREATE PROCEDURE p() BEGIN USE s; DROP TABLE t; END",
                "CREATE PROCEDURE p() BEGIN DROP PROCEDURE q; COMMIT; END",
                "CREATE PROCEDURE p() BEGIN CREATE USER u; COMMIT; END",
                "CREATE PROCEDURE lower() DROP TABLE t",
                "CREATE FUNCTION f() RETURNS INT BEGIN DROP TABLE t; RETURN 1; END",
                "CREATE FUNCTION f() RETURNS INT BEGIN COMMIT; RETURN 1; END",
                "CREATE TRIGGER x AFTER INSERT ON o FOR EACH ROW TRUNCATE TABLE t",
                "CREATE TRIGGER x AFTER INSERT ON o FOR EACH ROW COMMIT",
                "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DROP TABLE t",
                "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN DELETE FROM t; COMMIT; END",
                "ALTER EVENT e DO DROP TABLE t",
                "CREATE PROCEDURE p() SET GLOBAL max_connections = 1",
                "CREATE PROCEDURE p() SET sql_mode = 'ANSI_QUOTES'",
                "CREATE PROCEDURE p() KILL 5",
                "CREATE PROCEDURE p() REPAIR TABLE t",
                "CREATE FUNCTION f RETURNS STRING SONAME 'f.so'",
                "CREATE AGGREGATE FUNCTION f RETURNS STRING SONAME 'f.so'",
                "CREATE FUNCTION lower(x INT) RETURNS INT RETURN 1",
                "CREATE FUNCTION sys.format_time(x INT) RETURNS INT RETURN 1",
                "CREATE FUNCTION format_time(x INT) RETURNS INT RETURN 1",
                "CREATE EVENT e ON SCHEDULE AT f() DO SELECT 1",
                "ALTER EVENT e ENABLE",
                "ALTER EVENT e ON SCHEDULE EVERY 1 DAY",
                "ALTER EVENT e ON SCHEDULE AT f() DO SELECT 1",
                "CREATE TRIGGER x AFTER INSERT ON o FOR EACH ROW CREATE TEMPORARY TABLE t (id INT)"
            })
    void whatIsNotReadWholeIsNotReadAtAll(String sql) {
        assertThat(code(Dialect.MARIADB, sql)).as(sql).isEmpty();
    }
}
