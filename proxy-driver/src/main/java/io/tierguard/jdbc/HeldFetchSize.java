package io.tierguard.jdbc;

import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fetch size of a statement that is held to a limit of rows on PostgreSQL: in a transaction, as the short one of ours, it makes of
 * the rows with generated keys a cursor, and the server tells how many there are only at its end. With auto-commit pgjdbc takes no notice
 * of it.
 */
final class HeldFetchSize {
    private static final Logger LOG = LoggerFactory.getLogger(HeldFetchSize.class);

    private final Statement real;
    private int rows;

    HeldFetchSize(Statement real) {
        this.real = real;
    }

    /** What the statement runs next is fetched as a whole. */
    void lift() throws SQLException {
        int now = real.getFetchSize();
        if (now > 0) {
            real.setFetchSize(0);
            rows = now;
        }
    }

    /** It has run. */
    void restore() {
        if (rows == 0) {
            return;
        }
        try {
            real.setFetchSize(rows);
        } catch (SQLException closed) {
            LOG.debug("the fetch size could not be set again", closed);
        }
        rows = 0;
    }
}
