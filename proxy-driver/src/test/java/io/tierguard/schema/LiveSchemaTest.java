package io.tierguard.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.policy.model.TableName;
import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A schema is read again when it has to be, once for all that ask, and stays what it was where it cannot be. */
class LiveSchemaTest {
    private static final String URL = "jdbc:h2:mem:live_schema";
    private static final TableName FRESH = TableName.of("public", "fresh");

    private final AtomicInteger opened = new AtomicInteger();
    private final LiveSchema schema = new LiveSchema(Dialect.H2, TimeUnit.HOURS.toNanos(1));
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection(URL);
        execute("CREATE TABLE orders (id INT)");
        schema.refresh(connection);
    }

    @AfterEach
    void close() throws SQLException {
        execute("SHUTDOWN");
    }

    @Test
    void manyThreadsThatFindItOutdatedReadItOnce() throws Exception {
        schema.readAsideBy(() -> {
            opened.incrementAndGet();
            return DriverManager.getConnection(URL);
        });
        execute("CREATE TABLE fresh (id INT)");
        schema.changed(true);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> seen = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                seen.add(threads.submit(() -> {
                    schema.refreshAside();
                    return schema.current().tables().contains(FRESH);
                }));
            }
            for (Future<Boolean> each : seen) {
                assertThat(each.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(opened).hasValue(1);
        assertThat(schema.isOutdated()).isFalse();
    }

    @Test
    void whereNoSideConnectionCanBeHadItIsOutdatedStillAndNotTriedAtOnceAgain() throws SQLException {
        schema.readAsideBy(() -> {
            opened.incrementAndGet();
            throw new SQLException("too many connections");
        });
        SchemaSnapshot before = schema.current();
        execute("CREATE TABLE fresh (id INT)");
        schema.changed(true);
        schema.refreshAside();
        schema.refreshAside();
        assertThat(opened).hasValue(1);
        assertThat(schema.current()).isSameAs(before);
        assertThat(schema.isOutdated()).isTrue();
        schema.refresh(connection);
        assertThat(schema.current().tables()).contains(FRESH);
    }

    @Test
    void aSideConnectionThatBreaksWhileItReadsLeavesEverythingAsItWas() throws SQLException {
        SchemaSnapshot before = schema.current();
        schema.readAsideBy(() -> {
            Connection broken = DriverManager.getConnection(URL);
            broken.close();
            return broken;
        });
        schema.changed(true);
        schema.refreshAside();
        assertThat(schema.current()).isSameAs(before);
        assertThat(schema.isOutdated()).isTrue();
    }

    @Test
    void aSideConnectionIsClosedAgain() throws SQLException {
        List<Connection> connections = new ArrayList<>();
        schema.readAsideBy(() -> {
            connections.add(DriverManager.getConnection(URL));
            return connections.get(0);
        });
        schema.changed(true);
        schema.refreshAside();
        assertThat(connections).hasSize(1);
        assertThat(connections.get(0).isClosed()).isTrue();
    }

    @Test
    void aReadingThatFailsIsTheAskersAffair() throws SQLException {
        Connection broken = DriverManager.getConnection(URL);
        broken.close();
        SchemaSnapshot before = schema.current();
        schema.changed(true);
        assertThatThrownBy(() -> schema.refresh(broken)).isInstanceOf(SQLException.class);
        assertThat(schema.current()).isSameAs(before);
    }

    @Test
    void whatWasJustReadIsNotWorthALook() {
        assertThat(schema.isWorthALook()).isFalse();
        schema.changed(true);
        assertThat(schema.isWorthALook()).isTrue();
        assertThat(new LiveSchema(Dialect.H2, 0).isWorthALook()).isTrue();
        assertThat(LiveSchema.unread(Dialect.H2).isWorthALook()).isFalse();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
