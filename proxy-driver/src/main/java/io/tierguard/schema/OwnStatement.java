package io.tierguard.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A statement for a query of ours on a connection of the application, apart from what the application has set for its own
 * statements.
 */
public final class OwnStatement {
    private static final Logger LOG = LoggerFactory.getLogger(OwnStatement.class);

    /** The driver is not compiled against here. */
    private static final String OF_POSTGRESQL = "org.postgresql.jdbc.";

    private static final String OF_H2 = "org.h2.jdbc.";

    private OwnStatement() {}

    /**
     * A new statement, of whose result no setting of the connection cuts rows off, and that has no name on the server, which a
     * {@code DEALLOCATE} or {@code DISCARD} of the application would take away under it; on H2 it does without literals where none are
     * allowed.
     */
    public static Statement of(Connection real) throws SQLException {
        Statement statement = real.createStatement();
        if (statement.getMaxRows() != 0) {
            statement.setMaxRows(0);
        }
        if (isOfPostgresql(statement)) {
            try {
                statement.getClass().getMethod("setPrepareThreshold", int.class).invoke(statement, 0);
            } catch (ReflectiveOperationException otherVersion) {
                LOG.debug("the driver may give the guard's queries names on the server", otherVersion);
            }
        }
        return statement.getClass().getName().startsWith(OF_H2) ? LiteralFreeQuery.asking(statement, real) : statement;
    }

    /** Whether it is one of pgjdbc's own. */
    static boolean isOfPostgresql(Statement statement) {
        return statement.getClass().getName().startsWith(OF_POSTGRESQL);
    }
}
