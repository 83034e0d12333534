package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The servers of the MySQL family that the tests stand on are there, and are what they are said to be. */
class MySqlServersTest {

    @ParameterizedTest
    @EnumSource
    void eachDriverReachesItsServer(MySqlDatabase database) throws SQLException {
        String url = database.createDatabase();
        try (Connection connection = database.connect(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT VERSION(), DATABASE()")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1).contains("MariaDB")).isEqualTo(database.isMariaDb());
            assertThat(row.getString(2)).isEqualTo(MySqlDatabase.nameIn(url));
        } finally {
            database.dropDatabase(url);
        }
    }
}
