package io.tierguard.jdbc;

import io.tierguard.audit.BoundValues;
import io.tierguard.guard.Execution;
import io.tierguard.sql.Placeholders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.SQLException;
import org.postgresql.copy.CopyDual;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;
import org.postgresql.util.ByteStreamWriter;

/** COPY through pgjdbc: each text is judged like any other before it is sent, and the rows that it adds are counted. */
final class JudgedCopyManager extends CopyManager {

    // INVARIANT: every method of the superclass is overridden, so that none of its own code reaches the connection.
    private final Gate gate;
    private final CopyManager real;

    JudgedCopyManager(Gate gate, BaseConnection connection) throws SQLException {
        super(connection);
        this.gate = gate;
        this.real = new CopyManager(connection);
    }

    /** Whether the pgjdbc at hand has no way to copy that this class has not heard of. */
    static boolean coversEveryMethod() {
        for (Method method : CopyManager.class.getDeclaredMethods()) {
            boolean isOfCallers = Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
            if (isOfCallers && !method.isSynthetic() && !isOverridden(method)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOverridden(Method method) {
        try {
            Method own = JudgedCopyManager.class.getDeclaredMethod(method.getName(), method.getParameterTypes());
            return own.getReturnType() == method.getReturnType();
        } catch (NoSuchMethodException unknown) {
            return false;
        }
    }

    /** A copy whose rows the driver counts when it ends. */
    private interface Copying {
        long run() throws SQLException, IOException;
    }

    private long copy(String sql, Copying copying) throws SQLException, IOException {
        Execution execution = gate.admit(sql, Placeholders.NONE, BoundValues.UNKNOWN);
        long rows;
        try {
            rows = copying.run();
        } catch (Throwable failure) {
            gate.failed(execution, failure);
            throw failure;
        }
        gate.completed(execution, rows);
        return rows;
    }

    /** A copy that the application itself carries on; under a limit of rows the judge refuses every copy. */
    private interface Starting<T> {
        T start() throws SQLException;
    }

    private <T> T begin(String sql, Starting<T> starting) throws SQLException {
        Execution execution = gate.admit(sql, Placeholders.NONE, BoundValues.UNKNOWN);
        T copy;
        try {
            copy = starting.start();
        } catch (Throwable failure) {
            gate.failed(execution, failure);
            throw failure;
        }
        gate.completed(execution, -1);
        return copy;
    }

    @Override
    public CopyIn copyIn(String sql) throws SQLException {
        return begin(sql, () -> real.copyIn(sql));
    }

    @Override
    public CopyOut copyOut(String sql) throws SQLException {
        return begin(sql, () -> real.copyOut(sql));
    }

    @Override
    public CopyDual copyDual(String sql) throws SQLException {
        throw gate.escape("CopyManager.copyDual", "it speaks the replication protocol, which nobody judges");
    }

    @Override
    public long copyOut(String sql, Writer to) throws SQLException, IOException {
        return copy(sql, () -> real.copyOut(sql, to));
    }

    @Override
    public long copyOut(String sql, OutputStream to) throws SQLException, IOException {
        return copy(sql, () -> real.copyOut(sql, to));
    }

    @Override
    public long copyIn(String sql, Reader from) throws SQLException, IOException {
        return copy(sql, () -> real.copyIn(sql, from));
    }

    @Override
    public long copyIn(String sql, Reader from, int bufferSize) throws SQLException, IOException {
        return copy(sql, () -> real.copyIn(sql, from, bufferSize));
    }

    @Override
    public long copyIn(String sql, InputStream from) throws SQLException, IOException {
        return copy(sql, () -> real.copyIn(sql, from));
    }

    @Override
    public long copyIn(String sql, InputStream from, int bufferSize) throws SQLException, IOException {
        return copy(sql, () -> real.copyIn(sql, from, bufferSize));
    }

    @Override
    public long copyIn(String sql, ByteStreamWriter from) throws SQLException, IOException {
        return copy(sql, () -> real.copyIn(sql, from));
    }
}
