package io.tierguard.integration;

import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import java.util.stream.Stream;

/** A kind of real database that the tests start themselves; one server for the whole run, a database for each asker. */
public interface TestDatabase {
    /** Creates an empty database and gives its real JDBC URL. */
    String createDatabase() throws SQLException;

    /** Creates an empty database of this URL, which is one that another had. */
    void createDatabase(String url) throws SQLException;

    /** Drops a database that {@link #createDatabase} made, whoever is still connected to it. */
    void dropDatabase(String url) throws SQLException;

    /** The URL with one more setting, written as this database's URLs write settings. */
    String withSetting(String url, String name, String value);

    /** The real driver. */
    Driver driver();

    /** The real driver's connection on which a plan can be asked for before anything is bound. */
    default Connection connectToPlan(String url) throws SQLException {
        return connect(url);
    }

    /** The schema that its tables are in where nothing else is said, in lower case. */
    default String schemaOf(String url) {
        return "public";
    }

    /** Those that applications are run on. */
    static Stream<TestDatabase> ofApplications() {
        return Stream.of(LiveDatabase.H2, LiveDatabase.POSTGRESQL, MySqlDatabase.MARIADB, MySqlDatabase.MYSQL);
    }

    /** How its text is read. */
    Dialect dialect();

    /** Who owns everything in it, and has no password. */
    String user();

    /** Connects with the real driver, past the guard. */
    default Connection connect(String url) throws SQLException {
        return connectAs(url, user(), "");
    }

    /** The same as another user. */
    default Connection connectAs(String url, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return driver().connect(url, properties);
    }
}
