package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An UPDATE of PostgreSQL that moves a row to another partition deletes it where it was. */
class PartitionMovesTest {
    private static final String RULES = """
            table entry is ledger

            table payment* is ledger {
              mutable status
            }

            table parts is operational
            table part_* is operational
            table kid is operational
            table cap is capped
            table cap_* is capped

            tier capped is mutable {
              limit update 5 rows
              limit delete 2 rows
            }

            component app {
              grant select, insert on tier ledger
              grant update (status) on payment*
              grant select, insert, update, delete on tier operational
              grant select, insert, update, delete on tier capped
            }
            """;

    private static final String[] PARTS = {
        "CREATE TABLE parts (id int, a int, b int) PARTITION BY LIST (a)",
        "CREATE TABLE part_one PARTITION OF parts FOR VALUES IN (1)",
        "CREATE TABLE part_rest PARTITION OF parts DEFAULT PARTITION BY RANGE (b)",
        "CREATE TABLE part_low PARTITION OF part_rest FOR VALUES FROM (0) TO (10)",
        "CREATE TABLE part_high PARTITION OF part_rest DEFAULT",
        "ALTER TABLE part_one ADD PRIMARY KEY (id)",
        "ALTER TABLE part_low ADD PRIMARY KEY (id)",
        "INSERT INTO parts VALUES (1, 1, 1), (2, 2, 1)",
    };

    @TempDir
    private Path folder;

    private GuardedTables open(String... more) throws Exception {
        GuardedTables tables = GuardedTables.open(LiveDatabase.POSTGRESQL, folder, RULES, PARTS);
        tables.prepare(more);
        return tables;
    }

    @Test
    void whatRefersToAPartitionFollowsTheRowThatLeavesIt() throws Exception {
        try (GuardedTables tables = open(
                "CREATE TABLE entry (id int, d int DEFAULT 1 REFERENCES part_one ON DELETE CASCADE)",
                "INSERT INTO entry VALUES (1, 1)",
                "CREATE VIEW part_view AS SELECT id, a AS place, b FROM parts",
                "CREATE TABLE kid (id int PRIMARY KEY)")) {
            for (String sql : new String[] {
                "UPDATE parts SET a = 2",
                "UPDATE parts SET (b, a) = (1, 2) WHERE id = 1",
                "UPDATE part_view SET place = 2",
                "WITH x AS (UPDATE parts SET a = 2 RETURNING id) SELECT * FROM x"
            }) {
                tables.assertDenied(Reason.CASCADE, sql, "moves rows between partitions", "ON DELETE CASCADE");
            }
            tables.assertAllowed("UPDATE parts SET b = 2", "UPDATE part_one SET a = 1", "UPDATE part_view SET b = 3");
            assertThat(tables.count("entry")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SET NULL", "SET DEFAULT", "CASCADE"})
    void whateverTheKeyDoesThenIsFollowed(String action) throws Exception {
        try (GuardedTables tables = open(
                "CREATE TABLE entry (id int, d int DEFAULT 2 REFERENCES part_low ON DELETE " + action + ")",
                "INSERT INTO entry VALUES (1, 2)")) {
            tables.assertDenied(Reason.CASCADE, "UPDATE parts SET b = 20", "ON DELETE " + action);
            tables.assertDenied(Reason.CASCADE, "UPDATE part_rest SET b = 20", "ON DELETE " + action);
            tables.assertAllowed("UPDATE parts SET id = id");
        }
    }

    /** A key changes by a cascade, or by a trigger, and the row with it. */
    @Test
    void aMoveThatNobodyAsksForIsFollowedToo() throws Exception {
        try (GuardedTables tables = open(
                "CREATE TABLE kid (id int PRIMARY KEY)",
                "INSERT INTO kid VALUES (1), (2)",
                "ALTER TABLE parts ADD FOREIGN KEY (a) REFERENCES kid ON UPDATE CASCADE ON DELETE SET NULL",
                "CREATE TABLE entry (id int, d int REFERENCES part_one ON DELETE CASCADE)",
                "INSERT INTO entry VALUES (1, 1)")) {
            tables.assertDenied(Reason.CASCADE, "UPDATE kid SET id = 7 WHERE id = 1", "entry");
            tables.assertDenied(Reason.CASCADE, "DELETE FROM kid WHERE id = 1", "entry");
            assertThat(tables.count("entry")).isEqualTo(1);
        }
        try (GuardedTables tables = open(
                "CREATE FUNCTION moves() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.a := 2; RETURN NEW; END'",
                "CREATE TRIGGER moves BEFORE UPDATE ON part_one FOR EACH ROW EXECUTE FUNCTION moves()",
                "CREATE TABLE entry (id int, d int REFERENCES part_one ON DELETE CASCADE)",
                "INSERT INTO entry VALUES (1, 1)")) {
            tables.assertDenied(Reason.CASCADE, "UPDATE parts SET b = 2", "entry");
            assertThat(tables.count("entry")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN RETURN NULL; END",
                "BEGIN IF NEW.id > 0 THEN RETURN OLD; END IF; RETURN NEW; END",
                "BEGIN NEW := NULL; RETURN NEW; END"
            })
    void aRowThatATriggerDoesNotLetInIsLost(String body) throws Exception {
        try (GuardedTables tables = open(
                "CREATE TABLE payment (id int, amount int, status text) PARTITION BY LIST (status)",
                "CREATE TABLE payment_new PARTITION OF payment FOR VALUES IN ('new')",
                "CREATE TABLE payment_rest PARTITION OF payment DEFAULT",
                "CREATE TABLE payment_plain (id int, status text)",
                "INSERT INTO payment VALUES (1, 1, 'new')",
                "CREATE FUNCTION drops() RETURNS trigger LANGUAGE plpgsql AS '" + body + "'",
                "CREATE TRIGGER drops BEFORE INSERT ON payment_rest FOR EACH ROW EXECUTE FUNCTION drops()",
                "CREATE TABLE cap (id int, a int) PARTITION BY LIST (a)",
                "CREATE TABLE cap_one PARTITION OF cap FOR VALUES IN (1)",
                "CREATE TABLE cap_rest PARTITION OF cap DEFAULT",
                "INSERT INTO cap VALUES (1, 1), (2, 1), (3, 1)",
                "CREATE TRIGGER drops BEFORE INSERT ON cap_rest FOR EACH ROW EXECUTE FUNCTION drops()")) {
            tables.assertDenied(Reason.CASCADE, "UPDATE payment SET status = 'paid'", "is lost where trigger drops");
            tables.assertDenied(Reason.CASCADE, "UPDATE cap SET a = 2", "its rows are not counted");
            assertThat(tables.count("payment")).isEqualTo(1);
            assertThat(tables.count("cap")).isEqualTo(3);
        }
    }

    /** Only where a row may move do the triggers run that a DELETE and an INSERT set off. */
    @Test
    void triggersOfAMoveRunWithAMoveAlone() throws Exception {
        try (GuardedTables tables = open(
                "CREATE TABLE entry (id int)",
                "INSERT INTO entry VALUES (1)",
                "CREATE FUNCTION sweeps() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DELETE FROM entry; RETURN NULL; END'",
                "CREATE TRIGGER sweeps AFTER DELETE ON part_one FOR EACH ROW EXECUTE FUNCTION sweeps()",
                "CREATE TRIGGER sweeps AFTER INSERT ON part_high FOR EACH ROW EXECUTE FUNCTION sweeps()")) {
            tables.assertAllowed("UPDATE parts SET id = id + 10");
            for (String sql : new String[] {"UPDATE parts SET a = 2", "UPDATE parts SET b = 20 WHERE a = 2"}) {
                tables.assertDenied(Reason.CASCADE, sql, "entry", "trigger sweeps");
            }
            assertThat(tables.count("entry")).isEqualTo(1);
        }
    }

    @Test
    void aMoveThatKeepsTheRowIsAnUpdate() throws Exception {
        try (GuardedTables tables = open(
                        "CREATE TABLE payment (id int, amount int, status text) PARTITION BY LIST (status)",
                        "CREATE TABLE payment_new PARTITION OF payment FOR VALUES IN ('new')",
                        "CREATE TABLE payment_rest PARTITION OF payment DEFAULT",
                        "INSERT INTO payment VALUES (1, 1, 'new')",
                        "CREATE FUNCTION stamps() RETURNS trigger LANGUAGE plpgsql AS"
                                + " 'BEGIN NEW.status := lower(NEW.status); RETURN NEW; END'",
                        "CREATE TRIGGER stamps BEFORE INSERT ON payment_rest FOR EACH ROW EXECUTE FUNCTION stamps()");
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE payment SET status = 'PAID' WHERE id = 1"))
                    .isEqualTo(1);
            try (ResultSet row = statement.executeQuery("SELECT status FROM payment_rest")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("paid");
            }
        }
    }
}
