package io.tierguard.integration;

import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import java.lang.reflect.InvocationTargetException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import org.mockito.invocation.InvocationOnMock;

/** A real driver whose connections and statements Mockito watches; they do what the real ones do. */
public final class ObservedDriver implements Driver {
    static final List<Connection> CONNECTIONS = new CopyOnWriteArrayList<>();
    static final List<Statement> STATEMENTS = new CopyOnWriteArrayList<>();

    /** A driver as a service loader or a setting makes it. */
    public ObservedDriver() {}

    static void forget() {
        CONNECTIONS.clear();
        STATEMENTS.clear();
    }

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
        Connection real = realDriver(url).connect(url, info);
        Connection observed =
                mock(Connection.class, withSettings().defaultAnswer(invocation -> observe(invocation, real)));
        CONNECTIONS.add(observed);
        return observed;
    }

    private static Object observe(InvocationOnMock invocation, Connection real) throws Throwable {
        Object result;
        try {
            result = invocation.getMethod().invoke(real, invocation.getArguments());
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (result instanceof CallableStatement statement) {
            return watched(CallableStatement.class, statement);
        }
        if (result instanceof PreparedStatement statement) {
            return watched(PreparedStatement.class, statement);
        }
        return result instanceof Statement statement ? watched(Statement.class, statement) : result;
    }

    private static <T extends Statement> T watched(Class<T> type, Statement statement) {
        T observed = mock(type, delegatesTo(statement));
        STATEMENTS.add(observed);
        return observed;
    }

    private static Driver realDriver(String url) {
        return url.startsWith("jdbc:h2:") ? LiveDatabase.H2.driver() : LiveDatabase.POSTGRESQL.driver();
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        return realDriver(url).acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
        return realDriver(url).getPropertyInfo(url, info);
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return true;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }
}
