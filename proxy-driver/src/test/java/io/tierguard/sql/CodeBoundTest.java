package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of code are bounded by their words. */
class CodeBoundTest {
    private final SqlAnalyzer analyzer = new SqlAnalyzer(LexicalModes.defaultsOf(Dialect.POSTGRESQL));

    /** All of it together; the one that is unreadable where there is one. */
    private StatementEffects bound(String body) {
        List<Effect> effects = new ArrayList<>();
        List<RoutineCall> calls = new ArrayList<>();
        for (StatementEffects each : analyzer.boundsOfCode(body)) {
            if (!(each instanceof StatementEffects.Bounded bounded)) {
                return each;
            }
            effects.addAll(bounded.effects());
            calls.addAll(bounded.unknownRoutines());
        }
        return new StatementEffects.Bounded("CODE", effects, calls, Problem.ofWholeText("", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN NEW.updated_at := now(); RETURN NEW; END;",
                "DECLARE n numeric(10, 2); BEGIN IF (TG_OP = 'DELETE') THEN RETURN OLD; ELSIF (NEW.a > 1) THEN"
                        + " NEW.b = coalesce(NEW.b, 0); END IF; RETURN (NEW); END",
                "begin if new.amount < 0 then raise exception 'amount % is negative', new.amount; end if; return new; end",
                "BEGIN SELECT max(n) + 1 INTO NEW.n FROM orders WHERE id = NEW.id; RETURN NEW; END",
            })
    void codeThatOnlyLooksChangesNoRow(String body) {
        StatementEffects effects = bound(body);
        assertThat(effects).isInstanceOf(StatementEffects.Bounded.class);
        StatementEffects.Bounded bounded = (StatementEffects.Bounded) effects;
        assertThat(bounded.unknownRoutines()).isEmpty();
        assertThat(bounded.effects()).extracting(Effect::verb).doesNotContain(Verb.UPDATE, Verb.DELETE, Verb.TRUNCATE);
    }

    @Test
    void codeThatWritesIsBoundedByItsVerbsAndNames() {
        StatementEffects effects = bound(
                "BEGIN IF TG_OP = 'DELETE' THEN DELETE FROM ledger WHERE order_id = OLD.id; END IF; RETURN NULL; END");
        assertThat(((StatementEffects.Bounded) effects)
                        .effects().stream()
                                .map(effect -> effect.verb() + " " + effect.table())
                                .collect(Collectors.toSet()))
                .contains("DELETE ledger");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin set standard_conforming_strings = off; return new; end",
                "begin update orders set state = 'x'; set search_path = s2, public; return new; end",
                "BEGIN IF true THEN SET LOCAL search_path TO s2; END IF; END",
                "begin set role admin; end",
                "reset all",
                "begin update orders set state = 'x'; commit; end",
                "begin discard temp; end",
            })
    void codeThatChangesItsSessionIsUnreadable(String body) {
        assertThat(bound(body)).isInstanceOf(StatementEffects.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin update orders set state = 'x'; end",
                "begin update only orders * set state = 'x'; end",
                "begin update \"Orders\" as o set state = 'x'; end",
            })
    void codeThatSetsColumnsDoesNot(String body) {
        assertThat(bound(body)).isInstanceOf(StatementEffects.Bounded.class);
    }

    @Test
    void codeThatCallsOtherCodeSaysSo() {
        StatementEffects effects = bound("BEGIN PERFORM wipe(OLD.id); RETURN OLD; END");
        assertThat(((StatementEffects.Bounded) effects).unknownRoutines()).containsExactly(new RoutineCall("", "wipe"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN EXECUTE 'DELETE FROM ' || TG_ARGV[0]; RETURN NEW; END",
                "BEGIN CALL wipe(); RETURN NEW; END",
                "BEGIN DROP TABLE ledger; RETURN NEW; END",
                "BEGIN RETURN 'never closed; END",
            })
    void codeThatHidesWhatItDoesIsUnreadable(String body) {
        assertThat(bound(body)).isInstanceOf(StatementEffects.Unreadable.class);
    }
}
