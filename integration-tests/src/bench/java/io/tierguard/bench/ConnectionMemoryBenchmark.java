package io.tierguard.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a connection keeps in memory that is open and has run a statement, H2's own session with it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 5, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class ConnectionMemoryBenchmark {
    private static final int CONNECTIONS = 500;

    /** What is measured. */
    @Param
    public Front front = Front.BARE;

    /** The figure that is asked for, beside the time of opening. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Kept {
        /** Bytes for each connection. */
        public long bytesPerConnection;
    }

    /** Opens connections, and weighs what is kept of all but the first. */
    @Benchmark
    public int open(Kept kept) throws SQLException, IOException {
        List<Connection> open = new ArrayList<>();
        try (Front.Connections connections = front.connections("h2:mem:memory;DB_CLOSE_DELAY=-1", CONNECTIONS + 1)) {
            open.add(used(connections.open()));
            long before = usedHeap();
            for (int i = 0; i < CONNECTIONS; i++) {
                open.add(used(connections.open()));
            }
            kept.bytesPerConnection = (usedHeap() - before) / CONNECTIONS;
            for (Connection connection : open) {
                connection.close();
            }
        }
        return open.size();
    }

    private static Connection used(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 41 + 1");
        }
        return connection;
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
