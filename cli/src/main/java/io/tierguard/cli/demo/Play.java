package io.tierguard.cli.demo;

import io.tierguard.policy.model.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.h2.jdbc.JdbcConnection;

/** What happens in the demonstration. */
final class Play {
    private Play() {}

    /** Its acts in order. */
    static List<Act> acts() {
        return List.of(checkout(), reporting(), cleanup());
    }

    private static Act checkout() {
        return new Act(
                "checkout",
                "checkout_rw",
                "4.2.0",
                "takes orders and payments; one developer wants to correct a payment",
                List.of(
                        Attempt.passing("INSERT INTO payment (id, order_id, amount) VALUES (4, 12, 15.00)"),
                        Attempt.passing("UPDATE orders SET state = 'paid' WHERE id = 12"),
                        Attempt.passing("SELECT id, amount FROM payment WHERE order_id = 12"),
                        Attempt.denied(Reason.IMMUTABLE_TIER, "UPDATE payment SET amount = 0 WHERE id = 1"),
                        Attempt.denied(
                                Reason.IMMUTABLE_TIER, "MERGE INTO payment (id, order_id, amount) VALUES (1, 10, 0)"),
                        Attempt.denied(
                                Reason.IMMUTABLE_TIER,
                                "prepareStatement(\"DELETE FROM payment WHERE id = ?\")",
                                Play::prepareDelete),
                        Attempt.denied(Reason.MISSING_WHERE, "UPDATE orders SET state = 'cancelled'")));
    }

    private static Act reporting() {
        return new Act(
                "reporting",
                "reporting_ro",
                "1.8.3",
                "only reads; its login could write all the same",
                List.of(
                        Attempt.passing("SELECT customer_id, SUM(amount) FROM orders JOIN payment"
                                + " ON payment.order_id = orders.id GROUP BY customer_id"),
                        Attempt.deniedQuery("SELECT id FROM OLD TABLE (DELETE FROM payment WHERE amount < 20)"),
                        Attempt.denied(
                                Reason.IMMUTABLE_TIER,
                                "ResultSet.deleteRow() on SELECT id, order_id, amount FROM payment",
                                Play::deleteRow),
                        Attempt.denied(
                                Reason.ESCAPES_GUARD,
                                "connection.unwrap(JdbcConnection.class)",
                                connection ->
                                        connection.unwrap(JdbcConnection.class).getCatalog())));
    }

    private static Act cleanup() {
        return new Act(
                "cleanup",
                "cleanup",
                "2.0.0-rc1",
                "a nightly job, and a release in which somebody added tables to its list",
                List.of(
                        Attempt.passing("DELETE FROM session WHERE expired"),
                        Attempt.denied(Reason.IMMUTABLE_TIER, "DELETE FROM payment WHERE id <= 3"),
                        Attempt.denied(
                                Reason.IMMUTABLE_TIER,
                                "DELETE FROM session WHERE id = 's3'; DELETE /* old */ FROM public.\"PAYMENT\""),
                        Attempt.denied(
                                Reason.IMMUTABLE_TIER,
                                "a batch: DELETE FROM session WHERE id = 's3', then DELETE FROM payment WHERE id = 2",
                                Play::batch),
                        Attempt.denied(Reason.IMMUTABLE_TIER, "TRUNCATE TABLE payment"),
                        Attempt.denied(Reason.IMMUTABLE_TIER, "DROP TABLE payment"),
                        Attempt.denied(Reason.UNCLASSIFIED_TABLE, "DELETE FROM audit_trail")));
    }

    private static String prepareDelete(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM payment WHERE id = ?")) {
            statement.setInt(1, 1);
            return statement.executeUpdate() + " rows";
        }
    }

    private static String deleteRow(Connection connection) throws SQLException {
        try (Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE);
                ResultSet rows = statement.executeQuery("SELECT id, order_id, amount FROM payment")) {
            rows.next();
            rows.deleteRow();
            return "the row is gone";
        }
    }

    private static String batch(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.addBatch("DELETE FROM session WHERE id = 's3'");
            statement.addBatch("DELETE FROM payment WHERE id = 2");
            return statement.executeBatch().length + " statements";
        }
    }
}
