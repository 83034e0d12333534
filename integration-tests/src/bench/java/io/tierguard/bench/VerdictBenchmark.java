package io.tierguard.bench;

import io.tierguard.audit.AuditLog;
import io.tierguard.audit.AuditStatement;
import io.tierguard.audit.AuditSubject;
import io.tierguard.guard.Admission;
import io.tierguard.guard.ConnectionPlace;
import io.tierguard.guard.Guard;
import io.tierguard.guard.GuardSession;
import io.tierguard.policy.PolicyLoader;
import io.tierguard.policy.PolicyOutcome;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.Policy;
import io.tierguard.schema.LiveSchema;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.SessionFacts;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.statement.Statement;
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

/** A verdict for a text seen before, and for one that is new. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class VerdictBenchmark {
    private static final String POLICY =
            """
            tier live is mutable {
              audit denied
            }
            table orders is live
            component checkout {
              grant select, insert, update, delete on orders
            }
            """;

    /** The length of the text, in characters. */
    @Param({"100", "1500"})
    public int length;

    private final GuardSession session = session();
    private String sql = "";
    private char[] characters = {};
    private long number;

    /** Makes the text. */
    @org.openjdk.jmh.annotations.Setup
    public void prepare() {
        String start = "UPDATE orders SET state = ? WHERE id = ?";
        StringBuilder text = new StringBuilder(start);
        while (text.length() < length) {
            text.append(" AND total <> ?");
        }
        sql = text.toString();
        characters = sql.toCharArray();
    }

    /** The same String instance again, as a prepared statement or a constant gives it. */
    @Benchmark
    public Admission sameString() {
        return session.admit(sql, Placeholders.QUESTION_MARKS, 0);
    }

    /** The same text in a fresh String, whose hash must be computed. */
    @Benchmark
    public Admission freshString() {
        return session.admit(new String(characters), Placeholders.QUESTION_MARKS, 0);
    }

    /** What a fresh String and its hash cost without the guard. */
    @Benchmark
    public int freshStringAlone() {
        return new String(characters).hashCode();
    }

    /** A text with a literal of its own each time, of a shape seen before: cut, and looked up. */
    @Benchmark
    public Admission newLiteral() {
        return session.admit(sql + " AND id < " + number++, Placeholders.QUESTION_MARKS, 0);
    }

    /** A text with a name of its own each time: cut, parsed and decided anew. */
    @Benchmark
    public Admission newShape() {
        return session.admit(sql + " AND id" + number++ + " < 1", Placeholders.QUESTION_MARKS, 0);
    }

    /** What JSqlParser alone takes for a text like the last, the guard's own reading left out. */
    @Benchmark
    public Statement newShapeParserAlone() throws ParseException {
        String text = sql + " AND id" + number++ + " < 1";
        return new CCJSqlParser(new StringProvider(text))
                .withAllowComplexParsing(true)
                .Statement();
    }

    private static GuardSession session() {
        if (!(PolicyLoader.load("bench.tierguard", POLICY) instanceof PolicyOutcome.Loaded loaded)) {
            throw new IllegalStateException("the benchmark's policy has errors");
        }
        Policy policy = loaded.policy();
        Guard guard = new Guard(
                policy, policy.component("checkout").orElseThrow(), "", Dialect.POSTGRESQL, new SilentAudit());
        SessionFacts facts =
                new SessionFacts("app", "shop", List.of("public"), LexicalModes.defaultsOf(Dialect.POSTGRESQL));
        return guard.open(facts, ConnectionPlace.EMBEDDED, LiveSchema.unread(Dialect.POSTGRESQL));
    }

    private static final class SilentAudit implements AuditLog {
        @Override
        public String decided(AuditSubject subject, AuditStatement statement, int batchSize, Durability durability) {
            return "";
        }

        @Override
        public void completed(String id, AuditSubject subject, AuditStatement statement, long rows, long nanos) {}

        @Override
        public void failed(String id, AuditSubject subject, AuditStatement statement, String state, long nanos) {}

        @Override
        public void close() {}
    }
}
