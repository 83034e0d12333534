package io.tierguard.cli.check;

import io.tierguard.policy.model.SystemCatalogs;
import io.tierguard.policy.model.TableName;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a live database, without those of the server itself and temporary ones.
 *
 * @param tables the tables as the database lists them
 */
record LiveTables(List<LiveTable> tables) {
    private static final Set<String> TABLES =
            Set.of("TABLE", "BASE TABLE", "PARTITIONED TABLE", "FOREIGN TABLE", "TABLE LINK", "MATERIALIZED VIEW");

    LiveTables {
        tables = List.copyOf(tables);
    }

    /** Reads them over a connection of its own, which changes nothing. */
    static LiveTables of(String url, String user, String password) throws SQLException {
        Properties login = new Properties();
        if (!user.isEmpty()) {
            login.setProperty("user", user);
            login.setProperty("password", password);
        }
        try (Connection connection = DriverManager.getConnection(url, login)) {
            connection.setReadOnly(true);
            return of(connection);
        }
    }

    private static LiveTables of(Connection connection) throws SQLException {
        List<LiveTable> tables = new ArrayList<>();
        try (ResultSet rows = connection.getMetaData().getTables(null, null, "%", null)) {
            while (rows.next()) {
                String type = known(rows.getString("TABLE_TYPE"));
                String schema = known(rows.getString("TABLE_SCHEM"));
                String name = known(rows.getString("TABLE_NAME"));
                TableName folded = new TableName(known(rows.getString("TABLE_CAT")), schema, name);
                boolean isView = type.equals("VIEW");
                if ((isView || TABLES.contains(type)) && !SystemCatalogs.holds(folded)) {
                    tables.add(new LiveTable(folded, schema.isEmpty() ? name : schema + "." + name, isView));
                }
            }
        }
        return new LiveTables(tables);
    }

    private static String known(@Nullable String value) {
        return value == null ? "" : value;
    }
}
