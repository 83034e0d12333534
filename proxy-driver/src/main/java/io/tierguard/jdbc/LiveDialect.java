package io.tierguard.jdbc;

import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;

/** Finds which database a connection leads to, where its URL does not tell. */
final class LiveDialect {
    private LiveDialect() {}

    /** The dialect of a connection whose URL is one of a dialect; the drivers of MySQL and MariaDB connect to both. */
    static Dialect of(Connection real, Dialect ofUrl) throws SQLException {
        return switch (ofUrl) {
            case H2, POSTGRESQL, SQLITE -> ofUrl;
            case MYSQL, MARIADB -> MySqlSession.dialect(real);
        };
    }
}
