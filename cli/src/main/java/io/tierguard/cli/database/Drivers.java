package io.tierguard.cli.database;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;

/** The JDBC drivers that the command may use: those it comes with, or those of jar files that are named. */
final class Drivers implements AutoCloseable {
    private final List<URLClassLoader> jars;

    private Drivers(List<URLClassLoader> jars) {
        this.jars = jars;
    }

    /**
     * Drivers.
     *
     * @param path jar files, separated as in a class path; empty for the drivers that the command comes with
     * @throws SQLException when there is no such file
     */
    static Drivers of(String path) throws SQLException {
        if (path.isEmpty()) {
            return new Drivers(List.of());
        }
        List<URL> urls = new ArrayList<>();
        for (String name : path.split(File.pathSeparator, -1)) {
            Path file = Path.of(name);
            if (!Files.isRegularFile(file)) {
                throw new SQLException("there is no driver at " + name);
            }
            try {
                urls.add(file.toUri().toURL());
            } catch (MalformedURLException impossible) {
                throw new SQLException(impossible);
            }
        }
        // Apart from the drivers of the command, which may be others of the same name.
        return new Drivers(List.of(new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())));
    }

    /** A connection by the first driver that takes the URL. */
    Connection connect(String url, Properties login) throws SQLException {
        if (jars.isEmpty()) {
            return DriverManager.getConnection(url, login);
        }
        for (Driver driver : ServiceLoader.load(Driver.class, jars.get(0))) {
            Connection connection = driver.acceptsURL(url) ? driver.connect(url, login) : null;
            if (connection != null) {
                return connection;
            }
        }
        throw new SQLException(DatabaseFault.NO_DRIVER);
    }

    @Override
    public void close() throws SQLException {
        for (URLClassLoader loader : jars) {
            try {
                loader.close();
            } catch (IOException unclosed) {
                throw new SQLException(unclosed);
            }
        }
    }
}
