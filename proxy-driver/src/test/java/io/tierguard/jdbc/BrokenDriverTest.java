package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.BrokenDriver.Fault;
import io.tierguard.sql.Dialect;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a real driver's method throws or does not give: the application gets that and nothing else, no real object, and
 * the connection goes on judging for every thread.
 */
class BrokenDriverTest {
    private static final List<Class<?>> WITH_A_WAY_BACK = List.of(
            Connection.class,
            Statement.class,
            ResultSet.class,
            DatabaseMetaData.class,
            Array.class,
            Blob.class,
            Clob.class,
            Ref.class,
            Struct.class);

    /** What makes an object that the application itself fills. */
    private static final List<String> MAKERS = List.of("createBlob", "createClob", "createNClob");

    private final List<String> wrong = new ArrayList<>();
    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private int calls;

    /** How an object is reached. */
    private interface Opening {
        @Nullable
        Object open(Connection guarded) throws SQLException;
    }

    private static Map<Class<?>, Opening> subjects() {
        Map<Class<?>, Opening> subjects = new LinkedHashMap<>();
        subjects.put(Connection.class, guarded -> guarded);
        subjects.put(Statement.class, Connection::createStatement);
        subjects.put(PreparedStatement.class, guarded -> guarded.prepareStatement("UPDATE orders"));
        subjects.put(CallableStatement.class, guarded -> guarded.prepareCall("UPDATE orders"));
        subjects.put(ResultSet.class, guarded -> rows(guarded));
        subjects.put(DatabaseMetaData.class, Connection::getMetaData);
        subjects.put(Array.class, guarded -> rows(guarded).getArray(1));
        subjects.put(Blob.class, guarded -> rows(guarded).getBlob(1));
        subjects.put(Clob.class, guarded -> rows(guarded).getClob(1));
        subjects.put(NClob.class, guarded -> rows(guarded).getNClob(1));
        subjects.put(Ref.class, guarded -> rows(guarded).getRef(1));
        subjects.put(Struct.class, guarded -> guarded.createStruct("pair", new Object[0]));
        return subjects;
    }

    private static ResultSet rows(Connection guarded) throws SQLException {
        return guarded.createStatement().executeQuery("SELECT orders");
    }

    @AfterEach
    void endTheOtherThread() {
        other.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void noFaultGetsPastTheGuard(Fault fault) throws Exception {
        for (Map.Entry<Class<?>, Opening> subject : subjects().entrySet()) {
            for (Method method : subject.getKey().getMethods()) {
                if (!Modifier.isStatic(method.getModifiers())) {
                    call(StubSession.refusing("payment"), fault, subject.getValue(), method);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(calls).isGreaterThan(850);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void norDoesOneOfWhatIsHeldToALimit(Fault fault) throws Exception {
        for (Class<?> type : List.of(Connection.class, Statement.class, PreparedStatement.class, ResultSet.class)) {
            Opening opening = type == ResultSet.class
                    ? guarded -> guarded.getMetaData().getTables(null, null, null, null)
                    : subjects().getOrDefault(type, guarded -> guarded);
            for (Method method : type.getMethods()) {
                if (!Modifier.isStatic(method.getModifiers())) {
                    call(StubSession.refusing("payment").limiting(), fault, opening, method);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private void call(StubSession session, Fault fault, Opening opening, Method method) throws Exception {
        BrokenDriver driver = new BrokenDriver();
        Connection guarded = session.guard(driver.connection(), Dialect.H2);
        Object subject = opening.open(guarded);
        assertThat(subject).as(method.toString()).isNotNull();
        driver.become(fault);
        calls++;
        try {
            Object result = method.invoke(subject, arguments(method));
            if (result != null && isRaw(result) && !MAKERS.contains(method.getName())) {
                wrong.add(method + " gives the real " + result);
            }
        } catch (InvocationTargetException failed) {
            Throwable failure = failed.getTargetException();
            if (!driver.hasThrown(failure) && !isOfJdbc(failure)) {
                wrong.add(method + " throws " + failure + " at "
                        + Arrays.toString(failure.getStackTrace()).substring(0, 200));
            }
        }
        driver.become(Fault.NONE);
        // What a limit could not undo has closed the connection; this one goes on whatever is called, as a stub does.
        other.submit(() -> {
                    guarded.commit();
                    return guarded.createStatement().executeUpdate("UPDATE orders");
                })
                .get(10, TimeUnit.SECONDS);
        assertThatThrownBy(() -> guarded.createStatement().execute("DELETE FROM payment"))
                .as("after %s", method)
                .isInstanceOf(DenialException.class);
    }

    private static boolean isRaw(Object result) {
        return BrokenDriver.hasMade(result) && WITH_A_WAY_BACK.stream().anyMatch(type -> type.isInstance(result));
    }

    private static boolean isOfJdbc(Throwable failure) {
        return failure instanceof DenialException
                || failure instanceof SQLFeatureNotSupportedException
                || failure instanceof UnsupportedOperationException
                || failure.getClass() == SQLException.class;
    }

    private static @Nullable Object[] arguments(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(type -> argument(type, method))
                .toArray();
    }

    private static @Nullable Object argument(Class<?> type, Method method) {
        if (type == int.class) {
            return 1;
        }
        if (type == long.class) {
            return 1L;
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == short.class) {
            return (short) 1;
        }
        if (type == byte.class) {
            return (byte) 1;
        }
        if (type == float.class) {
            return 1f;
        }
        if (type == double.class) {
            return 1d;
        }
        if (type == String.class) {
            boolean isText = method.getName().startsWith("execute")
                    || method.getName().startsWith("prepare")
                    || method.getName().equals("addBatch");
            return isText ? "UPDATE orders" : "name";
        }
        if (type == Class.class) {
            return Blob.class;
        }
        if (type == Map.class) {
            return Map.of();
        }
        if (type == Properties.class) {
            return new Properties();
        }
        if (type == int[].class) {
            return new int[] {1};
        }
        if (type == String[].class) {
            return new String[] {"id"};
        }
        return type == Object[].class ? new Object[] {1} : null;
    }
}
