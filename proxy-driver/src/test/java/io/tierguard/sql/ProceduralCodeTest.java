package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Verb;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body in PL/pgSQL is what its statements and expressions are. */
class ProceduralCodeTest {
    private static final SqlAnalyzer ANALYZER = new SqlAnalyzer(LexicalModes.defaultsOf(Dialect.POSTGRESQL));

    private static List<StatementEffects> read(String body) {
        return ANALYZER.analyzeProcedure(body).statements();
    }

    private static Set<String> effects(String body) {
        Set<String> effects = new TreeSet<>();
        for (StatementEffects statement : read(body)) {
            if (statement instanceof StatementEffects.Understood understood) {
                understood.effects().forEach(effect -> effects.add(shown(effect)));
            } else if (statement instanceof StatementEffects.Bounded bounded) {
                bounded.effects().stream()
                        .filter(effect -> effect.verb() != Verb.SELECT)
                        .forEach(effect -> effects.add("perhaps " + shown(effect)));
            } else {
                effects.add("unreadable");
            }
        }
        return effects;
    }

    private static String shown(Effect effect) {
        return effect.verb().word() + " " + effect.table();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BEGIN DELETE FROM ledger; END | delete ledger",
                "BEGIN IF a THEN DELETE FROM b; ELSIF c THEN UPDATE d SET e = 1; ELSE INSERT INTO f VALUES (1); END IF; END"
                        + " | delete b, insert f, update d",
                "DECLARE ledger int := 1; BEGIN UPDATE orders SET state = ledger; END | update orders",
                "DECLARE n int := (SELECT max(id) FROM a); BEGIN RETURN n; END | select a",
                "DECLARE c CURSOR FOR SELECT id FROM a; BEGIN OPEN c; FETCH c INTO n; CLOSE c; END | select a",
                "BEGIN SELECT id, x INTO STRICT v, w FROM a WHERE b = 1; END | select a",
                "BEGIN SELECT INTO v id FROM a; END | select a",
                "BEGIN INSERT INTO a VALUES (1) RETURNING id INTO v; END | insert a",
                "BEGIN FOR r IN SELECT * FROM a LOOP DELETE FROM b WHERE id = r.id; END LOOP; END | delete b, select a",
                "BEGIN FOR r IN DELETE FROM a RETURNING * LOOP NULL; END LOOP; END | delete a",
                "BEGIN FOR i IN REVERSE 10..1 BY 2 LOOP DELETE FROM b; END LOOP; END | delete b",
                "BEGIN WHILE (SELECT true FROM a) LOOP DELETE FROM b; END LOOP; END | delete b, select a",
                "BEGIN RETURN QUERY DELETE FROM a RETURNING *; END | delete a",
                "BEGIN v := count(*) FROM a; END | select a",
                "BEGIN PERFORM 1 FROM a; ASSERT (SELECT true FROM b), 'x'; END | select a, select b",
                "BEGIN $2 := $1 * 2; $1.x = (SELECT max(id) FROM a); SELECT id, x INTO $3, v FROM b; END | select a, select b",
                "BEGIN $1 := $2; DELETE FROM a; UPDATE b SET c = $1; END | delete a, update b",
                "BEGIN v.x[1] := 1; NEW.state = lower(NEW.state); DELETE FROM a; END | delete a",
                "<<outer>> BEGIN LOOP EXIT outer WHEN (SELECT true FROM a); DELETE FROM b; END LOOP; END"
                        + " | delete b, select a",
                "BEGIN CASE x WHEN 1 THEN DELETE FROM a; ELSE DELETE FROM b; END CASE; END | delete a, delete b",
                "BEGIN BEGIN DELETE FROM a; EXCEPTION WHEN unique_violation OR others THEN DELETE FROM b; END; END"
                        + " | delete a, delete b",
                "BEGIN WITH gone AS (DELETE FROM a RETURNING 1) SELECT count(*) INTO n FROM gone; END | delete a",
                "BEGIN EXECUTE 'DELETE FROM a'; UPDATE b SET c = 1; END | delete a, update b",
                "BEGIN EXECUTE ($q$DELETE FROM a WHERE b = 'x'$q$); END | delete a",
                "BEGIN EXECUTE 'DELETE FROM a; DELETE FROM b'; END | delete a, delete b",
                "BEGIN EXECUTE 'SELECT x FROM a WHERE y = $1' INTO STRICT v, w.x USING (SELECT max(id) FROM b), n; END"
                        + " | select a, select b",
                "BEGIN EXECUTE 'SELECT x FROM a WHERE y = $1' USING (SELECT max(id) FROM b) INTO v; END | select a, select b",
                "BEGIN RETURN QUERY EXECUTE 'DELETE FROM a RETURNING 1'; END | delete a",
                "BEGIN FOR r IN EXECUTE ('DELETE FROM a RETURNING 1') USING 1 LOOP DELETE FROM b; END LOOP; END"
                        + " | delete a, delete b",
                "BEGIN OPEN c FOR EXECUTE 'DELETE FROM a RETURNING 1'; END | delete a",
            })
    void eachStatementIsReadByItself(String body, String expected) {
        assertThat(effects(body)).containsAll(Set.of(expected.split(", ")));
        assertThat(effects(body)).doesNotContain("unreadable").noneMatch(effect -> effect.startsWith("perhaps"));
        assertThat(effects(body)).hasSize(expected.split(", ").length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN EXECUTE q; END",
                "BEGIN EXECUTE; END",
                "BEGIN EXECUTE 'DELETE FROM ' || q; END",
                "BEGIN EXECUTE 'DELETE FROM ' || ; END",
                "BEGIN EXECUTE ('DELETE FROM '; END",
                "BEGIN EXECUTE 'DELETE FROM a'); END",
                "BEGIN EXECUTE ('DELETE FROM ') ('a'); END",
                "BEGIN EXECUTE 'DELETE FROM a'::citext; END",
                "BEGIN EXECUTE ('DELETE FROM a').x; END",
                "BEGIN EXECUTE format('DELETE FROM %I', 'a'); END",
                "BEGIN EXECUTE $q$DELETE FROM a WHERE b = '\\'$q$; END",
                "BEGIN EXECUTE 'EXECUTE p'; END",
                "BEGIN EXECUTE 'EXPLAIN ANALYZE EXECUTE p'; END",
                "BEGIN EXECUTE 'PREPARE p AS DELETE FROM a'; END",
                "BEGIN EXECUTE 'DO ''BEGIN DELETE FROM a; END'''; END",
                "BEGIN EXECUTE 'SELECT ''open'; END",
                "BEGIN RETURN QUERY EXECUTE q; END",
                "BEGIN FOR r IN EXECUTE q LOOP NULL; END LOOP; END",
                "BEGIN FOR r IN EXECUTE (q) LOOP NULL; END LOOP; END",
                "BEGIN OPEN c FOR EXECUTE q USING 1; END",
                "BEGIN IF x; DELETE FROM a; END",
                "BEGIN 'text'; END",
                "BEGIN x := 'open; END",
            })
    void whatRunsTextOrIsNotTheLanguageIsUnreadable(String body) {
        assertThat(read(body)).anyMatch(StatementEffects.Unreadable.class::isInstance);
    }

    @Test
    void aTextOfJoinedConstantsIsRead() {
        assertThat(effects("BEGIN EXECUTE ('DELETE ' || 'FROM a' || ' WHERE b = 1'); END"))
                .containsExactly("delete a");
        assertThat(effects("BEGIN EXECUTE (('DELETE ' || ('FROM '::text || 'a ')) || 'WHERE b = 1')::text; END"))
                .containsExactly("delete a");
        assertThat(effects("BEGIN EXECUTE 'DELETE FROM '\n  'a WHERE b = 1'; END"))
                .containsExactly("delete a");
        assertThat(effects("BEGIN FOR r IN EXECUTE 'DELETE FROM a ' || 'RETURNING 1' LOOP NULL; END LOOP; END"))
                .containsExactly("delete a");
    }

    @Test
    void callsCountWhereverTheyStand() {
        for (String body : List.of(
                "BEGIN PERFORM f(1); END",
                "DECLARE n int DEFAULT f(1); BEGIN END",
                "BEGIN RAISE NOTICE '%', f(1); END",
                "BEGIN x[f(1)] := 2; END",
                "BEGIN CALL f(1); END",
                "BEGIN IF f(1) THEN NULL; END IF; END",
                "BEGIN FOR i IN 1..f(1) LOOP NULL; END LOOP; END",
                "BEGIN FOREACH x IN ARRAY f(1) LOOP NULL; END LOOP; END",
                "BEGIN OPEN c(f(1)); END",
                "BEGIN RETURN NEXT f(1); END",
                "BEGIN EXECUTE 'SELECT $1' USING f(1); END",
                "BEGIN EXECUTE 'SELECT 1' INTO x[f(1)]; END",
                "BEGIN EXECUTE 'SELECT f(1)'; END")) {
            assertThat(read(body))
                    .as(body)
                    .anyMatch(statement -> calls(statement).contains(new RoutineCall("", "f")));
        }
    }

    private static List<RoutineCall> calls(StatementEffects statement) {
        if (statement instanceof StatementEffects.Understood understood) {
            return understood.unknownRoutines();
        }
        return statement instanceof StatementEffects.Bounded bounded ? bounded.unknownRoutines() : List.of();
    }
}
