package io.tierguard.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A shop in H2 behind the driver, which its component may do little to the payments of. */
abstract class GuardedShop {
    static final String POLICY = """
            policy shop {
              schema path public
            }
            tier ledger is immutable
            tier operational is mutable
            table payment is ledger
            table orders is operational
            component checkout {
              connects as "checkout_rw"
              grant select, insert on tier ledger
              grant select, insert, update, delete on tier operational
            }
            """;

    @TempDir
    Path folder;

    final String database = "jdbc:h2:mem:" + UUID.randomUUID();
    final TierguardDriver driver = new TierguardDriver(new Guards(), List.of());
    Connection owner;
    Path policy;

    @BeforeEach
    void createShop() throws SQLException, IOException {
        policy = Files.writeString(folder.resolve("shop.tierguard"), POLICY);
        owner = DriverManager.getConnection(database, "owner", "");
        try (Statement statement = owner.createStatement()) {
            statement.execute("CREATE TABLE payment (id INT PRIMARY KEY, amount INT)");
            statement.execute("CREATE TABLE orders (id INT PRIMARY KEY, state VARCHAR)");
            statement.execute("INSERT INTO payment VALUES (1, 100)");
            statement.execute("INSERT INTO orders VALUES (1, 'new')");
            statement.execute("CREATE USER checkout_rw PASSWORD 'x'");
            statement.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA public TO checkout_rw");
        }
    }

    @AfterEach
    void dropShop() throws SQLException {
        owner.close();
    }

    Connection connect(String more) throws SQLException {
        return Objects.requireNonNull(driver.connect(url(more), user()));
    }

    String url(String more) {
        return database.replace("jdbc:h2", "jdbc:tierguard:h2") + ";tierguard.policy=" + policy
                + ";tierguard.component=checkout;tierguard.audit=" + folder.resolve("audit.jsonl") + more;
    }

    static Properties user() {
        Properties properties = new Properties();
        properties.setProperty("user", "checkout_rw");
        properties.setProperty("password", "x");
        return properties;
    }

    long count(String query) {
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }
}
