package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text with code in it ends where the server ends it. */
class MySqlBlocksTest {

    @Test
    void codeInAnotherLanguageIsUnreadable() {
        LexicalModes oracle =
                LexicalModes.ofMySql(Dialect.MARIADB, "ORACLE", MySqlServer.of("10.11.6-MariaDB", "utf8mb4"));
        assertThat(new SqlAnalyzer(oracle)
                        .analyzeProcedure("BEGIN DELETE FROM a; END")
                        .statements())
                .allMatch(StatementEffects.Unreadable.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE PROCEDURE p() DELETE FROM t; DROP TABLE ledger",
                "CREATE PROCEDURE begin() DELETE FROM t; DROP TABLE ledger",
                "CREATE PROCEDURE p() BEGIN DELETE FROM t; END; DROP TABLE ledger",
                "CREATE PROCEDURE p() x: BEGIN SELECT CASE WHEN a THEN if(b, 1, 2) END; END x; DROP TABLE ledger",
                "CREATE PROCEDURE p() BEGIN IF a THEN BEGIN END; END IF; CASE a WHEN 1 THEN SELECT 1; END CASE; END; DROP TABLE ledger",
                "CREATE PROCEDURE p() BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN END; REPEAT SELECT 1; UNTIL a END REPEAT; END; DROP TABLE ledger",
                "CREATE OR REPLACE DEFINER = a@b FUNCTION f() RETURNS CHAR(5) CHARACTER SET utf8 BEGIN RETURN 1; END; DROP TABLE ledger",
                "CREATE FUNCTION f(a SET('a', 'b')) RETURNS SET('a', 'b') BEGIN IF a = 'a' THEN SET a = 'b'; END IF; RETURN a; END; DROP TABLE ledger",
                "BEGIN NOT ATOMIC DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; END; DELETE FROM t; END; DROP TABLE ledger",
                "IF a THEN BEGIN NOT ATOMIC SELECT 1; END; ELSE SELECT CASE WHEN 1 THEN 2 END; END IF; DROP TABLE ledger",
                "CASE a WHEN 1 THEN SELECT 1; END CASE; DROP TABLE ledger",
                "FOR i IN 1..3 DO WHILE a DO SELECT 1; END WHILE; END FOR; DROP TABLE ledger",
                "REPEAT LOOP SELECT 1; END LOOP; UNTIL a END REPEAT; DROP TABLE ledger",
                "CREATE TRIGGER x AFTER INSERT ON begin FOR EACH ROW SET @a = 1; DROP TABLE ledger",
                "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN SELECT begin FROM t; END; DROP TABLE ledger",
                "CREATE PROCEDURE p() BEGIN DO IF(1, 2, 3); END; DROP TABLE ledger",
                "CREATE PROCEDURE p() BEGIN WHILE a DO IF b THEN DO REPEAT('a', 3); END IF; END WHILE; END; DROP TABLE ledger",
                "BEGIN NOT ATOMIC SELECT 1; END; DROP TABLE ledger",
                "BEGIN; DROP TABLE ledger",
                "CREATE TABLE procedure_begin (begin INT); DROP TABLE ledger"
            })
    void whatStandsBehindCodeIsAStatementOfItsOwn(String sql) {
        AnalyzedText text = Analysis.of(Dialect.MARIADB, sql);
        assertThat(text.statements()).hasSize(2);
        assertThat(Analysis.writes(text)).contains("DROP ledger");
    }
}
