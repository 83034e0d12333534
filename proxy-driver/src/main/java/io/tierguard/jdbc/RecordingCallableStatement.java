package io.tierguard.jdbc;

import java.sql.CallableStatement;
import java.sql.SQLException;

/** A callable statement under a policy that shows bound values: whatever is bound to it is kept for its record. */
abstract class RecordingCallableStatement extends GuardedCallableStatement {
    /** Hears of all that is bound; the generated methods tell it. */
    final RecordedParameters recorded;

    RecordingCallableStatement(GuardedConnection connection, CallableStatement real, String text) {
        this(connection, real, text, new RecordedParameters());
    }

    private RecordingCallableStatement(
            GuardedConnection connection, CallableStatement real, String text, RecordedParameters recorded) {
        super(connection, real, text, recorded);
        this.recorded = recorded;
    }

    @Override
    public void setNull(int parameterIndex, int sqlType, String typeName) throws SQLException {
        super.setNull(parameterIndex, sqlType, typeName);
        recorded.boundNull(parameterIndex);
    }

    @Override
    public void setNull(String parameterName, int sqlType, String typeName) throws SQLException {
        super.setNull(parameterName, sqlType, typeName);
        recorded.boundNull(parameterName);
    }
}
