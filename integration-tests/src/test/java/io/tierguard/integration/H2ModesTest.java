package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** H2's compatibility modes change how its own catalog answers; the guard reads it in each of them. */
class H2ModesTest {
    private static final String[] SCHEMA = {
        "CREATE DOMAIN amount AS INT CHECK (ABS(VALUE) < 1000)",
        "CREATE TABLE ledger (id INT PRIMARY KEY, total amount)",
        "CREATE TABLE orders (id INT PRIMARY KEY, state VARCHAR(10) DEFAULT LOWER('NEW') CHECK (LENGTH(state) > 0))",
        "CREATE TABLE line (id INT PRIMARY KEY, parent INT REFERENCES orders (id) ON DELETE CASCADE)",
        "CREATE VIEW late AS SELECT id FROM orders",
        "CREATE SYNONYM bill FOR ledger",
        "CREATE SEQUENCE numbers",
        "CREATE ALIAS touch FOR 'java.lang.Math.abs(int)'",
        "INSERT INTO ledger VALUES (1, 10)",
        "INSERT INTO orders VALUES (1, 'new')",
        "INSERT INTO line VALUES (1, 1)"
    };

    private static final String POLICY = """
            tier books is immutable

            tier operational is mutable

            table ledger is books
            table line is books
            table orders is operational
            table late is operational

            component app {
              grant select, insert on tier books
              grant select, insert, update, delete on tier operational
            }
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REGULAR",
                "STRICT",
                "LEGACY",
                "PostgreSQL",
                "MySQL",
                "MariaDB",
                "MSSQLServer",
                "Oracle",
                "DB2",
                "Derby",
                "HSQLDB"
            })
    void theCatalogIsReadInEveryMode(String mode, @TempDir Path folder) throws Exception {
        Path policy = Files.writeString(folder.resolve("shop.tierguard"), POLICY);
        String real = "h2:mem:modes" + mode + ";DB_CLOSE_DELAY=-1;MODE=" + mode;
        try (Connection bare = DriverManager.getConnection("jdbc:" + real, "sa", "");
                Statement statement = bare.createStatement()) {
            for (String sql : SCHEMA) {
                statement.execute(sql);
            }
        }
        String url = "jdbc:tierguard:" + real + ";tierguard.component=app;tierguard.policy=" + policy
                + ";tierguard.audit=" + folder.resolve("audit.jsonl");
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE orders SET state = 'x' WHERE id = 1"))
                    .isEqualTo(1);
            assertThat(statement.executeQuery("SELECT id FROM late").next()).isTrue();
            for (String sql : new String[] {
                "DELETE FROM ledger", "UPDATE bill SET total = 0", "DELETE FROM orders WHERE id = 1", "CALL touch(1)"
            }) {
                assertThatThrownBy(() -> statement.execute(sql)).as(sql).isInstanceOf(DenialException.class);
            }
        } finally {
            try (Connection bare = DriverManager.getConnection("jdbc:" + real, "sa", "");
                    Statement statement = bare.createStatement()) {
                statement.execute("SHUTDOWN");
            }
        }
    }
}
