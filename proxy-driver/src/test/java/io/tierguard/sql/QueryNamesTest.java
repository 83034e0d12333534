package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Effect;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Quotes around the plain name of a common table expression mean nothing on PostgreSQL, as PostgREST writes them; where letter case tells
 * names apart every word counts.
 */
class QueryNamesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    WITH s AS (SELECT a FROM t) SELECT * FROM "s"                                 | t
                    WITH "s" AS (SELECT a FROM t) SELECT * FROM s                                 | t
                    WITH S AS (SELECT a FROM t) SELECT * FROM (SELECT "x".* FROM "s" AS "x") y    | t
                    WITH "s" AS (SELECT a FROM t) DELETE FROM u USING S WHERE s.a = u.a           | t,u
                    WITH "S" AS (SELECT a FROM t) SELECT * FROM s                                 | a,s,t
                    WITH s AS (SELECT a FROM t) SELECT * FROM "S"                                 | a,s,t
                    WITH "a b" AS (SELECT a FROM t) SELECT * FROM "a b"                           | t
                    WITH s AS (SELECT a FROM t) SELECT * FROM public."s"                          | public.s,t
                    """)
    void aQuotedNameIsTheSameWhereItIsPlain(String sql, String tables) {
        StatementEffects only =
                Analysis.of(Dialect.POSTGRESQL, sql).statements().get(0);
        List<Effect> effects = only instanceof StatementEffects.Understood understood
                ? understood.effects()
                : ((StatementEffects.Bounded) only).effects();
        Set<String> named =
                effects.stream().map(effect -> effect.table().toString()).collect(Collectors.toSet());
        assertThat(named).as(sql).containsExactlyInAnyOrder(tables.split(","));
    }
}
