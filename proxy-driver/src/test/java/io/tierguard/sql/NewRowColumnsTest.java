package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a trigger sets in the row at hand is read from its words. */
class NewRowColumnsTest {
    private static Optional<Set<String>> inPostgresql(String body) {
        return new SqlAnalyzer(LexicalModes.defaultsOf(Dialect.POSTGRESQL)).columnsSetIn(body, false);
    }

    private static Optional<Set<String>> inMySql(String body) {
        return new SqlAnalyzer(LexicalModes.defaultsOf(Dialect.MYSQL)).columnsSetIn(body, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN new.k := 1; RETURN new; END",
                "BEGIN NEW.K = new.k + 1; RETURN NEW; END",
                "begin new . k /* := */ = -1; return new; end",
                "BEGIN \"new\".\"k\" := 1; RETURN new; END",
                "BEGIN IF new.id = 1 THEN new.k := 1; END IF; RETURN new; END",
                "BEGIN IF new.id = 1 THEN RETURN old; ELSE new.k = 1; END IF; RETURN coalesce(new, old); END",
                "BEGIN CASE new.id WHEN 1 THEN new.k = 1; END CASE; RETURN NULL; END",
                "<<outer>> BEGIN outer.new.k := 1; RETURN new; END",
                "BEGIN touch.new.k = 1; RETURN new; END",
                "BEGIN new.k[1] := 1; RETURN new; END",
                "BEGIN new.k[1].part = 1; RETURN new; END",
                "BEGIN new.k.part := 1; RETURN new; END",
                "BEGIN SELECT 1 INTO new.k; RETURN new; END",
                "BEGIN SELECT 1, 2 INTO STRICT other, new.k FROM orders WHERE id = new.id; RETURN new; END",
                "BEGIN INSERT INTO log VALUES (new.id) RETURNING id INTO new.k; RETURN new; END",
                "BEGIN EXECUTE 'SELECT $1' INTO new.k USING new.id; RETURN new; END",
                "DECLARE c CURSOR FOR SELECT 1; BEGIN OPEN c; FETCH c INTO new.k; RETURN new; END",
                "BEGIN GET DIAGNOSTICS new.k = ROW_COUNT; RETURN new; END",
                "BEGIN CALL work(new.k); RETURN new; END",
                "BEGIN FOR new.k IN SELECT 1 LOOP PERFORM new.id; END LOOP; RETURN new; END",
                "BEGIN FOREACH new.k IN ARRAY new.list LOOP NULL; END LOOP; RETURN new; END",
                "BEGIN WHILE new.id = 1 LOOP new.k = 1; END LOOP; RETURN new; END",
                "BEGIN BEGIN NULL; EXCEPTION WHEN others THEN new.k = 1; END; RETURN new; END",
                "BEGIN old.k := 1; RETURN old; END",
                "BEGIN new.k := CASE WHEN new.id = 1 THEN new.amount ELSE new.other END; RETURN new; END",
            })
    void onlyTheColumnThatIsAssignedIsSet(String body) {
        assertThat(inPostgresql(body)).hasValue(Set.of("k"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN RETURN new; END",
                "BEGIN INSERT INTO log SELECT new.id, new.k; RETURN new; END",
                "BEGIN IF new.k = 1 AND new.id <> old.id THEN RAISE 'no % %', new.k, new; END IF; RETURN new; END",
                "BEGIN PERFORM check_it(new.k, to_jsonb(new)); UPDATE other SET k = new.k WHERE id = new.id; RETURN new; END",
                "DECLARE x int; BEGIN x := new.k; SELECT new.k INTO x FROM orders WHERE id = new.id; RETURN new; END",
                "DECLARE r record; BEGIN FOR r IN SELECT new.k LOOP NULL; END LOOP; RETURN null; END",
                "BEGIN EXECUTE 'SELECT 1' INTO x USING new.k; RETURN new; END",
                "BEGIN /* new.k := 1; */ RAISE NOTICE 'new.k := 1;'; RETURN new; END",
                "BEGIN IF (new.*) IS DISTINCT FROM (old.*) THEN RETURN new; END IF; RETURN old; END",
            })
    void readingTheRowSetsNothing(String body) {
        assertThat(inPostgresql(body)).hasValue(Set.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN new := other; RETURN new; END",
                "BEGIN new = jsonb_populate_record(new, '{}'); RETURN new; END",
                "BEGIN SELECT * INTO new FROM orders; RETURN new; END",
                "DECLARE r orders; BEGIN r := new; r.k := 1; RETURN r; END",
                "BEGIN RETURN (1, 2); END",
                "BEGIN RETURN \"new\"; END",
                "DECLARE n ALIAS FOR new; BEGIN n.k := 1; RETURN new; END",
                "DECLARE n ALIAS FOR new.k; BEGIN n.id := 1; RETURN new; END",
                "BEGIN FOR new IN SELECT * FROM orders LOOP NULL; END LOOP; RETURN new; END",
                "BEGIN CALL work(new); RETURN new; END",
                "BEGIN 'not closed; RETURN new; END",
            })
    void anotherRowMayHaveAnyColumnSet(String body) {
        assertThat(inPostgresql(body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET NEW.k = NEW.k + 1",
                "SET new.`k` := 1",
                "BEGIN DECLARE x INT DEFAULT 5; SET x = NEW.id + 100, NEW.k = x; END",
                "BEGIN IF NEW.id = 1 THEN SET NEW.k = 1; END IF; END",
                "BEGIN IF NEW.id = 1 THEN SET @a = 1, NEW.k = NEW.id; END IF; END",
                "BEGIN w: WHILE NEW.id = 1 DO SET NEW.k = 1; LEAVE w; END WHILE; END",
                "CALL work(NEW.k)",
                "BEGIN IF NEW.id > 1 THEN CALL work(CASE WHEN NEW.id = 1 THEN 1 END, NEW.k); END IF; END",
                "SELECT 1, 2 INTO @a, NEW.k",
                "/*! SET NEW.k = 1 */",
            })
    void mySqlSetsColumnsBySet(String body) {
        assertThat(inMySql(body))
                .hasValueSatisfying(columns -> assertThat(columns).contains("k"));
        assertThat(inMySql(body.replace("NEW.id", "1"))).hasValue(Set.of("k"));
    }

    @Test
    void mySqlReadsColumnsToo() {
        assertThat(inMySql("BEGIN INSERT INTO log (id, k) VALUES (NEW.id, NEW.k); UPDATE t SET a = NEW.k, b = NEW.id;"
                        + " IF NEW.k = 1 THEN SET @k = NEW.k; END IF; END"))
                .hasValue(Set.of());
    }
}
