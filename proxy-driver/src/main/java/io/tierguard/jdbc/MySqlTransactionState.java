package io.tierguard.jdbc;

import io.tierguard.guard.Transactions;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server of MySQL or MariaDB has told with its last answer: whether a transaction is open, whoever began it and how.
 *
 * <p>An error tells nothing of it. MariaDB's driver takes a transaction to be open from then on, Connector/J that none has
 * been begun by what failed; either knows again with the next answer that is no error. Neither driver is compiled against.
 */
final class MySqlTransactionState implements Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(MySqlTransactionState.class);

    /** The bit of the server's status that says so. */
    private static final int IN_TRANSACTION = 1;

    /** The bit that says that every statement is a transaction of its own, but for one that is open. */
    private static final int AUTO_COMMIT = 2;

    /** How long a server that is asked may take. */
    private static final int SECONDS = 30;

    /** What leads the server to answer, so that the driver learns its status, and disturbs the session least. */
    private interface Question {
        void ask() throws SQLException;
    }

    private final MethodHandle status;
    private final Question question;

    private MySqlTransactionState(MethodHandle status, Question question) {
        this.status = status;
        this.question = question;
    }

    /** That of a connection; {@link Transactions#UNKNOWN} where its driver tells nothing. */
    static Transactions of(Connection real) {
        try {
            MethodHandle status = status(
                    real,
                    "org.mariadb.jdbc.Connection",
                    "getContext",
                    "org.mariadb.jdbc.client.Context",
                    "getServerStatus");
            return new MySqlTransactionState(status, () -> real.isValid(SECONDS));
        } catch (ReflectiveOperationException | SQLException | LinkageError | RuntimeException otherDriver) {
            LOG.debug("it is no connection of MariaDB's driver", otherDriver);
        }
        try {
            MethodHandle status = status(
                    real,
                    "com.mysql.cj.MysqlConnection",
                    "getSession",
                    "com.mysql.cj.Session",
                    "getServerSession",
                    "com.mysql.cj.protocol.ServerSession",
                    "getStatusFlags");
            return new MySqlTransactionState(status, () -> doNothing(real)); // with a ping it forgets the whole status
        } catch (ReflectiveOperationException | SQLException | LinkageError | RuntimeException otherDriver) {
            LOG.debug("it is no connection of Connector/J", otherDriver);
        }
        return Transactions.UNKNOWN;
    }

    /** Whether a connection without auto-commit has a transaction open; where its driver does not know, the server is asked, which begins none. */
    static boolean hasBegun(Connection real) {
        if (!(of(real) instanceof MySqlTransactionState told)) {
            return true;
        }
        if (told.state() == State.UNKNOWN) {
            told.learn();
        }
        return told.state() == State.OPEN;
    }

    /** Follows types and their getters, one after the other, to the status. */
    private static MethodHandle status(Connection real, String... path)
            throws ReflectiveOperationException, SQLException {
        ClassLoader loader = real.getClass().getClassLoader();
        Class<?> type = Class.forName(path[0], false, loader);
        Object connection = type.isInstance(real) ? real : real.unwrap(type);
        MethodHandle found = null;
        for (int at = 0; at < path.length; at += 2) {
            Class<?> owner = Class.forName(path[at], false, loader);
            Class<?> result = at + 2 < path.length ? Class.forName(path[at + 2], false, loader) : int.class;
            MethodHandle getter =
                    MethodHandles.publicLookup().findVirtual(owner, path[at + 1], MethodType.methodType(result));
            found = found == null
                    ? getter.bindTo(connection)
                    : MethodHandles.foldArguments(MethodHandles.dropArguments(getter, 1), found);
        }
        if (found == null) {
            throw new NoSuchMethodException(path[0]);
        }
        return found;
    }

    private static void doNothing(Connection real) throws SQLException {
        try (Statement statement = real.createStatement()) {
            statement.execute("DO 0");
        }
    }

    @Override
    public State state() {
        try {
            int flags = (int) status.invoke();
            if ((flags & IN_TRANSACTION) != 0) {
                return State.OPEN;
            }
            // Connector/J forgets the whole status with a ping, with an error and while it streams a result.
            return (flags & AUTO_COMMIT) != 0 ? State.NONE : State.UNKNOWN;
        } catch (Throwable closed) {
            LOG.debug("the driver did not tell whether a transaction is open", closed);
            return State.UNKNOWN;
        }
    }

    /** Without auto-commit, as a text that failed may have left the session, whatever runs next begins one. */
    @Override
    public State asked() {
        State told = state();
        if (told == State.NONE) {
            return told; // with an answer that was no error
        }
        if (!learn()) {
            return told;
        }
        State answered = state();
        return answered == State.UNKNOWN ? State.OPEN : answered;
    }

    /** Lets the driver learn the server's status; tells whether it could. */
    private boolean learn() {
        try {
            question.ask();
            return true;
        } catch (SQLException | RuntimeException busy) {
            LOG.debug("the server could not be asked whether a transaction is open", busy);
            return false;
        }
    }
}
