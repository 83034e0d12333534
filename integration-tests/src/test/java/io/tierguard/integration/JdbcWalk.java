package io.tierguard.integration;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls every method of every subject with drawn arguments and writes down what came of it. */
final class JdbcWalk {
    private static final int DRAWS = 2;
    private static final int DRAWS_OF_ENDED = 1;

    /** Makes a connection of the driver that is walked. */
    interface Connecting {
        Connection connect() throws SQLException;
    }

    private final Connecting connecting;
    private final JdbcBed bed;
    private final Map<String, String> outcomes = new LinkedHashMap<>();
    private @Nullable Connection shared;

    private JdbcWalk(Connecting connecting, JdbcBed bed) {
        this.connecting = connecting;
        this.bed = bed;
    }

    /** All calls by what was called, in order, with what each gave. */
    static Map<String, String> outcomes(Connecting connecting, JdbcBed bed, List<JdbcSubject> subjects)
            throws SQLException {
        JdbcWalk walk = new JdbcWalk(connecting, bed);
        bed.reset();
        for (JdbcSubject subject : subjects) {
            walk.walk(subject);
        }
        walk.dropShared();
        return walk.outcomes;
    }

    /** A method with the number of a draw of arguments. */
    private record Call(Method method, int draw) {}

    private void walk(JdbcSubject subject) throws SQLException {
        List<Method> methods = Arrays.stream(subject.type().getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .sorted(Comparator.comparing(Method::toGenericString))
                .toList();
        List<Call> calls = new ArrayList<>();
        for (Method method : methods) {
            int draws = subject.ending() == JdbcSubject.Ending.NOTHING ? DRAWS : DRAWS_OF_ENDED;
            for (int draw = 0; draw < (method.getParameterCount() == 0 ? 1 : draws); draw++) {
                calls.add(new Call(method, draw));
            }
        }
        if (subject.isOver()) {
            walkEnded(subject, calls);
            return;
        }
        for (Call call : calls) {
            Connection connection = connection(subject);
            Object target;
            try {
                target = subject.open(connection);
            } catch (SQLException interrupted) {
                // On SQLite a call that cancels cancels whatever comes next.
                dropShared();
                connection = connection(subject);
                target = subject.open(connection);
            }
            call(subject, target, call, connection);
        }
    }

    /** Makes an object for each call before the one connection of all is closed. */
    private void walkEnded(JdbcSubject subject, List<Call> calls) throws SQLException {
        Connection connection = connecting.connect();
        List<Object> targets = new ArrayList<>();
        for (int call = 0; call < calls.size(); call++) {
            targets.add(subject.make(connection));
        }
        connection.close();
        for (int call = 0; call < calls.size(); call++) {
            call(subject, targets.get(call), calls.get(call), connection);
        }
    }

    private void call(JdbcSubject subject, @Nullable Object target, Call call, Connection connection)
            throws SQLException {
        if (target == null) {
            outcomes.put(subject.name(), "null");
            return;
        }
        Method method = call.method();
        @Nullable Object[] arguments = JdbcArguments.draw(method, call.draw(), connection);
        boolean isGetter = method.getReturnType() != void.class
                && (method.getName().startsWith("get") || method.getName().startsWith("is"));
        String key = subject.name()
                + (subject.ending() == JdbcSubject.Ending.NOTHING ? "" : " after the end of " + subject.ending()) + " ."
                + method.getName() + shown(method) + " #" + call.draw();
        String outcome = call(target, method, arguments);
        if (!isGetter) {
            outcome += " then " + JdbcOutcome.stateOf(target, subject.type());
        }
        outcomes.put(key, outcome + " left " + end(connection, isGetter));
    }

    /** One connection serves many calls, as long as none of them can have changed it. */
    private Connection connection(JdbcSubject subject) throws SQLException {
        Connection connection = shared;
        if (subject.type() == Connection.class || connection == null || connection.isClosed()) {
            dropShared();
            connection = connecting.connect();
            shared = connection;
        }
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        return connection;
    }

    private void dropShared() throws SQLException {
        if (shared != null) {
            shared.close();
            shared = null;
        }
    }

    /** What the call has left in the table. */
    private String end(Connection connection, boolean isGetter) throws SQLException {
        if (isGetter) {
            return "all";
        }
        String broken = "";
        if (!connection.isClosed() && !connection.getAutoCommit()) {
            try {
                connection.rollback();
            } catch (SQLException failure) {
                broken = " and no connection: " + JdbcOutcome.ofFailure(failure);
                connection.abort(Runnable::run);
            }
        }
        return bed.reset() + broken;
    }

    static String call(Object target, Method method, @Nullable Object... arguments) {
        try {
            return JdbcOutcome.ofValue(method.invoke(target, arguments));
        } catch (InvocationTargetException failure) {
            return JdbcOutcome.ofFailure(failure.getTargetException());
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String shown(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(",", "(", ")"));
    }
}
