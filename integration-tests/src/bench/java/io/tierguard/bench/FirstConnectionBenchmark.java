package io.tierguard.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
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

/** The first connection and query of a process, each in a new virtual machine. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(15)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class FirstConnectionBenchmark {

    /** What is measured. */
    @Param
    public Front front = Front.BARE;

    /** With the guard the policy is read, the audit file opened, and the first text parsed. */
    @Benchmark
    public int firstQuery() throws SQLException, IOException {
        try (Front.Connections connections = front.connections("h2:mem:first", 1);
                Connection connection = connections.open();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT 41 + 1")) {
            result.next();
            return result.getInt(1);
        }
    }
}
