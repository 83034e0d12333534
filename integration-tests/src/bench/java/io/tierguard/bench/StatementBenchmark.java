package io.tierguard.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
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

/** Statements through a pool on H2 in memory: bare, guarded, and through p6spy without logging. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StatementBenchmark {
    /** What is measured; Druid is a pool of its own, and is asked by {@link CallBenchmark}. */
    @Param({"BARE", "TIERGUARD", "P6SPY"})
    public Front front = Front.BARE;

    private HikariDataSource pool = new HikariDataSource();

    /** Opens the pool and fills the table. */
    @Setup(Level.Trial)
    public void open() throws SQLException, IOException {
        String real = "h2:mem:bench" + ProcessHandle.current().pid() + ";DB_CLOSE_DELAY=-1";
        try (Connection connection = DriverManager.getConnection("jdbc:" + real, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(20))");
            statement.execute("INSERT INTO item SELECT x, 'item ' || x FROM SYSTEM_RANGE(1, 1000)");
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(front.url(real));
        config.setUsername("sa");
        config.setPassword("");
        config.setMaximumPoolSize(2);
        pool.close();
        pool = new HikariDataSource(config);
    }

    /** Closes the pool. */
    @TearDown(Level.Trial)
    public void close() {
        pool.close();
    }

    /** Borrow, prepare, execute, read one row, give back. */
    @Benchmark
    public String prepareExecuteClose() throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT name FROM item WHERE id = ?")) {
            statement.setInt(1, 42);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getString(1);
            }
        }
    }

    /** Read a thousand rows of two columns. */
    @Benchmark
    public long scan() throws SQLException {
        long sum = 0;
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT id, name FROM item");
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                sum += result.getInt(1) + result.getString(2).length();
            }
        }
        return sum;
    }
}
