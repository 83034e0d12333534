package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Types;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What live drivers are given and the audit log tells of it; rules E17 and E18. */
class BindValuesTest {
    private static final String POLICY = """
            tier open is mutable {
              bind values shown
            }

            tier secret is mutable

            table orders is open
            table note is open
            table customer is secret

            component checkout {
              grant select, insert, update on tier open
              grant select, insert, update on tier secret
            }
            """;

    private static final Pattern VALUES =
            Pattern.compile("\"db.query.parameter\":(.*?)(,\"more_parameters\":\\d+)?,\"decision\"");

    @TempDir
    private Path folder;

    private Connection connect(Shop shop) throws Exception {
        return shop.connectAs("checkout", Files.writeString(folder.resolve("bind.tierguard"), POLICY));
    }

    private static List<String> values(Shop shop) throws Exception {
        return shop.auditLines().stream()
                .filter(line -> line.contains("\"stage\":\"decision\""))
                .map(VALUES::matcher)
                .map(found -> found.find() ? found.group(1) : "")
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void theValuesOfATierThatShowsThemAreRecordedAndOfAnotherAreNot(LiveDatabase database) throws Exception {
        try (Shop shop = Shop.open(database, folder)) {
            try (Connection connection = connect(shop);
                    PreparedStatement shown = connection.prepareStatement(
                            "INSERT INTO orders (id, customer_id, state) VALUES (?, ?, ?)");
                    PreparedStatement masked = connection.prepareStatement("INSERT INTO customer VALUES (?, ?)");
                    PreparedStatement both = connection.prepareStatement(
                            "UPDATE orders SET state = ? WHERE customer_id IN (SELECT id FROM customer WHERE name = ?)")) {
                shown.setInt(1, 10);
                shown.setNull(2, Types.INTEGER);
                shown.setString(3, "a\"new\"\n");
                shown.executeUpdate();
                masked.setInt(1, 10);
                masked.setString(2, "Ada Lovelace");
                masked.executeUpdate();
                both.setString(1, "open");
                both.setString(2, "Ada Lovelace");
                both.executeUpdate();
            }
            assertThat(values(shop)).containsExactly("{\"1\":\"10\",\"2\":null,\"3\":\"a\\\"new\\\"\\n\"}", "", "");
            assertThat(String.join("\n", shop.auditLines())).doesNotContain("Lovelace");
            assertThat(shop.rowsOf("orders")).contains("10 | null | a\"new\"\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBatchADenialAndAStreamAreToldAsTheyAre(LiveDatabase database) throws Exception {
        try (Shop shop = Shop.open(database, folder)) {
            try (Connection owner = shop.connectPastTheGuard();
                    PreparedStatement create = owner.prepareStatement("CREATE TABLE note (id INT PRIMARY KEY, content "
                            + (database == LiveDatabase.H2 ? "BLOB" : "BYTEA") + ")")) {
                create.execute();
            }
            byte[] content = "read by the database alone".getBytes(StandardCharsets.UTF_8);
            try (Connection connection = connect(shop)) {
                try (PreparedStatement batch =
                        connection.prepareStatement("INSERT INTO orders (id, state) VALUES (?, ?)")) {
                    for (int i = 20; i < 23; i++) {
                        batch.setInt(1, i);
                        batch.setString(2, "s" + i);
                        batch.addBatch();
                    }
                    batch.executeBatch();
                }
                try (PreparedStatement stream = connection.prepareStatement("INSERT INTO note VALUES (?, ?)")) {
                    stream.setInt(1, 1);
                    stream.setBinaryStream(2, new ByteArrayInputStream(content), content.length);
                    stream.executeUpdate();
                }
                assertThatThrownBy(() -> connection.prepareStatement("DELETE FROM orders WHERE id = ?"))
                        .isInstanceOf(DenialException.class);
            }
            assertThat(values(shop))
                    .containsExactlyInAnyOrder(
                            "[{\"1\":\"20\",\"2\":\"s20\"},{\"1\":\"21\",\"2\":\"s21\"},{\"1\":\"22\",\"2\":\"s22\"}]",
                            "{\"1\":\"1\",\"2\":\"<InputStream, length 26>\"}",
                            "");
            try (Connection owner = shop.connectPastTheGuard();
                    PreparedStatement read = owner.prepareStatement("SELECT content FROM note");
                    ResultSet rows = read.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getBytes(1)).isEqualTo(content);
            }
        }
    }
}
