package io.tierguard.jdbc;

import io.tierguard.policy.model.TableName;
import io.tierguard.schema.OwnStatement;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.MySqlServer;
import io.tierguard.sql.SessionFacts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What a session of MySQL or MariaDB says of itself. */
final class MySqlSession {
    /** No function is called that a routine of a user's own could stand before; a session variable shadows nothing. */
    static final String QUERY = """
            SELECT DATABASE(), CURRENT_USER(), @@sql_mode, @@version, @@character_set_client, USER()""";

    private MySqlSession() {}

    /** The database that answers, which the URL of a driver that speaks to both does not tell. */
    static Dialect dialect(Connection real) throws SQLException {
        try (Statement statement = OwnStatement.of(real);
                ResultSet row = statement.executeQuery("SELECT @@version, @@version_comment")) {
            boolean isMariaDb = row.next()
                    && (TableName.fold(row.getString(1)).contains("mariadb")
                            || TableName.fold(row.getString(2)).contains("mariadb"));
            return isMariaDb ? Dialect.MARIADB : Dialect.MYSQL;
        }
    }

    /** The facts in a row of {@link #QUERY}. */
    static SessionFacts facts(ResultSet row, Dialect dialect) throws SQLException {
        String database = row.getString(1);
        MySqlServer server = MySqlServer.of(row.getString(4), row.getString(5));
        return new SessionFacts(
                userOf(row.getString(2), row.getString(6)),
                database == null ? "" : database,
                database == null ? List.of() : List.of(TableName.fold(database)),
                LexicalModes.ofMySql(dialect, row.getString(3), server));
    }

    /** The name of the account, without the hosts that it may come from; that which was given where the account has none. */
    private static String userOf(String account, String given) {
        String name = account.substring(0, Math.max(0, account.lastIndexOf('@')));
        return name.isEmpty() ? given.substring(0, Math.max(0, given.lastIndexOf('@'))) : name;
    }
}
