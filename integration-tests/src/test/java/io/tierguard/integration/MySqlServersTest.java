package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierguard.policy.model.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    /** With {@code lower_case_table_names=1} a table is found by its name as the server folds it. */
    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void lettersThatTheServerFoldsAlikeAreOneForTheGuard(MySqlDatabase database) throws SQLException {
        String url = database.createDatabase();
        try (Connection connection = database.connect(url);
                Statement statement = connection.createStatement()) {
            for (int block = 0; block < 0x10000; block += 0x400) {
                if (block >= 0xd800 && block < 0xe000) {
                    continue; // halves of other characters
                }
                String letters = IntStream.range(block, block + 0x400)
                        .mapToObj("LOWER(CONVERT(_ucs2 x'%04x' USING utf8mb3) COLLATE utf8mb3_general_ci)"::formatted)
                        .collect(Collectors.joining(", "));
                try (ResultSet row = statement.executeQuery("SELECT " + letters)) {
                    row.next();
                    for (int i = 0; i < 0x400; i++) {
                        String letter = Character.toString(block + i);
                        assertThat(TableName.fold("x" + row.getString(i + 1)))
                                .as("U+%04X", block + i)
                                .isEqualTo(TableName.fold("x" + letter));
                    }
                }
            }
        } finally {
            database.dropDatabase(url);
        }
    }
}
