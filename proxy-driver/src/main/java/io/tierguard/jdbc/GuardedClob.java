package io.tierguard.jdbc;

import java.io.OutputStream;
import java.io.Writer;
import java.sql.Clob;
import java.sql.SQLException;

/** A text that came out of the database, which may be read, and changed by who may have the real one. */
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
        admitWrite("Clob.setString");
        return clob.setString(position, text);
    }

    @Override
    public int setString(long position, String text, int offset, int length) throws SQLException {
        admitWrite("Clob.setString");
        return clob.setString(position, text, offset, length);
    }

    @Override
    public OutputStream setAsciiStream(long position) throws SQLException {
        admitWrite("Clob.setAsciiStream");
        return clob.setAsciiStream(position);
    }

    @Override
    public Writer setCharacterStream(long position) throws SQLException {
        admitWrite("Clob.setCharacterStream");
        return clob.setCharacterStream(position);
    }

    @Override
    public void truncate(long length) throws SQLException {
        admitWrite("Clob.truncate");
        clob.truncate(length);
    }
}
