package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Verb;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code of MySQL and MariaDB is read statement by statement, and nothing that it runs is lost between its words. */
class MySqlProcedureTest {

    private static AnalyzedText read(String body) {
        return new SqlAnalyzer(LexicalModes.defaultsOf(Dialect.MARIADB)).analyzeProcedure(body);
    }

    private static Set<String> writes(String body) {
        Set<String> writes = new TreeSet<>();
        for (StatementEffects statement : read(body).statements()) {
            assertThat(statement).as(body).isInstanceOf(StatementEffects.Understood.class);
            ((StatementEffects.Understood) statement)
                    .effects().stream()
                            .filter(effect -> effect.verb() != Verb.SELECT)
                            .map(effect -> effect.verb() + " " + effect.table())
                            .forEach(writes::add);
        }
        return writes;
    }

    private static List<String> calls(String body) {
        return read(body).statements().stream()
                .filter(StatementEffects.Understood.class::isInstance)
                .flatMap(statement -> ((StatementEffects.Understood) statement).unknownRoutines().stream())
                .map(RoutineCall::toString)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM ledger WHERE id = NEW.id",
                "BEGIN DELETE FROM ledger; END",
                "BEGIN NOT ATOMIC DELETE FROM ledger; END",
                "work: BEGIN DELETE FROM ledger; END work",
                "BEGIN IF NEW.a > 1 THEN DELETE FROM ledger; END IF; END",
                "BEGIN IF NEW.a > 1 THEN SET NEW.a = 1; ELSEIF NEW.a = 0 THEN DELETE FROM ledger; END IF; END",
                "BEGIN IF CASE NEW.a WHEN 1 THEN TRUE ELSE FALSE END THEN DELETE FROM ledger; END IF; END",
                "BEGIN CASE NEW.a WHEN 1 THEN SET NEW.a = 2; ELSE DELETE FROM ledger; END CASE; END",
                "BEGIN CASE WHEN NEW.a = 1 THEN DELETE FROM ledger; END CASE; END",
                "BEGIN WHILE NEW.a < 9 DO DELETE FROM ledger; END WHILE; END",
                "BEGIN l: LOOP DELETE FROM ledger; LEAVE l; END LOOP l; END",
                "BEGIN REPEAT DELETE FROM ledger; UNTIL NEW.a > 1 END REPEAT; END",
                "BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION DELETE FROM ledger; SET NEW.a = 1; END",
                "BEGIN DECLARE CONTINUE HANDLER FOR NOT FOUND, SQLSTATE VALUE '23000', 1062 BEGIN DELETE FROM ledger; END;"
                        + " SET NEW.a = 1; END",
                "BEGIN DECLARE x INT DEFAULT 1; DECLARE y VARCHAR(9); DELETE FROM ledger; END",
                "BEGIN FOR r IN (SELECT id FROM orders) DO DELETE FROM ledger; END FOR; END",
                "BEGIN FOR i IN 1 .. 5 DO DELETE FROM ledger; END FOR; END",
                "BEGIN BEGIN BEGIN DELETE FROM ledger; END; END; END",
            })
    void whatItRunsIsRead(String body) {
        assertThat(writes(body)).containsExactly("DELETE ledger");
    }

    @Test
    void aTableThatRowsGoIntoIsNoVariable() {
        assertThat(read("BEGIN WITH c AS (SELECT 1) INSERT INTO ledger SELECT * FROM c; END")
                        .statements())
                .anyMatch(statement -> statement instanceof StatementEffects.Unreadable
                        || Analysis.effects(statement).stream()
                                .anyMatch(effect -> effect.verb() == Verb.INSERT
                                        && effect.table().name().equals("ledger")));
    }

    @Test
    void variablesOfTheCodeAreNoTables() {
        assertThat(writes("BEGIN DECLARE total INT; SELECT sum(a), max(b) INTO total, @other FROM orders WHERE id = 1;"
                        + " SET total = total + 1; SET NEW.a = total; END"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN SET NEW.a = wipe(1); END",
                "BEGIN DECLARE x INT DEFAULT wipe(1); END",
                "BEGIN DECLARE x INT; SET x = 1, x = wipe(1); END",
                "BEGIN IF wipe(1) THEN SET NEW.a = 1; END IF; END",
                "BEGIN WHILE wipe(1) DO SET NEW.a = 1; END WHILE; END",
                "BEGIN REPEAT SET NEW.a = 1; UNTIL wipe(1) END REPEAT; END",
                "BEGIN CASE wipe(1) WHEN 1 THEN SET NEW.a = 1; END CASE; END",
                "BEGIN CASE 1 WHEN wipe(1) THEN SET NEW.a = 1; END CASE; END",
                "BEGIN DECLARE c CURSOR FOR SELECT wipe(1); OPEN c; FETCH c INTO @x; CLOSE c; END",
                "BEGIN DECLARE c CURSOR (p INT) FOR SELECT p; OPEN c(wipe(1)); FETCH c INTO @x; CLOSE c; END",
                "BEGIN OPEN c FOR SELECT wipe(1); END",
                "BEGIN SET SESSION TRANSACTION READ ONLY, ISOLATION LEVEL SERIALIZABLE; SET @a = wipe(1); END",
                "RETURN wipe(1)",
                "BEGIN DO wipe(1); END",
                "CALL wipe(1)",
                "BEGIN SELECT wipe(1) INTO @x; END",
            })
    void whatItCallsIsSeen(String body) {
        assertThat(calls(body)).as(body).contains("wipe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN PREPARE s FROM @text; EXECUTE s; END",
                "BEGIN EXECUTE IMMEDIATE 'DELETE FROM ledger'; END",
                "BEGIN COMMIT; END",
                "BEGIN IF 1 DELETE FROM ledger; END",
                "BEGIN OPEN c FOR @text; END",
                "BEGIN OPEN c FOR prepared; END",
                "BEGIN BEGIN DECLARE foreign_key_checks INT; END; SET foreign_key_checks = 0; DELETE FROM t; END",
                "BEGIN DECLARE r ROW (autocommit INT); SET autocommit = 0; END",
            })
    void textOfItsOwnAndOtherTransactionsAreNotRead(String body) {
        assertThat(read(body).statements())
                .as(body)
                .anyMatch(statement -> !(statement instanceof StatementEffects.Understood understood)
                        || !understood.sessionChanges().isEmpty());
    }
}
