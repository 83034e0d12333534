package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.jdbc.TierguardConnectionPoolDataSource;
import io.tierguard.jdbc.TierguardDataSource;
import io.tierguard.jdbc.TierguardXADataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ds.common.BaseDataSource;
import org.postgresql.xa.PGXADataSource;

/** pgjdbc's own data sources with the guard around them. */
class PostgresqlDataSourcesTest {
    @TempDir
    private Path folder;

    private GuardedTables tables;

    @BeforeEach
    void makeTables() throws Exception {
        tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                """
                table payment is ledger
                table orders is operational
                table other.orders is operational

                component app {
                  grant select on tier ledger
                  grant select, insert on tier operational
                }
                """,
                "CREATE TABLE payment (id INT)",
                "INSERT INTO payment VALUES (1)",
                "CREATE TABLE orders (id INT)",
                "CREATE SCHEMA other",
                "CREATE TABLE other.orders (id INT)",
                "CREATE TABLE other.payment (id INT)");
    }

    @AfterEach
    void dropTables() throws SQLException {
        tables.close();
    }

    @Test
    void aPlainOneIsGuardedAndWhatItSetsWhileConnectingIsJudged() throws SQLException {
        PGSimpleDataSource real = located(new PGSimpleDataSource());
        TierguardDataSource guarded = new TierguardDataSource(real, tables.settings());
        try (Connection connection = guarded.getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("DELETE FROM payment")).isInstanceOf(DenialException.class);
        }
        real.setOptions("-c session_replication_role=replica");
        assertThatThrownBy(guarded::getConnection).isInstanceOf(DenialException.class);
    }

    @Test
    void aPooledOnesHandlesAreGuarded() throws SQLException {
        PooledConnection pooled = new TierguardConnectionPoolDataSource(
                        located(new PGConnectionPoolDataSource()), tables.settings())
                .getPooledConnection();
        AtomicReference<Object> source = new AtomicReference<>();
        pooled.addConnectionEventListener(new ConnectionEventListener() {
            @Override
            public void connectionClosed(ConnectionEvent event) {
                source.set(event.getSource());
            }

            @Override
            public void connectionErrorOccurred(ConnectionEvent event) {
                source.set(event.getSource());
            }
        });
        for (int i = 0; i < 2; i++) {
            try (Connection handle = pooled.getConnection();
                    Statement statement = handle.createStatement()) {
                assertThat(statement.executeUpdate("INSERT INTO orders VALUES (1)"))
                        .isEqualTo(1);
                assertThatThrownBy(() -> statement.execute("DELETE FROM payment"))
                        .isInstanceOf(DenialException.class);
                assertThat(statement.getConnection()).isSameAs(handle);
            }
            assertThat(source.getAndSet(null)).isSameAs(pooled);
        }
        pooled.close();
        assertThat(tables.count("orders")).isEqualTo(2);
    }

    @Test
    void aBranchIsGuardedAndItsPathIsForgottenWithIt() throws Exception {
        XAConnection connection =
                new TierguardXADataSource(located(new PGXADataSource()), tables.settings()).getXAConnection();
        XAResource resource = connection.getXAResource();
        Xid branch = new DistributedBranch(1);
        resource.start(branch, XAResource.TMNOFLAGS);
        try (Connection handle = connection.getConnection();
                Statement statement = handle.createStatement()) {
            statement.execute("SET search_path TO other");
            assertThat(statement.executeUpdate("INSERT INTO orders VALUES (5)")).isEqualTo(1);
            assertThatThrownBy(() -> statement.execute("DELETE FROM public.payment"))
                    .isInstanceOf(DenialException.class);
            assertThatThrownBy(handle::commit).isInstanceOf(SQLException.class);
            resource.end(branch, XAResource.TMSUCCESS);
            resource.rollback(branch);
            // The path went back with the transaction, so that orders is again the one of the schema public.
            assertThat(statement.executeUpdate("INSERT INTO orders VALUES (6)")).isEqualTo(1);
            assertThatThrownBy(() -> statement.execute("DELETE FROM payment")).isInstanceOf(DenialException.class);
        }
        Xid kept = new DistributedBranch(2);
        resource.start(kept, XAResource.TMNOFLAGS);
        try (Connection handle = connection.getConnection();
                Statement statement = handle.createStatement()) {
            statement.executeUpdate("INSERT INTO orders VALUES (7)");
            resource.end(kept, XAResource.TMSUCCESS);
            resource.commit(kept, true);
            try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM orders")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(2);
            }
        }
        connection.close();
        assertThat(tables.count("other.orders")).isZero();
        assertThat(tables.count("payment")).isEqualTo(1);
    }

    private <T extends BaseDataSource> T located(T dataSource) {
        dataSource.setUrl(tables.realUrl());
        dataSource.setUser(LiveDatabase.POSTGRESQL.user());
        dataSource.setPassword("");
        return dataSource;
    }
}
