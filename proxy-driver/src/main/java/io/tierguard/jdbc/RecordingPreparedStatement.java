package io.tierguard.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A prepared statement under a policy that shows bound values: whatever is bound to it is kept for its record. */
abstract class RecordingPreparedStatement extends GuardedPreparedStatement {
    /** Hears of all that is bound; the generated methods tell it. */
    final RecordedParameters recorded;

    RecordingPreparedStatement(GuardedConnection connection, PreparedStatement real, String text) {
        this(connection, real, text, new RecordedParameters());
    }

    private RecordingPreparedStatement(
            GuardedConnection connection, PreparedStatement real, String text, RecordedParameters recorded) {
        super(connection, real, text, recorded);
        this.recorded = recorded;
    }

    @Override
    public void setNull(int parameterIndex, int sqlType, String typeName) throws SQLException {
        super.setNull(parameterIndex, sqlType, typeName);
        recorded.boundNull(parameterIndex);
    }
}
