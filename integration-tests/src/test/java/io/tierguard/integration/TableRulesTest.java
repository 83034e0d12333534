package io.tierguard.integration;

import static io.tierguard.integration.GuardedTables.assertDenied;
import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which table a name of the policy means in a live database. */
class TableRulesTest {
    private static final String GRANTS = """

            component app {
              grant select, insert, create, extend on tier ledger
              grant select, insert, update, delete, truncate, create, extend, alter, drop on tier operational
              grant select on everything
            }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aNameIsTheSameInAnyCase(LiveDatabase database) throws Exception { // V1
        String policy = "table Payment is ledger\ntable * is operational\n" + GRANTS;
        try (GuardedTables tables = GuardedTables.open(
                database, folder, policy, "CREATE TABLE \"Payment\" (id INT)", "CREATE TABLE payment (id INT)")) {
            for (String name : new String[] {"payment", "PAYMENT", "\"Payment\"", "public.payment"}) {
                tables.assertDenied(Reason.IMMUTABLE_TIER, "DELETE FROM " + name);
            }
        }
    }

    @Test
    void aNameIsCutAsTheServerCutsIt() throws Exception { // V2
        String kept = "é" + "x".repeat(61);
        String policy = "table " + kept + "_tail is ledger\ntable " + kept + "_other is operational\n"
                + "table orders is ledger {\n  mutable " + kept + "_column\n}\ntable * is operational\n" + GRANTS
                + "component other {\n  grant update (" + kept + "_column) on orders\n}\n";
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                policy.replace("component app {", "component app {\n  grant update (" + kept + "_column) on orders"),
                "CREATE TABLE " + kept + "_tail (id INT)",
                "CREATE TABLE orders (id INT, " + kept + "_column INT)")) {
            tables.assertDenied(Reason.IMMUTABLE_TIER, "DELETE FROM " + kept + "_tail");
            tables.assertDenied(Reason.IMMUTABLE_TIER, "DELETE FROM " + kept);
            tables.assertDenied(Reason.IMMUTABLE_TIER, "DELETE FROM \"" + kept + "_other\"");
            tables.assertAllowed(
                    "INSERT INTO " + kept + " VALUES (1)",
                    "UPDATE orders SET " + kept + "_col = 1",
                    "UPDATE orders SET " + kept + "_column = 1");
            assertThat(tables.count(kept)).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNameWithoutASchemaIsOneInEverySchemaAndTheCatalogsAreReadOnly(LiveDatabase database)
            throws Exception { // V3 V4
        String policy = "table payment is ledger\ntable * is operational\n" + GRANTS;
        try (GuardedTables tables = GuardedTables.open(
                database, folder, policy, "CREATE SCHEMA other", "CREATE TABLE other.payment (id INT)")) {
            tables.assertDenied(Reason.IMMUTABLE_TIER, "DELETE FROM other.payment");
            tables.assertAllowed("SELECT count(*) FROM information_schema.tables");
            tables.assertDenied(Reason.FORBIDDEN_VERB, "DELETE FROM information_schema.tables");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTableThatNoPatternCoversIsDeniedForEveryVerb(LiveDatabase database) throws Exception { // V5
        String policy = "table payment is ledger\ntable orders is operational\n" + GRANTS;
        try (GuardedTables tables = GuardedTables.open(database, folder, policy, "CREATE TABLE other (id INT)")) {
            for (String sql : new String[] {
                "SELECT * FROM other",
                "INSERT INTO other VALUES (1)",
                "UPDATE other SET id = 1",
                "DELETE FROM other",
                "TRUNCATE TABLE other",
                "CREATE TABLE another (id INT)",
                "ALTER TABLE other ADD COLUMN a INT",
                "ALTER TABLE other DROP COLUMN id",
                "DROP TABLE other"
            }) {
                tables.assertDenied(Reason.UNCLASSIFIED_TABLE, sql);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClassifiedViewIsReadByItsOwnNameAndAnyOtherByItsBases(LiveDatabase database) throws Exception { // V6 V7
        String policy = "table payment is ledger\ntable orders is operational\ntable summary is closed\n"
                + "component app {\n  grant select on summary\n  grant select on orders\n}\n";
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                policy,
                "CREATE TABLE payment (id INT)",
                "CREATE TABLE orders (id INT)",
                "CREATE VIEW summary AS SELECT id FROM payment",
                "CREATE VIEW of_orders AS SELECT id FROM orders",
                "CREATE VIEW of_payments AS SELECT id FROM payment")) {
            tables.assertAllowed("SELECT * FROM summary", "SELECT * FROM of_orders");
            tables.assertDenied(Reason.NOT_GRANTED, "SELECT * FROM of_payments", "payment");
        }
    }

    @Test
    void writingThroughAViewNeedsTheRightOnItsBases() throws Exception { // V8
        String policy = "table payment is ledger\ntable orders is operational\ntable v_* is operational\n" + GRANTS;
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                policy,
                "CREATE TABLE payment (id INT)",
                "CREATE TABLE orders (id INT)",
                "CREATE VIEW v_payments AS SELECT id FROM payment",
                "CREATE VIEW of_orders AS SELECT id FROM orders")) {
            tables.assertDenied(Reason.IMMUTABLE_TIER, "DELETE FROM v_payments", "payment");
            tables.assertAllowed("INSERT INTO v_payments VALUES (1)", "DELETE FROM of_orders");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMaterializedViewIsATableAndRefreshIsUpdate(LiveDatabase database) throws Exception { // V9
        String policy = "table payment is ledger\ntable turnover is operational\ntable sealed is ledger\n"
                + "component app {\n  grant select, insert on tier ledger\n  grant select, update on turnover\n}\n";
        try (GuardedTables tables = GuardedTables.open(
                database,
                folder,
                policy,
                "CREATE TABLE payment (id INT)",
                "CREATE MATERIALIZED VIEW turnover AS SELECT id FROM payment",
                "CREATE MATERIALIZED VIEW sealed AS SELECT id FROM payment",
                "CREATE MATERIALIZED VIEW unnamed AS SELECT id FROM payment")) {
            tables.assertAllowed("SELECT * FROM turnover");
            if (database == LiveDatabase.POSTGRESQL) {
                tables.assertAllowed("REFRESH MATERIALIZED VIEW turnover");
            } else {
                // H2 fills it by the session that made it, which is closed.
                tables.assertPassed("REFRESH MATERIALIZED VIEW turnover");
            }
            tables.assertDenied(Reason.IMMUTABLE_TIER, "REFRESH MATERIALIZED VIEW sealed");
            tables.assertDenied(Reason.UNCLASSIFIED_TABLE, "SELECT * FROM unnamed");
        }
    }

    @Test
    void aPartitionIsAsStrictAsItsStrictestAncestor() throws Exception { // V10 V11
        String policy = "table payment is ledger\ntable p_* is operational\ntable orders is operational\n"
                + "table orders_old is closed\ntable bill is ledger\ntable bill_* is operational\n" + GRANTS;
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                policy,
                "CREATE TABLE payment (id INT) PARTITION BY RANGE (id)",
                "CREATE TABLE p_low PARTITION OF payment FOR VALUES FROM (0) TO (100) PARTITION BY RANGE (id)",
                "CREATE TABLE p_lowest PARTITION OF p_low FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE bill (id INT)",
                "CREATE TABLE bill_child (extra INT) INHERITS (bill)",
                "CREATE TABLE bill_grandchild () INHERITS (bill_child)",
                "INSERT INTO payment VALUES (1)",
                "INSERT INTO bill_grandchild VALUES (1)")) {
            for (String part : new String[] {"p_low", "p_lowest", "bill_child", "bill_grandchild"}) {
                tables.assertDenied(Reason.CASCADE, "DELETE FROM " + part, "is a part of");
                tables.assertDenied(Reason.CASCADE, "UPDATE " + part + " SET id = 2", "is a part of");
                tables.assertDenied(Reason.CASCADE, "TRUNCATE " + part, "is a part of");
                tables.assertDenied(Reason.CASCADE, "DROP TABLE " + part, "is a part of");
            }
            tables.assertAllowed("INSERT INTO p_lowest VALUES (2)", "SELECT * FROM p_low");
            assertThat(tables.count("payment")).isEqualTo(2);
            assertThat(tables.count("bill")).isOne();
        }
    }

    @Test
    void aChangeOfAParentReachesAllItsPartsAndANewRowDoesNot() throws Exception { // V12 V13 V14
        String policy = "table orders is operational\ntable orders_old is closed\ntable node is operational\n"
                + "table leaf is closed\ntable fact is operational\ntable payment is ledger\n" + GRANTS;
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                policy,
                "CREATE TABLE orders (id INT) PARTITION BY RANGE (id)",
                "CREATE TABLE orders_mid PARTITION OF orders FOR VALUES FROM (0) TO (100) PARTITION BY RANGE (id)",
                "CREATE TABLE orders_old PARTITION OF orders_mid FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE orders_new PARTITION OF orders_mid FOR VALUES FROM (10) TO (100)",
                "CREATE TABLE node (id INT)",
                "CREATE TABLE mid () INHERITS (node)",
                "CREATE TABLE leaf () INHERITS (mid)",
                "CREATE TABLE fact (id INT) PARTITION BY RANGE (id)",
                "CREATE TABLE fact_one PARTITION OF fact FOR VALUES FROM (0) TO (100) PARTITION BY RANGE (id)",
                "CREATE TABLE fact_two PARTITION OF fact_one FOR VALUES FROM (0) TO (10)",
                "INSERT INTO orders VALUES (1)",
                "INSERT INTO leaf VALUES (1)")) {
            for (String parent : new String[] {"orders", "node"}) {
                tables.assertDenied(Reason.CASCADE, "DELETE FROM " + parent, "is frozen");
                tables.assertDenied(Reason.CASCADE, "UPDATE " + parent + " SET id = 2", "is frozen");
                tables.assertDenied(Reason.CASCADE, "TRUNCATE " + parent, "is frozen");
                tables.assertAllowed("INSERT INTO " + parent + " VALUES (11)");
            }
            tables.assertDenied(Reason.FROZEN_TIER, "INSERT INTO orders_old VALUES (2)");
            tables.assertAllowed("INSERT INTO fact VALUES (1)", "UPDATE fact SET id = 2", "DELETE FROM fact");
            tables.assertDenied(Reason.UNCLASSIFIED_TABLE, "DELETE FROM fact_two");
            assertThat(tables.count("orders_old")).isOne();
        }
    }

    @Test
    void aForeignTableIsMatchedByItsOwnNameOnly() throws Exception { // V15
        String policy = "table payment is ledger\ntable far is operational\ntable public.placed is operational\n"
                + "table orders is operational\ntable far_* is operational\n"
                + "component app {\n  grant select, update, delete, insert on tier operational\n"
                + "  grant select on everything\n}\n";
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                policy,
                "CREATE FOREIGN DATA WRAPPER elsewhere",
                "CREATE SERVER away FOREIGN DATA WRAPPER elsewhere",
                "CREATE FOREIGN TABLE far (id INT) SERVER away",
                "CREATE FOREIGN TABLE placed (id INT) SERVER away",
                "CREATE FOREIGN TABLE far_off (id INT) SERVER away",
                "CREATE TABLE far_local (id INT)",
                "CREATE TABLE orders (id INT) PARTITION BY RANGE (id)",
                "CREATE FOREIGN TABLE orders_off PARTITION OF orders FOR VALUES FROM (0) TO (10) SERVER away",
                "CREATE VIEW window_on_far AS SELECT id FROM far_off")) {
            tables.assertPassed("DELETE FROM far", "SELECT * FROM placed", "UPDATE public.far SET id = 1");
            tables.assertAllowed("DELETE FROM far_local");
            for (String name : new String[] {"far_off", "public.far_off", "orders_off"}) {
                tables.assertDenied(Reason.UNCLASSIFIED_TABLE, "SELECT * FROM " + name, "by name");
                tables.assertDenied(Reason.UNCLASSIFIED_TABLE, "DELETE FROM " + name);
            }
            tables.assertDenied(Reason.CASCADE, "DELETE FROM orders", "orders_off");
            tables.assertDenied(Reason.UNCLASSIFIED_TABLE, "DELETE FROM window_on_far", "far_off");
        }
    }

    @Test
    void aLinkedTableIsMatchedByItsOwnNameOnly() throws Exception { // V15
        String policy = "table far is operational\ntable far_* is operational\n"
                + "component app {\n  grant select, delete on far\n  grant select, delete on far_*\n}\n";
        try (GuardedTables tables = GuardedTables.open(
                LiveDatabase.H2,
                folder,
                policy,
                "CREATE LINKED TABLE far ('', 'jdbc:h2:mem:', '', '', 'INFORMATION_SCHEMA.SETTINGS')",
                "CREATE LINKED TABLE far_off ('', 'jdbc:h2:mem:', '', '', 'INFORMATION_SCHEMA.SETTINGS')",
                "CREATE TABLE far_local (id INT)")) {
            tables.assertAllowed("SELECT * FROM far", "DELETE FROM far_local");
            tables.assertDenied(Reason.UNCLASSIFIED_TABLE, "SELECT * FROM far_off", "by name");
            tables.assertDenied(Reason.UNCLASSIFIED_TABLE, "DELETE FROM public.far_off");
        }
    }

    @Test
    void aForeignTableIsGrantedByItsOwnNameOrItsTier() throws Exception { // V15
        String policy = "table far is operational\n"
                + "component app {\n  grant select, delete on f*\n  grant select on tier operational\n}\n";
        try (GuardedTables tables = GuardedTables.open(
                        LiveDatabase.POSTGRESQL,
                        folder,
                        policy,
                        "CREATE FOREIGN DATA WRAPPER elsewhere",
                        "CREATE SERVER away FOREIGN DATA WRAPPER elsewhere",
                        "CREATE FOREIGN TABLE far (id INT) SERVER away");
                Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            tables.assertPassed("SELECT * FROM far");
            assertDenied(statement, Reason.NOT_GRANTED, "DELETE FROM far");
        }
    }
}
