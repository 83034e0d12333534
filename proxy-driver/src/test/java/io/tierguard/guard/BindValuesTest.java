package io.tierguard.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.audit.BoundValues;
import io.tierguard.policy.PolicyLoader;
import io.tierguard.policy.PolicyOutcome;
import io.tierguard.policy.model.Policy;
import io.tierguard.schema.LiveSchema;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.SessionFacts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which records tell what was bound; rules E17 and E19. */
class BindValuesTest {
    private static final String POLICY = """
            tier ledger is immutable {
              bind values shown
            }

            tier open is mutable {
              audit all
              bind values shown
              limit delete 5 rows
            }

            tier secret is mutable {
              audit all
            }

            tier hidden is mutable {
              audit all
              bind values masked
            }

            table payment is ledger
            table orders is open
            table cart is open
            table person is secret
            table medical is hidden

            routine touch is harmless {
              why "arithmetic"
            }

            routine note_person writes insert on person {
              why "notes them"
            }

            component checkout {
              connects as "app"
              grant select, insert, update, delete on tier open
              grant select, insert, update, delete on tier secret
              grant select, insert, update, delete on tier hidden
              grant select, insert on payment
            }
            """;

    private static final BoundValues BOUND =
            new BoundValues(List.of(List.of(new BoundValues.Value("1", "Ada"))), false, 0);

    private final RecordedAudit audit = new RecordedAudit();
    private final GuardSession session = session(POLICY);

    private GuardSession session(String text) {
        Policy policy = ((PolicyOutcome.Loaded) PolicyLoader.load("shop.tierguard", text)).policy();
        Guard guard = new Guard(policy, policy.component("checkout").orElseThrow(), "1.0", Dialect.POSTGRESQL, audit);
        SessionFacts facts =
                new SessionFacts("app", "shop", List.of("public"), LexicalModes.defaultsOf(Dialect.POSTGRESQL));
        return guard.open(facts, ConnectionPlace.EMBEDDED, LiveSchema.unread(Dialect.POSTGRESQL));
    }

    private Admission run(String sql) {
        return session.admit(sql, Placeholders.QUESTION_MARKS, 0, () -> BOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO orders VALUES (?)",
                "SELECT * FROM orders JOIN cart ON cart.id = orders.id WHERE orders.id = ?",
                "UPDATE orders SET a = ?; DELETE FROM cart",
                "UPDATE orders SET a = touch(?)",
                "INSERT INTO payment SELECT * FROM orders WHERE id = ?",
            })
    void e17ValuesAreRecordedWhereEveryTierShowsThem(String sql) {
        run(sql);
        assertThat(audit.values).containsExactly(BOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO person VALUES (?)",
                "INSERT INTO medical VALUES (?)",
                "SELECT * FROM orders JOIN person ON person.id = orders.id WHERE orders.id = ?",
                "INSERT INTO orders SELECT ? FROM medical",
                "UPDATE orders SET a = ?; DELETE FROM person",
                "WITH gone AS (DELETE FROM person WHERE id = ? RETURNING *) INSERT INTO orders SELECT * FROM gone",
                "UPDATE orders SET a = note_person(?)",
            })
    void e17OneTierThatMasksMasksAll(String sql) {
        run(sql);
        assertThat(audit.values).containsExactly(BoundValues.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM payment WHERE id = ?",
                "UPDATE payment SET amount = ? WHERE id = 1",
            })
    void e17ADenialFollowsTheSameRule(String sql) {
        assertThat(run(sql)).isInstanceOf(Refusal.class);
        assertThat(audit.values).containsExactly(BOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM unknown WHERE id = ?",
                "INSERT INTO orders SELECT ? FROM unknown",
                "UPDATE orders SET a = who_knows(?)",
                "NONSENSE ?",
                "SELECT ?",
                "SELECT * FROM orders, pg_class WHERE relname = ?",
                "CREATE TEMPORARY TABLE mine AS SELECT * FROM orders WHERE id = ?",
            })
    void e17WhatIsInNoTierMasks(String sql) {
        run(sql);
        assertThat(audit.values).allMatch(BoundValues::isEmpty);
    }

    @Test
    void e17ATemporaryTableMasks() {
        run("CREATE TEMPORARY TABLE mine (id INT)");
        run("INSERT INTO orders SELECT * FROM mine WHERE id = ?");
        assertThat(audit.values).isNotEmpty().allMatch(BoundValues::isEmpty);
    }

    @Test
    void e17WhatIsObservedAndNotSeenThroughMasks() {
        String observe = """

                observe checkout {
                  why "being classified"
                  reasons unknown-routine, not-granted
                  until 2099-01-31T00:00Z
                }
                """;
        GuardSession observed = session(POLICY + observe);
        observed.admit("UPDATE orders SET a = who_knows(?)", Placeholders.QUESTION_MARKS, 0, () -> BOUND);
        assertThat(audit.records).first().asString().startsWith("would-deny");
        assertThat(audit.values).containsExactly(BoundValues.NONE);
    }

    @Test
    void e17TheDenialOfALimitTellsThemToo() {
        Execution execution = (Execution) run("DELETE FROM orders WHERE id < ?");
        assertThat(execution.exceeded(execution.limits().get(0), 9)).isPresent();
        assertThat(audit.values).containsExactly(BOUND, BOUND);
    }

    @Test
    void e17EachExecutionTellsItsOwn() {
        run("INSERT INTO orders VALUES (?)");
        BoundValues other = new BoundValues(List.of(List.of(new BoundValues.Value("1", "Grace"))), false, 0);
        session.admit("INSERT INTO orders VALUES (?)", Placeholders.QUESTION_MARKS, 0, () -> other);
        session.admit("INSERT INTO orders VALUES (?)", Placeholders.QUESTION_MARKS, 0);
        assertThat(audit.values).containsExactly(BOUND, other, BoundValues.NONE);
    }

    @Test
    void e17NobodyAsksForWhatIsMasked() {
        session.admit("INSERT INTO person VALUES (?)", Placeholders.QUESTION_MARKS, 0, () -> {
            throw new IllegalStateException("asked");
        });
        assertThat(audit.records).hasSize(1);
    }

    @Test
    void e19APolicyInWhichNoTierShowsKeepsNoValues() {
        assertThat(session.showsValues()).isTrue();
        assertThat(session(POLICY.replace("bind values shown", "bind values masked"))
                        .showsValues())
                .isFalse();
    }
}
