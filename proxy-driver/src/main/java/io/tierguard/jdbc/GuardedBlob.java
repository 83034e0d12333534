package io.tierguard.jdbc;

import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;

/** A binary value that came out of the database, which may be read. */
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
        throw writeRefused("Blob.setBytes");
    }

    @Override
    public int setBytes(long position, byte[] bytes, int offset, int length) throws SQLException {
        throw writeRefused("Blob.setBytes");
    }

    @Override
    public OutputStream setBinaryStream(long position) throws SQLException {
        throw writeRefused("Blob.setBinaryStream");
    }

    @Override
    public void truncate(long length) throws SQLException {
        throw writeRefused("Blob.truncate");
    }
}
