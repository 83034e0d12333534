package io.tierguard.jdbc;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.sql.Struct;
import org.jspecify.annotations.Nullable;

/** Makes guarded objects; its subclass and theirs are written at build time. */
abstract class JdbcObjects {

    abstract GuardedConnection connection(Gate gate, Connection real);

    abstract GuardedStatement statement(GuardedConnection connection, Statement real);

    abstract GuardedPreparedStatement preparedStatement(
            GuardedConnection connection, PreparedStatement real, String text);

    abstract RecordingPreparedStatement recordingPreparedStatement(
            GuardedConnection connection, PreparedStatement real, String text);

    abstract RecordingCallableStatement recordingCallableStatement(
            GuardedConnection connection, CallableStatement real, String text);

    abstract GuardedCallableStatement callableStatement(
            GuardedConnection connection, CallableStatement real, String text);

    abstract GuardedResultSet resultSet(
            GuardedConnection connection, ResultSet real, @Nullable GuardedStatement statement, @Nullable String text);

    abstract GuardedDatabaseMetaData databaseMetaData(GuardedConnection connection, DatabaseMetaData real);

    abstract GuardedResultSetMetaData resultSetMetaData(GuardedConnection connection, ResultSetMetaData real);

    abstract GuardedParameterMetaData parameterMetaData(GuardedConnection connection, ParameterMetaData real);

    abstract GuardedArray array(GuardedConnection connection, Array real);

    abstract GuardedBlob blob(GuardedConnection connection, Blob real);

    abstract GuardedClob clob(GuardedConnection connection, Clob real);

    abstract GuardedNClob nationalClob(GuardedConnection connection, NClob real);

    abstract GuardedRef ref(GuardedConnection connection, Ref real);

    abstract GuardedStruct struct(GuardedConnection connection, Struct real);

    /** What makes the objects of a connection: they have the interfaces of its driver that applications cast to. */
    static JdbcObjects of(Connection real) {
        return VendorViews.isOfPostgresql(real) ? Postgresql.OBJECTS : plain();
    }

    /** What makes objects that have the interfaces of JDBC and no others. */
    static JdbcObjects plain() {
        return Plain.OBJECTS;
    }

    /** Apart from its superclass, which must not wait for a subclass: two threads could wait for each other. */
    private static final class Plain {
        static final JdbcObjects OBJECTS = load("Forwarding");
    }

    /** Loaded only where pgjdbc is. */
    private static final class Postgresql {
        static final JdbcObjects OBJECTS = load("PostgresqlForwarding");
    }

    private static JdbcObjects load(String suffix) {
        try {
            return Class.forName(JdbcObjects.class.getName() + suffix)
                    .asSubclass(JdbcObjects.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(
                    "this build of the driver lacks its forwarding classes; build it with Maven, process-classes writes"
                            + " them",
                    failure);
        }
    }
}
