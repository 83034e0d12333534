package io.tierguard.flyway;

import java.sql.Connection;
import java.sql.Types;
import java.util.Locale;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.database.base.BaseDatabaseType;
import org.flywaydb.core.internal.database.base.Database;
import org.flywaydb.core.internal.jdbc.JdbcConnectionFactory;
import org.flywaydb.core.internal.jdbc.StatementInterceptor;
import org.flywaydb.core.internal.parser.Parser;
import org.flywaydb.core.internal.parser.ParsingContext;

/**
 * Tells Flyway by which driver a URL of the guard is connected; what database is behind it, Flyway asks the connection, and
 * its plugin for that database does the rest.
 */
public final class TierguardDatabaseType extends BaseDatabaseType {
    private static final String PREFIX = "jdbc:tierguard:";

    @Override
    public String getName() {
        return "Tierguard";
    }

    @Override
    public int getNullType() {
        return Types.VARCHAR;
    }

    @Override
    public boolean handlesJDBCUrl(String url) {
        return url.toLowerCase(Locale.ROOT).startsWith(PREFIX);
    }

    @Override
    public String getDriverClass(String url, ClassLoader classLoader) {
        return "io.tierguard.jdbc.TierguardDriver";
    }

    /** The database itself is never this one. */
    @Override
    public boolean handlesDatabaseProductNameAndVersion(
            String productName, String productVersion, Connection connection) {
        return false;
    }

    @Override
    public Database<?> createDatabase(
            Configuration configuration, JdbcConnectionFactory connections, StatementInterceptor interceptor) {
        throw new IllegalStateException("the database behind the guard has a type of its own");
    }

    @Override
    public Parser createParser(Configuration configuration, ResourceProvider resources, ParsingContext context) {
        throw new IllegalStateException("the database behind the guard has a type of its own");
    }
}
