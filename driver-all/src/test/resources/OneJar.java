import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** What an application does that has nothing but the one jar and the real driver. */
public class OneJar {
    public static void main(String[] arguments) throws Exception {
        String url = "jdbc:tierguard:h2:mem:shop;tierguard.policy=" + arguments[0]
                + ";tierguard.component=checkout;tierguard.audit=" + arguments[1];
        try (Connection owner = DriverManager.getConnection("jdbc:h2:mem:shop", "sa", "");
                Statement make = owner.createStatement();
                Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            make.execute("CREATE TABLE orders (id INT PRIMARY KEY)");
            make.execute("CREATE TABLE payment (id INT PRIMARY KEY)");
            System.out.println("inserted " + statement.executeUpdate("INSERT INTO orders VALUES (1), (2)"));
            try {
                statement.executeUpdate("DELETE FROM payment WHERE id = 1");
                System.out.println("not denied");
            } catch (SQLException denied) {
                System.out.println(denied.getSQLState() + " " + denied.getMessage());
            }
        }
    }
}
