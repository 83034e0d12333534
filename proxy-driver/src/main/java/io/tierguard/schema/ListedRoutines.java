package io.tierguard.schema;

import io.tierguard.policy.model.TableName;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.RoutineCall;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routines of users of a database that nobody knows, as its driver tells them.
 *
 * <p>One stands before a built-in of its name, or is one that the database does not have. What they do is not told.
 */
final class ListedRoutines {
    private static final Logger LOG = LoggerFactory.getLogger(ListedRoutines.class);

    /** Schemas of servers' own routines, besides those whose names begin with SYS. */
    private static final Set<String> OF_SERVERS = Set.of("information_schema", "pg_catalog", "mysql", "sqlj", "nullid");

    /** The driver of DuckDB lists its built-ins in the schema in which users make theirs. */
    private static final String OF_DUCKDB =
            "SELECT schema_name, function_name FROM duckdb_functions() WHERE internal IS NOT TRUE";

    private final List<Routine> routines = new ArrayList<>();

    private final Dialect dialect;

    private ListedRoutines(Dialect dialect) {
        this.dialect = dialect;
    }

    /** What there is besides the server's own; where the driver does not tell it, nothing. */
    static UserCode read(Connection connection, Dialect dialect) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        ListedRoutines listed = new ListedRoutines(dialect);
        if (TableName.fold(text(metaData.getDatabaseProductName())).equals("duckdb")) {
            listed.readDuckDb(connection);
        } else {
            listed.readFunctions(metaData);
        }
        listed.readProcedures(metaData);
        return UserCode.of(listed.routines);
    }

    private void readDuckDb(Connection connection) throws SQLException {
        try (Statement statement = OwnStatement.of(connection);
                ResultSet rows = statement.executeQuery(OF_DUCKDB)) {
            while (rows.next()) {
                add(TableName.of(text(rows.getString(1)), text(rows.getString(2))), false);
            }
        }
    }

    private void readFunctions(DatabaseMetaData metaData) {
        try (ResultSet rows = metaData.getFunctions(null, null, "%")) {
            while (rows.next()) {
                addUnlessOfServer(rows, "FUNCTION");
            }
        } catch (SQLException | AbstractMethodError untold) {
            LOG.debug("the driver does not tell the functions", untold);
        }
    }

    private void readProcedures(DatabaseMetaData metaData) {
        try (ResultSet rows = metaData.getProcedures(null, null, "%")) {
            while (rows.next()) {
                addUnlessOfServer(rows, "PROCEDURE");
            }
        } catch (SQLException untold) {
            LOG.debug("the driver does not tell the procedures", untold);
        }
    }

    private void addUnlessOfServer(ResultSet rows, String kind) throws SQLException {
        String schema = text(rows.getString(kind + "_SCHEM"));
        TableName routine = TableName.of(
                schema.isEmpty() ? text(rows.getString(kind + "_CAT")) : schema, text(rows.getString(kind + "_NAME")));
        boolean isOfServer = routine.schema().isEmpty()
                || routine.schema().startsWith("sys")
                || OF_SERVERS.contains(routine.schema())
                || (dialect.isDocumented() && dialect.isSystemTable(routine));
        if (!isOfServer) {
            // Oracle calls a function by its name alone; the catalog of one in a package is the package.
            boolean isAlone = kind.equals("FUNCTION")
                    && text(rows.getString("FUNCTION_CAT")).isEmpty();
            add(routine, dialect == Dialect.ORACLE && isAlone);
        }
    }

    private void add(TableName name, boolean isFunctional) {
        routines.add(new Routine(
                routines.size() + 1L,
                new RoutineCall(name.schema(), name.name()),
                "a language that is not told",
                "",
                false,
                List.of(),
                true,
                isFunctional,
                false,
                false));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
