package io.tierguard.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public class H2QueryTest {
    private static final AtomicInteger READ = new AtomicInteger();

    /** The row that H2 asks for; it stands for reading a row. */
    public static int read(int row) {
        READ.incrementAndGet();
        return row;
    }

    @BeforeEach
    void nothingIsRead() {
        READ.set(0);
    }

    @Test
    void rowsAreThereOnceAQueryIsExecuted() throws SQLException {
        assertThat(readByExecuting("SELECT READ(X) FROM SYSTEM_RANGE(1, 5)")).isEqualTo(5);
    }

    @Test
    void soAreThoseOfSeveralQueries() throws SQLException {
        assertThat(readByExecuting(
                        "SELECT READ(X) FROM SYSTEM_RANGE(1, 2) UNION ALL SELECT READ(X) FROM SYSTEM_RANGE(1, 3)"))
                .isEqualTo(5);
    }

    private static int readByExecuting(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:;LAZY_QUERY_EXECUTION=TRUE");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ALIAS READ DETERMINISTIC FOR '" + H2QueryTest.class.getName() + ".read'");
            try (ResultSet lazy = statement.executeQuery(query)) {
                assertThat(READ)
                        .as("the test has its sense only where a query is lazy")
                        .hasValue(0);
                assertThat(lazy.next()).isTrue();
            }
            READ.set(0);
            try (ResultSet rows = statement.executeQuery(H2Query.fresh(query))) {
                int readByThen = READ.get();
                int count = 0;
                while (rows.next()) {
                    count++;
                }
                assertThat(count).isEqualTo(5);
                return readByThen;
            }
        }
    }
}
