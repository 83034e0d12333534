package io.tierguard.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.RoutineCall;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutineReadingTest {

    private static RoutineReading read(String language, String body) {
        return RoutineReading.of(
                new Routine(
                        1, new RoutineCall("public", "f"), language, body, false, List.of(), true, false, false, false),
                Dialect.POSTGRESQL);
    }

    @Test
    void aBodyWithABackslashDoesWhatEitherCutOfItDoes() {
        RoutineReading reading = read("sql", "SELECT 'a\\''; DELETE FROM ledger; --'");
        assertThat(reading.obstacle()).isEmpty();
        assertThat(reading.effects()).containsExactly(Effect.of(Verb.DELETE, TableName.of("ledger"), List.of(), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT regexp_replace(state, '\\d+', '') FROM orders", "SELECT state || '\\' FROM orders"})
    void anOrdinaryBackslashHidesNothing(String body) {
        assertThat(read("sql", body).obstacle()).isEmpty();
        assertThat(read("sql", body).effects()).containsExactly(Effect.of(Verb.SELECT, TableName.of("orders")));
    }

    @Test
    void whatReachesTablesThatItDoesNotNameIsAnObstacle() {
        assertThat(read("sql", "TRUNCATE orders CASCADE").obstacle()).contains("TRUNCATE");
        assertThat(read("plpgsql", "BEGIN TRUNCATE orders CASCADE; END").obstacle())
                .contains("TRUNCATE");
        assertThat(read("plpgsql", "BEGIN TRUNCATE orders; END").obstacle()).isEmpty();
    }
}
