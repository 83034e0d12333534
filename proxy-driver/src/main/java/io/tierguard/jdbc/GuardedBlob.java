package io.tierguard.jdbc;

import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;

/** A binary value that came out of the database, which may be read, and changed by who may have the real one. */
abstract class GuardedBlob extends GuardedValue implements Blob {
    final Blob blob;

    GuardedBlob(GuardedConnection connection, Blob real) {
        super(connection);
        this.blob = real;
    }

    @Override
    final Blob real() {
        return blob;
    }

    @Override
    public int setBytes(long position, byte[] bytes) throws SQLException {
        admitWrite("Blob.setBytes");
        return blob.setBytes(position, bytes);
    }

    @Override
    public int setBytes(long position, byte[] bytes, int offset, int length) throws SQLException {
        admitWrite("Blob.setBytes");
        return blob.setBytes(position, bytes, offset, length);
    }

    @Override
    public OutputStream setBinaryStream(long position) throws SQLException {
        admitWrite("Blob.setBinaryStream");
        return blob.setBinaryStream(position);
    }

    @Override
    public void truncate(long length) throws SQLException {
        admitWrite("Blob.truncate");
        blob.truncate(length);
    }
}
