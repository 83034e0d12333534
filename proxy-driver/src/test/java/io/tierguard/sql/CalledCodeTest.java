package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a call comes to of a procedure of MySQL or MariaDB that does more than to change rows. */
class CalledCodeTest {
    private static final RoutineCall ROUTINE = new RoutineCall("shop", "p");

    private static Optional<CalledCode> called(Dialect dialect, String body) {
        return new SqlAnalyzer(LexicalModes.defaultsOf(dialect)).calledCode(ROUTINE, body);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DROP TABLE t                                                                  | DROP shop.t
            BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns) THEN ALTER TABLE t ADD COLUMN a INT; END IF; END | EXTEND shop.t, SELECT information_schema.columns
            BEGIN START TRANSACTION; UPDATE t SET a = 1; DELETE FROM o.u; COMMIT; END      | DELETE o.u, UPDATE shop.t
            BEGIN TRUNCATE TABLE t; CALL other(); END                                      | TRUNCATE shop.t
            RENAME TABLE t TO u                                                           | ALTER shop.t, CREATE shop.u
            COMMIT                                                                        | ''
            BEGIN CREATE TEMPORARY TABLE t AS SELECT 1; DELETE FROM t; DELETE FROM o.t; DROP TEMPORARY TABLE t; END | CREATE shop.t own, DELETE o.t, DELETE shop.t own, DROP shop.t own, INSERT shop.t own
            """)
    void whatItsStatementsDoIsWhatTheCallDoes(String body, String expected) {
        for (Dialect dialect : new Dialect[] {Dialect.MYSQL, Dialect.MARIADB}) {
            assertThat(called(dialect, body))
                    .as(body)
                    .map(code -> String.join(
                            ", ",
                            code.statement().effects().stream()
                                    .map(effect -> effect.verb() + " " + effect.table()
                                            + (effect.reach() == Reach.TEMPORARY ? " own" : ""))
                                    .sorted()
                                    .toList()))
                    .hasValue(expected);
        }
    }

    @Test
    void itCallsWhatIsInItsOwnDatabase() {
        CalledCode code = called(Dialect.MYSQL, "BEGIN CALL other(); CALL o.third(); COMMIT; END")
                .orElseThrow();
        assertThat(code.statement().unknownRoutines())
                .containsExactlyInAnyOrder(new RoutineCall("shop", "other"), new RoutineCall("o", "third"));
        assertThat(code.mentions().calls()).contains(new RoutineCall("shop", "other"), new RoutineCall("o", "third"));
    }

    /** What ends a transaction may stand behind a condition; whichever holds afterwards, one may be open. */
    @ParameterizedTest
    @ValueSource(strings = {"COMMIT", "BEGIN IF x THEN COMMIT; END IF; END", "DROP TABLE t"})
    void aTransactionMayHaveEndedAndMayBeOpen(String body) {
        StatementEffects.Understood statement =
                called(Dialect.MARIADB, body).orElseThrow().statement();
        assertThat(statement.sessionChanges())
                .containsExactly(new SessionChange.TransactionEnd(), new SessionChange.TransactionStart());
        assertThat(statement.nestsWrites()).isTrue();
        assertThat(statement.operation()).isEqualTo(CalledCode.OPERATION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM t",
                "BEGIN END",
                "BEGIN RENAME TABLE t TO u; DELETE FROM t; END",
                "BEGIN CREATE VIEW t AS SELECT 1; UPDATE t SET a = 1; END",
                "BEGIN ALTER TABLE t RENAME u; CALL other(); END",
                "BEGIN ALTER TABLE t DROP COLUMN a; TRUNCATE TABLE u; END",
                "BEGIN PREPARE s FROM @text; EXECUTE s; COMMIT; END",
                "BEGIN EXECUTE IMMEDIATE @text; COMMIT; END",
                "BEGIN PREPARE s FROM 'SET sql_mode = ANSI_QUOTES'; EXECUTE s; COMMIT; END",
                "BEGIN CREATE TEMPORARY TABLE t (a INT); RENAME TABLE u TO t; COMMIT; END",
                "BEGIN CREATE TEMPORARY TABLE t (a INT); CREATE TABLE o.t (a INT); COMMIT; END",
                "BEGIN CREATE TEMPORARY TABLE t (a INT); DROP TEMPORARY TABLE t, u; END",
                "BEGIN DROP TEMPORARY TABLE t; COMMIT; END",
                "BEGIN SET autocommit = 0; COMMIT; END",
                "BEGIN SET sql_mode = ''; COMMIT; END",
                "BEGIN SET GLOBAL x = 1; COMMIT; END",
                "BEGIN USE other; COMMIT; END",
                "BEGIN LOCK TABLES t WRITE; DROP TABLE t; END",
                "BEGIN XA START 'a'; COMMIT; END",
                "BEGIN XA END 'a'; COMMIT; END",
                "BEGIN XA COMMIT 'a'; COMMIT; END",
                "BEGIN CREATE USER u; COMMIT; END",
                "BEGIN GRANT ALL ON t TO u; COMMIT; END",
                "BEGIN DROP DATABASE shop; COMMIT; END",
                "BEGIN DROP PROCEDURE q; COMMIT; END",
                "BEGIN CREATE TRIGGER x AFTER INSERT ON t FOR EACH ROW DELETE FROM u; COMMIT; END",
                "BEGIN UPDATE (SELECT a FROM t) x SET a = 1; COMMIT; END",
                "BEGIN FROBNICATE t; COMMIT; END",
                "BEGIN DROP TABLE 'a; END",
            })
    void whatIsNotFollowedIsNoSuchCall(String body) {
        assertThat(called(Dialect.MYSQL, body)).as(body).isEmpty();
        assertThat(called(Dialect.MARIADB, body)).as(body).isEmpty();
    }

    @Test
    void onPostgreSqlItsNamesStayAsTheyAreWritten() {
        StatementEffects.Understood statement = called(
                        Dialect.POSTGRESQL,
                        "BEGIN ALTER TABLE t ADD COLUMN a int; DELETE FROM s.u; PERFORM other(); END")
                .orElseThrow()
                .statement();
        assertThat(statement.effects())
                .extracting(effect -> effect.verb() + " " + effect.table())
                .containsExactlyInAnyOrder("EXTEND t", "DELETE s.u");
        assertThat(statement.unknownRoutines()).containsExactly(new RoutineCall("", "other"));
        assertThat(statement.sessionChanges()).isEmpty();
        assertThat(statement.powers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN ALTER TABLE t RENAME TO u; END",
                "BEGIN CREATE VIEW v AS SELECT 1; END",
                "BEGIN CREATE TABLE t (LIKE u INCLUDING ALL); END",
                "BEGIN CREATE TABLE t PARTITION OF u DEFAULT; END",
                "BEGIN CREATE TEMP TABLE t (a int); END",
                "BEGIN DROP TABLE t; COMMIT; END",
                "BEGIN DROP TABLE t; EXECUTE concat('DROP TABLE u'); END",
                "BEGIN DROP TABLE t; SET search_path = s; END",
                "BEGIN DROP TABLE t; PERFORM set_config('search_path', 's', false); END",
                "BEGIN CREATE SCHEMA s; DROP TABLE t; END",
                "BEGIN CREATE ROLE r; DROP TABLE t; END",
                "BEGIN DROP FUNCTION f(); DROP TABLE t; END",
                "BEGIN DROP TABLE t; PERFORM E'\\'; END",
                "BEGIN DROP SCHEMA s CASCADE; END",
            })
    void whatTakesAPowerOrChangesNamesOnPostgreSqlIsNoSuchCall(String body) {
        assertThat(called(Dialect.POSTGRESQL, body)).as(body).isEmpty();
    }

    @Test
    void otherDatabasesHaveNone() {
        assertThat(called(Dialect.SQLITE, "BEGIN DROP TABLE t; END")).isEmpty();
        assertThat(called(Dialect.H2, "BEGIN DROP TABLE t; END")).isEmpty();
    }

    @Test
    void namesInFullStayAsTheyAre() {
        HomeNames names = new HomeNames("");
        Effect effect = Effect.of(Verb.DROP, TableName.of("t"));
        assertThat(names.effects(List.of(effect))).containsExactly(effect);
        assertThat(names.calls(List.of(new RoutineCall("", "q")))).containsExactly(new RoutineCall("", "q"));
    }
}
