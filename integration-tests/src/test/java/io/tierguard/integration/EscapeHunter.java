package io.tierguard.integration;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls every public method of every object that can be reached from a connection, vendors' own methods included, and
 * reports what belongs to the real driver and could change a row, and every call upon which the rows of {@code item} have
 * changed.
 */
final class EscapeHunter {
    private static final int DRAWS = 2;
    private static final int COLUMNS = 9;

    /** Calls that end the connection under the hunt, or wait for what never comes. */
    private static final Set<String> ENDINGS =
            Set.of("abort", "wait", "notify", "notifyAll", "beginRequest", "endRequest", "getNotifications");

    /** The platform's own classes, and the guard's. */
    private static final List<String> OF_NO_DRIVER =
            List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "io.tierguard.");

    /** What has a way back to the real connection, runs SQL, or writes without it. */
    private static final List<Class<?>> DANGEROUS = List.of(
            Connection.class,
            Statement.class,
            ResultSet.class,
            DatabaseMetaData.class,
            Array.class,
            Blob.class,
            Clob.class,
            Ref.class,
            Struct.class);

    /** A method that was called in the state of its object that the path tells. */
    private record Call(Class<?> type, String method) {}

    /** How an object is reached: the calls from a subject. */
    private record Step(Method method, int draw) {}

    private final int depth;
    private final TestDatabase database;
    private final JdbcWalk.Connecting connecting;
    private final JdbcBed bed;
    private final Set<String> findings = new LinkedHashSet<>();
    private final Set<String> reached = new LinkedHashSet<>();
    private final Set<Call> called = new LinkedHashSet<>();
    private int calls;
    private @Nullable Connection shared;

    /**
     * A hunter.
     *
     * @param depth how many calls it goes from a subject
     */
    EscapeHunter(TestDatabase database, JdbcWalk.Connecting connecting, JdbcBed bed, int depth) {
        this.depth = depth;
        this.database = database;
        this.connecting = connecting;
        this.bed = bed;
    }

    Set<String> findings() {
        return findings;
    }

    Set<String> reached() {
        return reached;
    }

    int calls() {
        return calls;
    }

    /** Starts from each object of JDBC, in each state that the conformance tests know. */
    void hunt() throws SQLException {
        List<JdbcSubject> subjects = new ArrayList<>(JdbcSubject.all(database));
        subjects.addAll(JdbcConnectionSubjects.views(database));
        hunt(subjects);
    }

    /** Asks each object for the real driver's own types by every method that takes a type. */
    void askForTypes(List<Class<?>> vendors) throws SQLException {
        for (JdbcSubject subject : JdbcSubject.all(database)) {
            if (subject.ending() != JdbcSubject.Ending.NOTHING) {
                continue;
            }
            for (Method method : subject.type().getMethods()) {
                List<Class<?>> types = List.of(method.getParameterTypes());
                if (!types.contains(Class.class)) {
                    continue;
                }
                for (Class<?> vendor : vendors) {
                    for (int column = 1; column <= (types.contains(int.class) ? COLUMNS : 1); column++) {
                        ask(subject, method, vendor, column);
                    }
                }
            }
        }
        drop();
    }

    private void ask(JdbcSubject subject, Method method, Class<?> vendor, int column) throws SQLException {
        @Nullable Object target = open(subject, connection());
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(type -> type == Class.class ? vendor : type == int.class ? (Object) column : "numbers")
                .toArray();
        calls++;
        try {
            Object result = target == null ? null : method.invoke(target, arguments);
            if (result != null) {
                look(result, subject.name() + "." + method.getName() + " for " + vendor.getSimpleName());
            }
        } catch (InvocationTargetException refused) {
            reached.add(refused.getTargetException().getClass().getName());
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void hunt(List<JdbcSubject> subjects) throws SQLException {
        for (JdbcSubject subject : subjects) {
            if (subject.ending() == JdbcSubject.Ending.NOTHING) {
                Deque<List<Step>> paths = new ArrayDeque<>();
                paths.add(List.of());
                while (!paths.isEmpty()) {
                    follow(subject, paths.remove(), paths);
                }
            }
        }
        drop();
    }

    /** Opens the subject, goes the path, and calls everything of what is found at its end. */
    private void follow(JdbcSubject subject, List<Step> path, Deque<List<Step>> paths) throws SQLException {
        Object end = reach(subject, path);
        if (end == null) {
            return;
        }
        reached.add(end.getClass().getName());
        String state = subject.name()
                + path.stream().map(step -> "." + step.method().getName()).toList();
        for (Method method : methodsOf(end)) {
            for (int draw = 0; draw < (method.getParameterCount() == 0 ? 1 : DRAWS); draw++) {
                // A subject's own calls depend on its state; what is further away is the same from everywhere.
                String from = path.isEmpty() ? subject.name() : "";
                boolean isNew = called.add(new Call(end.getClass(), from + method.toGenericString() + draw));
                if (isNew) {
                    step(subject, path, new Step(method, draw), state, paths);
                }
            }
        }
    }

    private void step(JdbcSubject subject, List<Step> path, Step step, String state, Deque<List<Step>> paths)
            throws SQLException {
        try {
            Connection connection = connection();
            Object target = walk(open(subject, connection), path, connection);
            if (target == null) {
                return;
            }
            calls++;
            Object result = call(target, step, connection);
            if (result != null) {
                look(result, state + "." + step.method().getName());
            }
            if (result != null
                    && isOurs(result)
                    && path.size() < depth
                    && reached.add(result.getClass().getName())) {
                List<Step> longer = new ArrayList<>(path);
                longer.add(step);
                paths.add(longer);
            }
            if (!connection.isClosed() && !connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException broken) {
            drop();
        }
        String left = bed.reset();
        if (!left.equals("all")) {
            findings.add("rows changed by " + state + "." + step.method().toGenericString() + ": " + left);
        }
    }

    private @Nullable Object reach(JdbcSubject subject, List<Step> path) throws SQLException {
        Connection connection = connection();
        return walk(open(subject, connection), path, connection);
    }

    /** One connection serves many calls, until one of them has ended it. */
    private Connection connection() throws SQLException {
        Connection connection = shared;
        if (connection == null || connection.isClosed() || !isCommitting(connection)) {
            drop();
            connection = connecting.connect();
            shared = connection;
            connection.setAutoCommit(true);
        }
        return connection;
    }

    /** Whether it could be put in auto-commit, which SQLite does not do once a call has interrupted it. */
    private static boolean isCommitting(Connection connection) {
        try {
            connection.setAutoCommit(true);
            return true;
        } catch (SQLException broken) {
            return false;
        }
    }

    private void drop() {
        Connection connection = shared;
        shared = null;
        if (connection != null) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException closed) {
                return; // nothing is left to end
            }
        }
    }

    private static @Nullable Object open(JdbcSubject subject, Connection connection) {
        try {
            return subject.open(connection);
        } catch (SQLException denied) {
            return null; // what prepares this state is itself refused
        }
    }

    private static @Nullable Object walk(@Nullable Object from, List<Step> path, Connection connection) {
        Object at = from;
        for (Step step : path) {
            if (at == null) {
                return null;
            }
            at = call(at, step, connection);
        }
        return at;
    }

    private static @Nullable Object call(Object target, Step step, Connection connection) {
        try {
            step.method().setAccessible(true);
            return step.method().invoke(target, JdbcArguments.draw(step.method(), step.draw(), connection));
        } catch (InvocationTargetException | IllegalArgumentException refused) {
            return null;
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Reports an object of the real driver that is more than a value. */
    void look(Object result, String path) {
        if (result instanceof Object[] elements) {
            for (Object element : elements) {
                if (element != null) {
                    look(element, path + "[]");
                }
            }
            return;
        }
        boolean isMade = path.matches(".*\\.create(Blob|Clob|NClob)$");
        if (isOfDriver(result.getClass()) && !isMade && isDangerous(result)) {
            findings.add(path + " gives " + result.getClass().getName());
        }
    }

    /** Whether it is one of JDBC's objects, or has a method of its own that gives one of them. */
    private static boolean isDangerous(Object result) {
        if (DANGEROUS.stream().anyMatch(type -> type.isInstance(result))) {
            return true;
        }
        return Arrays.stream(result.getClass().getMethods())
                .anyMatch(method -> Connection.class.isAssignableFrom(method.getReturnType())
                        || Statement.class.isAssignableFrom(method.getReturnType()));
    }

    private static boolean isOfDriver(Class<?> type) {
        return OF_NO_DRIVER.stream().noneMatch(type.getName()::startsWith)
                && !java.lang.reflect.Proxy.isProxyClass(type);
    }

    private static boolean isOurs(@Nullable Object object) {
        return object != null
                && (object.getClass().getName().startsWith("io.tierguard.")
                        || isOfDriver(object.getClass())
                        || java.lang.reflect.Proxy.isProxyClass(object.getClass()));
    }

    private static List<Method> methodsOf(Object object) {
        return Arrays.stream(object.getClass().getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !ENDINGS.contains(method.getName()))
                .filter(method -> method.getDeclaringClass() != Object.class)
                .sorted(Comparator.comparing(Method::toGenericString))
                .toList();
    }
}
