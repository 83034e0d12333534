package io.tierguard.integration;

import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object of a driver in a state of its life, made anew for each call.
 *
 * @param name what it is and how it stands
 * @param type the interface whose methods are called
 * @param opening makes it
 * @param ending what has ended before the call
 */
record JdbcSubject(String name, Class<?> type, Opening opening, Ending ending) {

    /** What has ended before the call. */
    enum Ending {
        NOTHING,
        ITSELF,
        ITS_PARENT,
        CONNECTION
    }

    /** How an object is reached from a connection. */
    interface Opening {
        Object open(Connection connection) throws SQLException;
    }

    /** The objects of all interfaces, open and ended. */
    static List<JdbcSubject> all(TestDatabase database) {
        List<JdbcSubject> all = new ArrayList<>();
        JdbcConnectionSubjects.addTo(all);
        JdbcStatementSubjects.addTo(all, database);
        JdbcResultSubjects.addTo(all, database);
        JdbcValueSubjects.addTo(all, database);
        return all;
    }

    /** Whether what has ended stays as it is, whatever is called, so that one connection serves all calls. */
    boolean isOver() {
        return ending == Ending.CONNECTION || (ending == Ending.ITSELF && type == Connection.class);
    }

    /** The object, with whatever has to end still open. */
    Object make(Connection connection) throws SQLException {
        return opening.open(connection);
    }

    static void add(List<JdbcSubject> all, String name, Class<?> type, Opening opening, Ending... endings) {
        for (Ending ending : endings) {
            all.add(new JdbcSubject(name, type, opening, ending));
        }
    }

    /** The object, with whatever has to end ended. */
    Object open(Connection connection) throws SQLException {
        Object subject = make(connection);
        switch (ending) {
            case NOTHING -> {}
            case ITSELF -> end(subject);
            case ITS_PARENT -> ((ResultSet) subject).getStatement().close();
            case CONNECTION -> connection.close();
        }
        return subject;
    }

    private static void end(@Nullable Object subject) throws SQLException {
        if (subject instanceof Array array) {
            array.free();
        } else if (subject instanceof Blob blob) {
            blob.free();
        } else if (subject instanceof Clob clob) {
            clob.free();
        } else if (subject instanceof SQLXML xml) {
            xml.free();
        } else if (subject instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (SQLException failure) {
                throw failure;
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
