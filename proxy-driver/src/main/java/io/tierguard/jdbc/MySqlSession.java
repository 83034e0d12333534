package io.tierguard.jdbc;

import io.tierguard.policy.model.TableName;
import io.tierguard.schema.OwnStatement;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.MySqlServer;
import io.tierguard.sql.SessionFacts;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a session of MySQL or MariaDB says of itself. */
final class MySqlSession {
    /**
     * No function is called that a routine of a user's own could stand before; a session variable shadows nothing. Names come as
     * the bytes of UTF-8, whatever the session makes of other characters, and the limit goes before that of the session.
     */
    static final String QUERY = """
            SELECT HEX(CONVERT(DATABASE() USING utf8mb4)), HEX(CONVERT(CURRENT_USER() USING utf8mb4)), @@sql_mode,
                @@version, @@character_set_client, HEX(CONVERT(USER() USING utf8mb4)) LIMIT 1""";

    private MySqlSession() {}

    /** The database that answers, which the URL of a driver that speaks to both does not tell. */
    static Dialect dialect(Connection real) throws SQLException {
        try (Statement statement = OwnStatement.of(real);
                ResultSet row = statement.executeQuery("SELECT @@version, @@version_comment LIMIT 1")) {
            boolean isMariaDb = row.next()
                    && (TableName.fold(row.getString(1)).contains("mariadb")
                            || TableName.fold(row.getString(2)).contains("mariadb"));
            return isMariaDb ? Dialect.MARIADB : Dialect.MYSQL;
        }
    }

    /** The facts in a row of {@link #QUERY}. */
    static SessionFacts facts(ResultSet row, Dialect dialect) throws SQLException {
        String hexadecimal = row.getString(1);
        @Nullable String database = hexadecimal == null ? null : decoded(hexadecimal);
        MySqlServer server = MySqlServer.of(row.getString(4), row.getString(5).strip());
        return new SessionFacts(
                userOf(decoded(row.getString(2)), decoded(row.getString(6))),
                database == null ? "" : database,
                database == null ? List.of() : List.of(TableName.fold(database)),
                LexicalModes.ofMySql(dialect, row.getString(3), server));
    }

    private static String decoded(String hexadecimal) {
        return new String(HexFormat.of().parseHex(hexadecimal.strip()), StandardCharsets.UTF_8);
    }

    /** The name of the account, without the hosts that it may come from; that which was given where the account has none. */
    private static String userOf(String account, String given) {
        String name = account.substring(0, Math.max(0, account.lastIndexOf('@')));
        return name.isEmpty() ? given.substring(0, Math.max(0, given.lastIndexOf('@'))) : name;
    }
}
