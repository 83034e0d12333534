package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;
import javax.sql.StatementEvent;
import javax.sql.StatementEventListener;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.jdbcx.JdbcXAConnection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sources for pools and for distributed transactions. */
class PooledDataSourceTest {
    /** A branch of a transaction of its own. */
    private record Branch(int number) implements Xid {
        @Override
        public int getFormatId() {
            return 1;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return new byte[] {(byte) number};
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {1};
        }
    }

    @TempDir
    private Path folder;

    private final JdbcDataSource real = new JdbcDataSource();

    @BeforeEach
    void makeDatabase() throws SQLException {
        real.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        try (Connection connection = real.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE payment (id INT)");
            statement.execute("CREATE TABLE orders (id INT)");
            statement.execute("CREATE SCHEMA other");
            statement.execute("CREATE TABLE other.orders (id INT)");
        }
    }

    @Test
    void aPooledConnectionsHandlesAreGuardedAndItsEventsNameIt() throws SQLException, IOException {
        PooledConnection pooled = new TierguardConnectionPoolDataSource(real, settings()).getPooledConnection();
        List<Object> sources = new ArrayList<>();
        ConnectionEventListener listener = listening(sources);
        pooled.addConnectionEventListener(listener);
        try (Connection handle = pooled.getConnection();
                Statement statement = handle.createStatement()) {
            assertThat(statement.executeUpdate("INSERT INTO orders VALUES (1)")).isEqualTo(1);
            assertThatThrownBy(() -> statement.execute("DELETE FROM payment")).isInstanceOf(DenialException.class);
        }
        assertThat(sources).containsExactly(pooled);
        pooled.removeConnectionEventListener(listener);
        pooled.getConnection().close();
        assertThat(sources).hasSize(1);
        pooled.close();
    }

    @Test
    void anEventOfAStatementDoesNotHandTheRealOneOut() throws SQLException, IOException {
        PooledConnection pooled = mock(PooledConnection.class);
        List<StatementEventListener> told = new ArrayList<>();
        doAnswer(call -> told.add(call.getArgument(0))).when(pooled).addStatementEventListener(any());
        ConnectionPoolDataSource pool = mock(ConnectionPoolDataSource.class);
        when(pool.getPooledConnection()).thenReturn(pooled);
        PooledConnection guarded = new TierguardConnectionPoolDataSource(pool, settings()).getPooledConnection();
        StatementEventListener listener = mock(StatementEventListener.class);
        guarded.addStatementEventListener(listener);
        doAnswer(call -> {
                    StatementEvent event = call.getArgument(0);
                    assertThat(event.getSource()).isSameAs(guarded);
                    assertThat(event.getStatement()).isNull();
                    return null;
                })
                .when(listener)
                .statementErrorOccurred(any());
        told.get(0)
                .statementErrorOccurred(
                        new StatementEvent(pooled, mock(PreparedStatement.class), new SQLException("broken")));
        verify(listener).statementErrorOccurred(any());
    }

    @Test
    void aDistributedTransactionCommitsWhatTheGuardLetsPass() throws SQLException, IOException, XAException {
        XAConnection connection = new TierguardXADataSource(real, settings()).getXAConnection();
        XAResource resource = connection.getXAResource();
        assertThat(resource).isNotInstanceOf(JdbcXAConnection.class).isSameAs(connection.getXAResource());
        assertThat(resource.isSameRM(resource)).isTrue();
        Xid branch = new Branch(1);
        resource.start(branch, XAResource.TMNOFLAGS);
        try (Connection handle = connection.getConnection();
                Statement statement = handle.createStatement()) {
            statement.executeUpdate("INSERT INTO orders VALUES (7)");
            resource.end(branch, XAResource.TMSUCCESS);
            assertThat(resource.prepare(branch)).isEqualTo(XAResource.XA_OK);
            resource.commit(branch, false);
        }
        connection.close();
        try (Connection bare = real.getConnection();
                ResultSet rows = bare.createStatement().executeQuery("SELECT id FROM orders")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(7);
        }
    }

    @Test
    void aBranchInWhichSomethingWasRefusedIsRolledBackInsteadOfBeingKept()
            throws SQLException, IOException, XAException {
        XAConnection connection = new TierguardXADataSource(real, settings()).getXAConnection();
        XAResource resource = connection.getXAResource();
        for (boolean onePhase : List.of(true, false)) {
            Xid branch = new Branch(onePhase ? 3 : 4);
            resource.start(branch, XAResource.TMNOFLAGS);
            try (Connection handle = connection.getConnection();
                    Statement statement = handle.createStatement()) {
                statement.executeUpdate("INSERT INTO orders VALUES (7)");
                assertThatThrownBy(() -> statement.execute("DELETE FROM payment"))
                        .isInstanceOf(DenialException.class);
                assertThatThrownBy(() -> statement.execute("INSERT INTO orders VALUES (8)"))
                        .hasMessageContaining("an earlier statement of the transaction was denied");
            }
            try (Connection handle = connection.getConnection();
                    Statement statement = handle.createStatement()) {
                assertThatThrownBy(() -> statement.execute("INSERT INTO orders VALUES (9)"))
                        .hasMessageContaining("an earlier statement of the transaction was denied");
                resource.end(branch, XAResource.TMSUCCESS);
                assertThatThrownBy(() -> {
                            if (onePhase) {
                                resource.commit(branch, true);
                            } else {
                                resource.prepare(branch);
                            }
                        })
                        .isInstanceOfSatisfying(
                                XAException.class,
                                failure -> assertThat(failure.errorCode).isEqualTo(XAException.XA_RBROLLBACK))
                        .hasCauseInstanceOf(DenialException.class);
            }
        }
        Xid next = new Branch(5);
        resource.start(next, XAResource.TMNOFLAGS);
        try (Connection handle = connection.getConnection();
                Statement statement = handle.createStatement()) {
            statement.executeUpdate("INSERT INTO orders VALUES (10)");
            resource.end(next, XAResource.TMSUCCESS);
            resource.commit(next, true);
        }
        connection.close();
        try (Connection bare = real.getConnection();
                ResultSet rows = bare.createStatement().executeQuery("SELECT id FROM orders")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(10);
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void theSessionIsReadAgainWhenABranchHasEnded() throws SQLException, IOException, XAException {
        XAConnection connection = new TierguardXADataSource(real, settings()).getXAConnection();
        XAResource resource = connection.getXAResource();
        try (Connection handle = connection.getConnection();
                Statement statement = handle.createStatement()) {
            Xid branch = new Branch(2);
            resource.start(branch, XAResource.TMNOFLAGS);
            statement.execute("SET SCHEMA other");
            resource.end(branch, XAResource.TMSUCCESS);
            resource.rollback(branch);
            // H2 keeps a path through a rollback; the guard must know whichever the database does.
            String schema = handle.getSchema();
            boolean isProtected = schema.equals("PUBLIC");
            handle.setAutoCommit(true);
            assertThat(statement.executeUpdate("INSERT INTO orders VALUES (8)")).isEqualTo(1);
            try (ResultSet rows =
                    statement.executeQuery("SELECT count(*) FROM " + (isProtected ? "public" : "other") + ".orders")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(1);
            }
        }
        connection.close();
    }

    private static ConnectionEventListener listening(List<Object> sources) {
        return new ConnectionEventListener() {
            @Override
            public void connectionClosed(ConnectionEvent event) {
                sources.add(event.getSource());
            }

            @Override
            public void connectionErrorOccurred(ConnectionEvent event) {
                sources.add(event.getSource());
            }
        };
    }

    private Map<String, String> settings() throws IOException {
        Path policy = Files.writeString(folder.resolve("shop.tierguard"), """
                policy shop {
                  schema path public
                }
                tier ledger is immutable
                tier operational is mutable
                table payment is ledger
                table orders is operational
                table other.orders is operational
                component checkout {
                  grant select on tier ledger
                  grant select, insert on tier operational
                }
                """);
        return Map.of(
                "tierguard.policy", policy.toString(),
                "tierguard.component", "checkout",
                "tierguard.audit", folder.resolve("audit.jsonl").toString());
    }
}
