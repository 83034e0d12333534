package io.tierguard.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
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

    /** With H2's own driver. */
    @Benchmark
    public int bare() throws SQLException {
        return firstQuery("jdbc:h2:mem:first");
    }

    /** With the guard before it: the policy is read, the audit file opened, the first text parsed. */
    @Benchmark
    public int guarded() throws SQLException, IOException {
        Path folder = Files.createTempDirectory("tierguard-bench");
        Path policy = Files.writeString(
                folder.resolve("bench.tierguard"),
                "tier live is mutable {\n  audit denied\n}\n\ntable item is live\n\ncomponent shop {\n"
                        + "  grant select on item\n}\n");
        return firstQuery("jdbc:tierguard:h2:mem:first;tierguard.policy=" + policy
                + ";tierguard.component=shop;tierguard.audit=" + folder.resolve("audit.jsonl"));
    }

    private static int firstQuery(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT 41 + 1")) {
            result.next();
            return result.getInt(1);
        }
    }
}
