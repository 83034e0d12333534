package io.tierguard.jdbc;

import io.tierguard.policy.model.TableName;
import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;

/** Finds which database a connection leads to, where its URL does not tell. */
final class LiveDialect {
    private LiveDialect() {}

    /** The dialect of a connection whose URL is one of a dialect; the drivers of MySQL and MariaDB connect to both. */
    static Dialect of(Connection real, Dialect ofUrl) throws SQLException {
        return switch (ofUrl) {
            case H2, POSTGRESQL, SQLITE -> ofUrl;
            case ORACLE -> documented(real, ofUrl, "oracle");
            case SQLSERVER -> documented(real, ofUrl, "microsoft sql server");
            case ANSI -> ofUnknown(real);
            case MYSQL, MARIADB -> MySqlSession.dialect(real);
        };
    }

    /** What is read by one database's documentation is that database: others share its protocol and not all of its language. */
    private static Dialect documented(Connection real, Dialect ofUrl, String expected) throws SQLException {
        String product = real.getMetaData().getDatabaseProductName();
        if (product == null || !TableName.fold(product).equals(expected)) {
            throw new SettingsException("the database calls itself " + product + ", not " + expected
                    + ", by whose documentation it would be read");
        }
        return ofUrl;
    }

    /** A database that is known is never read as if it were not: its views, rules and triggers would go unseen. */
    private static Dialect ofUnknown(Connection real) throws SQLException {
        String product = real.getMetaData().getDatabaseProductName();
        boolean isKnown = product != null
                && Arrays.stream(Dialect.values())
                        .filter(each -> !each.isReadOnRequest())
                        .anyMatch(each -> each.code().equals(TableName.fold(product)));
        if (isKnown) {
            throw new SettingsException("the database is " + product
                    + ", which is read in full only through a URL of its own, without another driver in between");
        }
        return Dialect.ANSI;
    }
}
