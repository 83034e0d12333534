package io.tierguard.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** The example of the guide; GuidePageTest compares the two. */
@UnderComponent(value = "checkout", policy = "classpath:shop.tierguard")
class PaymentsTest {

    @Test
    void books_a_payment(ComponentGuard guard) throws SQLException {
        Payments payments = new Payments(guard.around(database()));

        payments.book(1, 250);

        assertThat(payments.total()).isEqualTo(250);
    }

    @Test
    @ExpectDenial(Reason.IMMUTABLE_TIER)
    void cannot_correct_a_payment(ComponentGuard guard) throws SQLException {
        Payments payments = new Payments(guard.around(database()));
        payments.book(1, 250);

        assertThatThrownBy(() -> payments.correct(1, 0)).isInstanceOf(DenialException.class);
    }

    private static DataSource database() throws SQLException {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:payments;DB_CLOSE_DELAY=-1");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS payment");
            statement.execute("CREATE TABLE payment (id INT PRIMARY KEY, amount INT)");
        }
        return database;
    }

    /** The application. */
    private record Payments(DataSource database) {

        void book(int id, int amount) throws SQLException {
            change("INSERT INTO payment (id, amount) VALUES (?, ?)", id, amount);
        }

        void correct(int id, int amount) throws SQLException {
            change("UPDATE payment SET amount = ? WHERE id = ?", amount, id);
        }

        int total() throws SQLException {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT SUM(amount) FROM payment")) {
                rows.next();
                return rows.getInt(1);
            }
        }

        private void change(String sql, int first, int second) throws SQLException {
            try (Connection connection = database.getConnection();
                    PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setInt(1, first);
                statement.setInt(2, second);
                statement.executeUpdate();
            }
        }
    }
}
