package io.tierguard.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Calls on objects that are open: getters, a setter, and a prepared statement that runs again and again. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // by JMH, before anything is measured
public class CallBenchmark {

    /** What is measured. */
    @Param
    public Front front = Front.BARE;

    private Front.Connections connections;
    private Connection connection;
    private PreparedStatement prepared;
    private ResultSet row;

    /** Opens everything. */
    @Setup(Level.Trial)
    public void open() throws SQLException, IOException {
        String real = "h2:mem:calls" + ProcessHandle.current().pid() + ";DB_CLOSE_DELAY=-1";
        try (Connection owner = DriverManager.getConnection("jdbc:" + real, "sa", "");
                Statement statement = owner.createStatement()) {
            statement.execute("CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(20))");
            statement.execute("INSERT INTO item VALUES (42, 'forty-two')");
        }
        connections = front.connections(real, 2);
        connection = connections.open();
        prepared = connection.prepareStatement("SELECT name FROM item WHERE id = ?");
        prepared.setInt(1, 42);
        row = connection.prepareStatement("SELECT id, name FROM item").executeQuery();
        row.next();
    }

    /** Closes everything. */
    @TearDown(Level.Trial)
    public void close() throws SQLException {
        connection.close();
        connections.close();
    }

    /** A number out of a row. */
    @Benchmark
    public int getInt() throws SQLException {
        return row.getInt(1);
    }

    /** A text out of a row. */
    @Benchmark
    public String getString() throws SQLException {
        return row.getString(2);
    }

    /** A property of a connection. */
    @Benchmark
    public boolean getAutoCommit() throws SQLException {
        return connection.getAutoCommit();
    }

    /** A parameter of a statement. */
    @Benchmark
    public void setInt() throws SQLException {
        prepared.setInt(1, 42);
    }

    /** A statement that is prepared once and runs again, to its row. */
    @Benchmark
    public String executePrepared() throws SQLException {
        try (ResultSet result = prepared.executeQuery()) {
            result.next();
            return result.getString(1);
        }
    }
}
