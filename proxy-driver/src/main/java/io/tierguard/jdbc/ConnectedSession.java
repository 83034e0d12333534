package io.tierguard.jdbc;

import io.tierguard.sql.Dialect;
import io.tierguard.sql.SessionFacts;
import java.sql.Connection;
import java.sql.SQLException;

/** What a session of a live database says of itself, read as the driver reads it when it connects, for tools that run nothing. */
public final class ConnectedSession {
    private ConnectedSession() {}

    /**
     * The dialect of a connection; the drivers of MySQL and MariaDB connect to both.
     *
     * @param ofUrl what its URL tells
     * @throws SQLException when the database is one that is read in full, reached by a URL that does not say so
     */
    public static Dialect dialect(Connection real, Dialect ofUrl) throws SQLException {
        return LiveDialect.of(real, ofUrl);
    }

    /** Who the session is, and what its names and tokens mean. */
    public static SessionFacts facts(Connection real, Dialect dialect) throws SQLException {
        return SessionReader.read(real, dialect);
    }
}
