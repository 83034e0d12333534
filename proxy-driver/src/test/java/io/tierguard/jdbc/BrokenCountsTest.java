package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

/** A real driver that breaks where it is asked how many rows it has changed leaves nothing locked, kept or lost. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BrokenCountsTest extends GuardedShop {
    /** What is thrown or given back, once, by the method of that name. */
    private final Broken broken = new Broken();

    private static final class Broken {
        private String method = "";
        private @Nullable Throwable failure;

        private @Nullable Object instead() throws Throwable {
            method = "";
            if (failure != null) {
                throw failure;
            }
            return null;
        }
    }

    @BeforeEach
    void limitUpdates() throws Exception {
        Files.writeString(
                policy,
                POLICY.replace(
                        "table orders is operational\n", "table orders is operational {\n  limit update 3 rows\n}\n"));
        Driver fake = Mockito.mock(Driver.class);
        Mockito.when(fake.connect(Mockito.anyString(), Mockito.any(Properties.class)))
                .thenAnswer(call -> breaking(
                        Connection.class,
                        DriverManager.getConnection(call.getArgument(0), call.<Properties>getArgument(1))));
        RecordingDriver.delegate = fake;
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class, OutOfMemoryError.class})
    void aBrokenCountUndoesTheRunAndFreesTheConnection(Class<? extends Throwable> type) throws Exception {
        try (Connection connection = connect(";tierguard.driver=" + RecordingDriver.class.getName());
                Statement statement = connection.createStatement()) {
            broken.method = "getUpdateCount";
            broken.failure = type.getConstructor().newInstance();
            assertThatThrownBy(() -> statement.execute("UPDATE orders SET state = 'lost'"))
                    .isInstanceOf(type);
            assertThat(connection.getAutoCommit()).isTrue();
            ExecutorService other = Executors.newSingleThreadExecutor();
            try {
                assertThat(other.submit(() -> statement.executeUpdate("UPDATE orders SET state = 'kept'"))
                                .get())
                        .isOne();
            } finally {
                other.shutdown();
            }
        }
        assertThat(count("SELECT COUNT(*) FROM orders WHERE state = 'kept'")).isOne();
    }

    @Test
    void aBatchWithoutCountsIsOneWhoseRowsNobodyKnows() throws Exception {
        try (Connection connection = connect(";tierguard.driver=" + RecordingDriver.class.getName());
                Statement statement = connection.createStatement()) {
            statement.addBatch("UPDATE orders SET state = 'lost'");
            broken.method = "executeBatch";
            assertThatThrownBy(statement::executeBatch).isInstanceOf(DenialException.class);
            assertThat(statement.executeUpdate("UPDATE orders SET state = 'kept'"))
                    .isOne();
        }
        assertThat(count("SELECT COUNT(*) FROM orders WHERE state = 'kept'")).isOne();
    }

    private <T> T breaking(Class<T> type, T real) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Object result = call(real, method, arguments);
            if (method.getName().equals(broken.method)) {
                return broken.instead();
            }
            return result instanceof Statement statement && method.getReturnType() == Statement.class
                    ? breaking(Statement.class, statement)
                    : result;
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(Object real, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
