package io.tierguard.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.PolicyLoader;
import io.tierguard.policy.PolicyOutcome;
import io.tierguard.policy.model.Policy;
import io.tierguard.schema.LiveSchema;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.SessionFacts;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table that only its session has is no change of the schema that all see, which takes long to read. */
class OwnTablesTest {
    private static final String POLICY = """
            tier open is mutable

            table * is open

            component app {
              grant select, insert, update, delete, create, extend, alter, drop on *
            }
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MYSQL      | CREATE TEMPORARY TABLE hurry (id INT)           | false",
                "MYSQL      | CREATE TEMPORARY TABLE hurry AS SELECT id FROM t | false",
                "MYSQL      | DROP TEMPORARY TABLE hurry                      | false",
                "MARIADB    | DROP TEMPORARY TABLE IF EXISTS hurry            | false",
                "MYSQL      | CREATE TABLE hurry (id INT)                     | true",
                "MYSQL      | DROP TABLE hurry                                | true",
                "MYSQL      | CREATE TEMPORARY TABLE hurry (id INT); DROP TABLE t | true",
                "MYSQL      | DROP TABLE t; DROP TEMPORARY TABLE hurry        | true",
                "H2         | CREATE LOCAL TEMPORARY TABLE hurry (id INT)     | false",
                "H2         | CREATE TEMPORARY TABLE hurry (id INT)           | true",
                "H2         | CREATE TABLE hurry (id INT)                     | true",
                "POSTGRESQL | CREATE TEMP TABLE hurry (id INT)                | true",
            })
    void whetherAStatementChangesTheSchema(Dialect dialect, String sql, boolean changes) {
        LiveSchema schema = LiveSchema.unread(dialect);
        Policy policy = ((PolicyOutcome.Loaded) PolicyLoader.load("shop.tierguard", POLICY)).policy();
        Guard guard = new Guard(policy, policy.component("app").orElseThrow(), "1.0", dialect, new RecordedAudit());
        GuardSession session = guard.open(
                new SessionFacts("app", "shop", List.of("public"), LexicalModes.defaultsOf(dialect)),
                ConnectionPlace.EMBEDDED,
                schema);
        Admission admission = session.admit(sql, Placeholders.NONE, 0);
        assertThat(admission).as(sql).isInstanceOf(Execution.class);
        ((Execution) admission).completed(0);
        assertThat(schema.isOutdated()).as(sql).isEqualTo(changes);
    }
}
