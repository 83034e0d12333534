package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.BatchUpdateException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GuardedStatementTest {
    private final Connection real = mock(Connection.class);
    private final Statement statement = mock(Statement.class);
    private final PreparedStatement prepared = mock(PreparedStatement.class);
    private final StubSession session = StubSession.refusing("delete");
    private final Connection guarded = session.guard(real);

    @Test
    void noWayToPrepareADeniedTextReachesTheRealDriver() throws SQLException, ReflectiveOperationException {
        for (Method method : Connection.class.getMethods()) {
            if (method.getName().startsWith("prepare")) {
                assertDenied(guarded, method);
            }
        }
        verify(real, atLeastOnce()).getAutoCommit(); // whether there is a transaction that is doomed by it
        verifyNoMoreInteractions(real);
    }

    @Test
    void noWayToRunADeniedTextReachesTheRealDriver() throws SQLException, ReflectiveOperationException {
        when(real.createStatement()).thenReturn(statement);
        Statement guardedStatement = guarded.createStatement();
        int ways = 0;
        for (Method method : Statement.class.getMethods()) {
            boolean takesText = method.getParameterCount() > 0 && method.getParameterTypes()[0] == String.class;
            if (takesText
                    && (method.getName().startsWith("execute")
                            || method.getName().equals("addBatch"))) {
                assertDenied(guardedStatement, method);
                ways++;
            }
        }
        assertThat(ways).isEqualTo(14);
        verifyNoInteractions(statement);
    }

    @Test
    void aPreparedTextIsAskedForAgainAtEachExecution() throws SQLException {
        when(real.prepareStatement(anyString())).thenReturn(prepared);
        PreparedStatement ours = guarded.prepareStatement("UPDATE a");
        when(prepared.executeUpdate()).thenReturn(3);
        ours.executeUpdate();
        ours.executeUpdate();
        assertThat(session.events())
                .containsExactly(
                        "prepare UPDATE a", "UPDATE a with marks", "completed 3", "UPDATE a with marks", "completed 3");
    }

    @Test
    void aPreparedBatchIsAskedForWithItsSize() throws SQLException {
        when(real.prepareStatement(anyString())).thenReturn(prepared);
        when(prepared.executeBatch()).thenReturn(new int[] {1, 2});
        PreparedStatement ours = guarded.prepareStatement("UPDATE a");
        ours.addBatch();
        ours.addBatch();
        ours.executeBatch();
        assertThat(session.events()).endsWith("UPDATE a with marks times 2", "completed 3");
    }

    @Test
    void aCallableTextIsAskedForAtItsExecution() throws SQLException {
        CallableStatement callable = mock(CallableStatement.class);
        when(real.prepareCall(anyString())).thenReturn(callable);
        guarded.prepareCall("CALL f()").execute();
        assertThat(session.events()).startsWith("prepare CALL f()", "CALL f() with marks");
    }

    @Test
    void theRealDriversExceptionPassesUnchangedAfterItIsTold() throws SQLException {
        when(real.createStatement()).thenReturn(statement);
        SQLException failure = new SQLException("no", "23505");
        when(statement.executeUpdate("INSERT a")).thenThrow(failure);
        when(statement.execute("INSERT b")).thenThrow(new IllegalStateException());
        Statement ours = guarded.createStatement();

        assertThatThrownBy(() -> ours.executeUpdate("INSERT a")).isSameAs(failure);
        assertThatThrownBy(() -> ours.execute("INSERT b")).isInstanceOf(IllegalStateException.class);
        assertThat(session.events()).containsExactly("INSERT a", "failed 23505", "INSERT b", "failed null");
    }

    @Test
    void aDeniedTextSpoilsItsBatchUntilItIsCleared() throws SQLException {
        when(real.createStatement()).thenReturn(statement);
        Statement ours = guarded.createStatement();
        ours.addBatch("INSERT a");
        assertThatThrownBy(() -> ours.addBatch("DELETE b")).isInstanceOf(DenialException.class);
        assertThatThrownBy(ours::executeBatch).isInstanceOf(DenialException.class);
        assertThatThrownBy(ours::executeLargeBatch).isInstanceOf(DenialException.class);
        verify(statement, never()).executeBatch();

        ours.clearBatch();
        when(statement.executeBatch()).thenReturn(new int[] {1});
        ours.addBatch("INSERT c");
        assertThat(ours.executeBatch()).containsExactly(1);
        assertThat(session.events()).endsWith("INSERT c times 1", "completed 1");
    }

    @Test
    void allTextsOfABatchAreAdmittedBeforeAnyIsSent() throws SQLException {
        when(real.createStatement()).thenReturn(statement);
        when(statement.executeBatch()).thenReturn(new int[] {1, Statement.SUCCESS_NO_INFO});
        Statement ours = guarded.createStatement();
        ours.addBatch("INSERT a");
        ours.addBatch("INSERT b");
        ours.executeBatch();
        assertThat(session.events()).endsWith("INSERT a times 1", "INSERT b times 1", "completed 1", "completed -1");
        ours.executeBatch();
        assertThat(session.events()).endsWith("completed 1", "completed -1");
    }

    @Test
    void aFailedBatchTellsEachTextsOwnOutcomeAndIsEmptied() throws SQLException {
        when(real.createStatement()).thenReturn(statement);
        when(statement.executeBatch())
                .thenThrow(new BatchUpdateException("no", "23505", new int[] {1, Statement.EXECUTE_FAILED}));
        Statement ours = guarded.createStatement();
        ours.addBatch("INSERT a");
        ours.addBatch("INSERT b");
        assertThatThrownBy(ours::executeBatch).isInstanceOf(BatchUpdateException.class);
        assertThat(session.events()).endsWith("completed 1", "failed 23505");
        verify(statement).clearBatch();
    }

    @Test
    void theSameResultSetIsTheSameGuardedOne() throws SQLException {
        ResultSet rows = mock(ResultSet.class);
        when(real.createStatement()).thenReturn(statement);
        when(statement.executeQuery("SELECT 1")).thenReturn(rows);
        when(statement.getResultSet()).thenReturn(rows);
        when(statement.getConnection()).thenReturn(real);
        when(rows.getStatement()).thenReturn(statement);
        Statement ours = guarded.createStatement();
        ResultSet first = ours.executeQuery("SELECT 1");
        assertThat(ours.getResultSet()).isSameAs(first);
        assertThat(first.getStatement()).isSameAs(ours);
        assertThat(ours.getConnection()).isSameAs(guarded);
    }

    @Test
    void aNullTextIsLeftToTheRealDriver() throws SQLException {
        when(real.createStatement()).thenReturn(statement);
        guarded.createStatement().execute(nothing());
        verify(statement).execute(any());
        verifyNoMoreInteractions(statement);
        assertThat(session.events()).isEmpty();
    }

    @SuppressWarnings("NullAway") // what an application may do although it should not
    private static String nothing() {
        return null;
    }

    private static void assertDenied(Object guarded, Method method) throws ReflectiveOperationException {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(GuardedStatementTest::argument)
                .toArray();
        method.setAccessible(true);
        try {
            method.invoke(guarded, arguments);
        } catch (InvocationTargetException thrown) {
            assertThat(thrown.getCause()).as(method.toString()).isInstanceOf(DenialException.class);
            return;
        }
        throw new AssertionError(method + " was not denied");
    }

    private static @Nullable Object argument(Class<?> type) {
        return type == String.class ? "DELETE FROM payment" : type == int.class ? 1 : null;
    }
}
