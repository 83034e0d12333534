package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A real driver that misbehaves, and applications that use JDBC as it is not meant to be used. */
class FaultsTest {
    private final Connection real = mock(Connection.class);
    private final StubSession session = StubSession.refusing("payment");
    private final Connection guarded = session.guard(real);

    @Test
    void whatTheRealDriverDoesNotGiveNobodyGets() throws SQLException {
        assertThat(guarded.createStatement()).isNull();
        assertThat(guarded.createStatement(1, 2)).isNull();
        assertThat(guarded.prepareStatement("SELECT 1")).isNull();
        assertThat(guarded.prepareStatement("SELECT 1", 1)).isNull();
        assertThat(guarded.prepareCall("CALL f()")).isNull();
        assertThat(guarded.getMetaData()).isNull();
        assertThat(guarded.createArrayOf("INT", new Object[0])).isNull();
        assertThat(guarded.createStruct("pair", new Object[0])).isNull();
        PreparedStatement prepared = mock(PreparedStatement.class);
        when(real.prepareStatement(anyString())).thenReturn(prepared);
        PreparedStatement statement = guarded.prepareStatement("SELECT 1");
        assertThat(statement.executeQuery()).isNull();
        assertThat(statement.getResultSet()).isNull();
        assertThat(statement.getGeneratedKeys()).isNull();
        assertThat(statement.getConnection()).isNull();
    }

    @Test
    void aFailureOfAnyKindGoesOnUnchangedAndIsTold() throws SQLException {
        for (Throwable failure : List.of(
                new SQLException("refused", "23505"),
                new IllegalStateException("broken"),
                new OutOfMemoryError("no space"),
                new StackOverflowError())) {
            Statement statement = mock(Statement.class);
            when(real.createStatement()).thenReturn(statement);
            when(statement.executeUpdate(anyString())).thenThrow(failure);
            when(statement.executeLargeUpdate(anyString())).thenThrow(failure);
            when(statement.execute(anyString())).thenThrow(failure);
            when(statement.executeQuery(anyString())).thenThrow(failure);
            when(statement.executeBatch()).thenThrow(failure);
            Statement ours = guarded.createStatement();
            assertThatThrownBy(() -> ours.executeUpdate("UPDATE orders")).isSameAs(failure);
            assertThatThrownBy(() -> ours.executeLargeUpdate("UPDATE orders")).isSameAs(failure);
            assertThatThrownBy(() -> ours.execute("UPDATE orders")).isSameAs(failure);
            assertThatThrownBy(() -> ours.executeQuery("SELECT orders")).isSameAs(failure);
            ours.addBatch("UPDATE orders");
            assertThatThrownBy(ours::executeBatch).isSameAs(failure);
        }
        assertThat(session.events().stream().filter(event -> event.startsWith("failed")))
                .hasSize(20);
    }

    @Test
    void aFailureOfTheFailureDoesNotHideIt() throws SQLException {
        Statement statement = mock(Statement.class);
        when(real.createStatement()).thenReturn(statement);
        SQLException failure = new SQLException("refused", "23505");
        when(statement.executeBatch()).thenThrow(failure);
        doThrow(new IllegalStateException("closed meanwhile")).when(statement).clearBatch();
        Statement ours = guarded.createStatement();
        ours.addBatch("UPDATE orders");
        assertThatThrownBy(ours::executeBatch).isSameAs(failure);
    }

    @Test
    void aTransactionsEndFailsAsTheRealOneDoes() throws SQLException {
        RuntimeException failure = new IllegalStateException("broken");
        doThrow(failure).when(real).commit();
        doThrow(failure).when(real).rollback();
        doThrow(failure).when(real).setAutoCommit(true);
        when(real.isClosed()).thenThrow(new IllegalStateException("another"));
        session.becomeStale();
        assertThatThrownBy(guarded::commit).isSameAs(failure);
        assertThatThrownBy(guarded::rollback).isSameAs(failure);
        assertThatThrownBy(() -> guarded.setAutoCommit(true)).isSameAs(failure);
    }

    @Test
    void whatIsOverALimitIsNotKeptWhereNothingCanBeUndone() throws SQLException {
        for (Throwable failure : List.of(new SQLException("broken"), new OutOfMemoryError("no space"))) {
            Connection broken = mock(Connection.class);
            Statement statement = mock(Statement.class);
            when(broken.getAutoCommit()).thenReturn(true);
            when(broken.createStatement()).thenReturn(statement);
            when(statement.executeUpdate(anyString())).thenReturn(5);
            doThrow(failure).when(broken).rollback();
            Connection limited = StubSession.allowing().limiting().guard(broken);
            assertThatThrownBy(() -> limited.createStatement().executeUpdate("UPDATE orders"))
                    .isInstanceOf(DenialException.class);
            verify(broken).close();
            verify(broken, never()).commit();
        }
    }

    @Test
    void aResultSetThatCannotTellItsTableIsNotChanged() throws SQLException {
        Statement statement = mock(Statement.class);
        ResultSet rows = mock(ResultSet.class);
        when(real.createStatement()).thenReturn(statement);
        when(statement.executeQuery(anyString())).thenReturn(rows);
        when(rows.getConcurrency()).thenReturn(ResultSet.CONCUR_UPDATABLE);
        when(rows.getMetaData()).thenThrow(new IllegalStateException("broken"));
        ResultSet ours = guarded.createStatement().executeQuery("SELECT orders");
        assertThatThrownBy(ours::deleteRow).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(ours::updateRow).isInstanceOf(IllegalStateException.class);
        verify(rows, never()).deleteRow();
        verify(rows, never()).updateRow();
    }

    @Test
    void manyThreadsShareAConnectionAndEachGetsItsOwnVerdict() throws Exception {
        try (Connection live = DriverManager.getConnection("jdbc:h2:mem:")) {
            live.createStatement().execute("CREATE TABLE orders (id INT)");
            Connection shared = StubSession.refusing("payment").guard(live, Dialect.H2);
            AtomicInteger denied = new AtomicInteger();
            runByMany(8, () -> {
                for (int i = 0; i < 200; i++) {
                    try (Statement statement = shared.createStatement()) {
                        statement.executeUpdate("INSERT INTO orders VALUES (" + i + ")");
                        try {
                            statement.executeUpdate("DELETE FROM payment");
                        } catch (DenialException expected) {
                            denied.incrementAndGet();
                        }
                    }
                }
                return null;
            });
            assertThat(denied).hasValue(1600);
            try (ResultSet rows = live.createStatement().executeQuery("SELECT count(*) FROM orders")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(1600);
            }
        }
    }

    @Test
    void closingDuringAnExecutionBlocksNobody() throws Exception {
        Statement statement = mock(Statement.class);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        when(real.createStatement()).thenReturn(statement);
        when(statement.execute(any())).thenAnswer(call -> {
            running.countDown();
            assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
            throw new SQLException("closed", "08003");
        });
        Statement ours = guarded.createStatement();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> result = other.submit(() -> ours.execute("UPDATE orders"));
            assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
            ours.cancel();
            guarded.close();
            closed.countDown();
            assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("closed");
        } finally {
            other.shutdownNow();
        }
    }

    private static void runByMany(int threads, Callable<Void> work) throws Exception {
        ExecutorService many = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(many.submit(work));
            }
            for (Future<Void> each : all) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            many.shutdownNow();
        }
    }
}
