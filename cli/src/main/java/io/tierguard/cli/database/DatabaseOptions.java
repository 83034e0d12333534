package io.tierguard.cli.database;

import io.tierguard.jdbc.ConnectedSession;
import io.tierguard.policy.model.Policy;
import io.tierguard.sql.Dialect;
import java.sql.Connection;
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
            description = {
                "A live database, which is read only, by its real URL:",
                "for example jdbc:postgresql://localhost/shop."
            })
    private String url = "";

    @Option(
            names = "--driver",
            paramLabel = "JARS",
            description = {
                "The jar files of its JDBC driver, as in a class path,",
                "where it is neither H2 nor PostgreSQL."
            })
    private String driverPath = "";

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

    /** The dialect that the URL tells; empty where none is named. */
    public Optional<Dialect> dialect() {
        if (url.isEmpty()) {
            return Optional.empty();
        }
        if (url.startsWith(GUARDED_PREFIX)) {
            throw new ParameterException(spec.commandLine(), "--url takes the real URL, without `tierguard:`");
        }
        if (Dialect.nameIn(url).isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--url takes a URL of JDBC, jdbc:…");
        }
        return Optional.of(Dialect.ofUrl(url).orElse(Dialect.ANSI));
    }

    /** Why the driver would not connect under a policy, because the database is one that it does not know, or not for certain; mostly empty. */
    public Optional<String> refusal(Policy policy) {
        String name = Dialect.nameIn(url).orElse("");
        Dialect dialect = dialect().orElse(Dialect.POSTGRESQL);
        boolean isAccepted = dialect.isDocumented()
                ? policy.readsAsDocumented(name)
                : dialect != Dialect.ANSI || policy.readsAsAnsi(name);
        String reading = dialect.isDocumented() ? "documented" : "ansi";
        return isAccepted
                ? Optional.empty()
                : Optional.of("the driver refuses jdbc:" + name + ": unless the policy says: read as " + reading + " \""
                        + name + "\"");
    }

    /**
     * Reads something of the database, over a connection of its own that changes nothing; empty where none is named.
     *
     * @throws SQLException when it cannot be reached or read
     */
    public <T> Optional<T> read(DatabaseReading<T> reading) throws SQLException {
        Optional<Dialect> ofUrl = dialect();
        if (ofUrl.isEmpty()) {
            return Optional.empty();
        }
        Properties login = new Properties();
        if (!user.isEmpty()) {
            login.setProperty("user", user);
            login.setProperty("password", password);
        }
        try (Drivers drivers = Drivers.of(driverPath);
                Connection connection = drivers.connect(url, login)) {
            Dialect dialect = ConnectedSession.dialect(connection, ofUrl.get());
            keepUnchanged(connection, dialect);
            return Optional.of(reading.of(connection, dialect));
        }
    }

    /** Sees to it that nothing is changed over a connection; SQLite's driver wants to know before it connects. */
    private static void keepUnchanged(Connection connection, Dialect dialect) throws SQLException {
        if (dialect != Dialect.SQLITE) {
            connection.setReadOnly(true);
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
        }
    }
}
