package io.tierguard.jdbc;

import java.io.OutputStream;
import java.io.Writer;
import java.sql.Clob;
import java.sql.SQLException;

/** A text that came out of the database, which may be read. */
abstract class GuardedClob extends GuardedValue implements Clob {
    final Clob clob;

    GuardedClob(GuardedConnection connection, Clob real) {
        super(connection);
        this.clob = real;
    }

    @Override
    final Clob real() {
        return clob;
    }

    @Override
    public int setString(long position, String text) throws SQLException {
        throw writeRefused("Clob.setString");
    }

    @Override
    public int setString(long position, String text, int offset, int length) throws SQLException {
        throw writeRefused("Clob.setString");
    }

    @Override
    public OutputStream setAsciiStream(long position) throws SQLException {
        throw writeRefused("Clob.setAsciiStream");
    }

    @Override
    public Writer setCharacterStream(long position) throws SQLException {
        throw writeRefused("Clob.setCharacterStream");
    }

    @Override
    public void truncate(long length) throws SQLException {
        throw writeRefused("Clob.truncate");
    }
}
