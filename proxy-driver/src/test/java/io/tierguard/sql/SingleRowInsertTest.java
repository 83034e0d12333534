package io.tierguard.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which inserts change no more than one row each, whatever a driver makes of several. */
class SingleRowInsertTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES (?, ?)",
                "insert into s.t (a, b) values (?, lower(?)) ;",
                "INSERT INTO t (a) VALUES ((SELECT max(id) FROM s WHERE x IN (1, 2)))",
                "/* insert com.acme.Item */ insert into t (a) values (?) /* end */",
            })
    void oneRowIsOne(String sql) {
        for (Dialect dialect : new Dialect[] {Dialect.POSTGRESQL, Dialect.MYSQL, Dialect.MARIADB, Dialect.H2}) {
            assertThat(SingleRowInsert.is(sql, dialect))
                    .as(dialect + ": " + sql)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "INSERT INTO t VALUES (1), (?)",
                "INSERT INTO t SELECT ?",
                "INSERT INTO t SELECT a FROM (VALUES (1), (2)) v (a)",
                "INSERT INTO t (a) VALUES (?); INSERT INTO t (a) VALUES (?)",
                "UPDATE t SET a = 1",
                "REPLACE INTO t VALUES (?)",
                "INSERT INTO t VALUES (?) UNION SELECT 1",
                "INSERT INTO t VALUES ('a\\'), (',?)",
                "INSERT INTO t DEFAULT VALUES",
                "INSERT INTO t VALUES",
                "INSERT INTO t VALUES ('open",
            })
    void anythingElseMayBeMore(String sql) {
        for (Dialect dialect : new Dialect[] {Dialect.POSTGRESQL, Dialect.MYSQL, Dialect.MARIADB, Dialect.H2}) {
            assertThat(SingleRowInsert.is(sql, dialect))
                    .as(dialect + ": " + sql)
                    .isFalse();
        }
    }

    @Test
    void anUpsertOfPostgresqlChangesTheOneRowInItsWay() {
        String upsert = "INSERT INTO t VALUES (?) ON CONFLICT (a) DO UPDATE SET a = excluded.a";
        assertThat(SingleRowInsert.is(upsert, Dialect.POSTGRESQL)).isTrue();
        assertThat(SingleRowInsert.is("INSERT INTO t VALUES (?) RETURNING a", Dialect.POSTGRESQL))
                .isTrue();
        assertThat(SingleRowInsert.is(upsert, Dialect.MYSQL)).isFalse();
        assertThat(SingleRowInsert.is("INSERT INTO t (a) OVERRIDING USER VALUE VALUES (?)", Dialect.POSTGRESQL))
                .isTrue();
        String ofMySql = "INSERT INTO t VALUES (?) ON DUPLICATE KEY UPDATE a = VALUES(a)";
        assertThat(SingleRowInsert.is(ofMySql, Dialect.MYSQL)).isTrue();
        assertThat(SingleRowInsert.is(ofMySql, Dialect.POSTGRESQL)).isFalse();
        assertThat(SingleRowInsert.is(ofMySql + "; DELETE FROM t", Dialect.MYSQL))
                .isFalse();
        assertThat(SingleRowInsert.is(upsert + "; DELETE FROM t", Dialect.POSTGRESQL))
                .isFalse();
        assertThat(SingleRowInsert.is("INSERT INTO t VALUES (1 /*! ), (2 */ )", Dialect.MYSQL))
                .isFalse();
    }
}
