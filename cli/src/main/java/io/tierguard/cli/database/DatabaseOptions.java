package io.tierguard.cli.database;

import io.tierguard.schema.SchemaReader;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that name a live database whose schema is to be read. */
public final class DatabaseOptions {
    private static final String GUARDED_PREFIX = "jdbc:tierguard:";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--url",
            paramLabel = "JDBCURL",
            description = "Reads the schema of this database, so that what it adds is seen; the real URL.")
    private String url = "";

    @Option(names = "--user", paramLabel = "NAME", description = "The database user.")
    private String user = "";

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            arity = "0..1",
            interactive = true,
            description = "The user's password; without a value it is asked for.")
    private String password = "";

    /** The URL, or empty. */
    public String url() {
        return url;
    }

    /** The dialect of the database; empty where none is named. */
    public Optional<Dialect> dialect() {
        if (url.isEmpty()) {
            return Optional.empty();
        }
        if (url.startsWith(GUARDED_PREFIX)) {
            throw new ParameterException(spec.commandLine(), "--url takes the real URL, without `tierguard:`");
        }
        Optional<Dialect> dialect = Dialect.ofUrl(url);
        if (dialect.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--url takes a URL of H2 or PostgreSQL");
        }
        return dialect;
    }

    /** The schema of the database, read over a connection of its own that changes nothing; nothing where none is named. */
    public SchemaSnapshot schema() throws SQLException {
        Optional<Dialect> dialect = dialect();
        if (dialect.isEmpty()) {
            return SchemaSnapshot.UNKNOWN;
        }
        Properties login = new Properties();
        if (!user.isEmpty()) {
            login.setProperty("user", user);
            login.setProperty("password", password);
        }
        try (Connection connection = DriverManager.getConnection(url, login)) {
            keepUnchanged(connection, dialect.get());
            return SchemaReader.read(connection, dialect.get());
        }
    }

    /** Sees to it that nothing is changed over a connection; SQLite's driver wants to know before it connects. */
    public static void keepUnchanged(Connection connection, Dialect dialect) throws SQLException {
        if (dialect != Dialect.SQLITE) {
            connection.setReadOnly(true);
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
        }
    }
}
