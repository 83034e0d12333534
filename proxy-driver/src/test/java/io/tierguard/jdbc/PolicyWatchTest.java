package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.audit.AuditException;
import io.tierguard.audit.AuditLog;
import io.tierguard.audit.AuditStatement;
import io.tierguard.audit.AuditSubject;
import io.tierguard.guard.Admission;
import io.tierguard.guard.ConnectionPlace;
import io.tierguard.guard.CurrentGuard;
import io.tierguard.guard.Execution;
import io.tierguard.guard.Guard;
import io.tierguard.guard.GuardSession;
import io.tierguard.guard.Refusal;
import io.tierguard.guard.Transactions;
import io.tierguard.policy.PolicyLoader;
import io.tierguard.policy.PolicyOutcome;
import io.tierguard.policy.PolicyReading;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Reason;
import io.tierguard.schema.LiveSchema;
import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.Placeholders;
import io.tierguard.sql.SessionFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A changed policy takes over whole, or not at all. */
class PolicyWatchTest {
    private static final String READS = """
            policy shop {
              schema path public
            }
            include waivers from "waivers/*.tierguard"
            tier ledger is immutable
            tier operational is mutable
            table payment is ledger
            table orders is operational
            component checkout {
              connects as "app"
              grant select on everything
            }
            """;

    private static final String WRITES = READS.replace("on everything", "on everything\n  grant insert on orders");

    private static final String WAIVER = """
            waiver once {
              why "booked twice"
              ticket "DP-1"
              owner "dpo"
              from 2024-01-01T00:00Z
              until 2126-01-01T00:00Z
              grant delete on payment to checkout
            }
            """;

    private static final String INSERT = "INSERT INTO orders VALUES (1)";

    @TempDir
    private Path folder;

    private final List<String> recorded = new ArrayList<>();
    private boolean isDiskFull;
    private Path file;
    private CurrentGuard guard;
    private GuardSession session;
    private PolicyWatch watch;

    @BeforeEach
    void watch() throws IOException {
        file = folder.resolve("shop.tierguard");
        Files.createDirectory(folder.resolve("waivers"));
        write(file, READS);
        PolicyReading reading = PolicyLoader.read(file);
        Policy policy = ((PolicyOutcome.Loaded) reading.outcome()).policy();
        Guard first = new Guard(policy, policy.component("checkout").orElseThrow(), "1.0", Dialect.H2, new Recorded());
        guard = new CurrentGuard(first.watched());
        watch = new PolicyWatch(guard, file, reading.footprint(), Duration.ofNanos(1), InstantSource.system());
        SessionFacts facts = new SessionFacts("app", "shop", List.of("public"), LexicalModes.defaultsOf(Dialect.H2));
        session = guard.open(
                facts, ConnectionPlace.EMBEDDED, LiveSchema.unread(Dialect.H2), Transactions.UNKNOWN, none -> {});
    }

    /** Writes a file as one that has been there for long. */
    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(100 + text.hashCode() % 50)));
    }

    private boolean allows(String sql) {
        watch.look();
        Admission admission = session.admit(sql, Placeholders.NONE, 0);
        return admission instanceof Execution;
    }

    @Test
    void whatHasChangedHoldsForStatementsBegunAfterInSessionsThatAreOpenToo() throws IOException {
        assertThat(allows(INSERT)).isFalse();
        write(file, WRITES);
        assertThat(allows(INSERT)).isTrue();
        write(file, READS);
        assertThat(allows(INSERT)).isFalse();
    }

    @Test
    void theChangeIsRecordedUnderTheNewPolicyBeforeItHolds() throws IOException {
        String old = guard.guard().policy().hash();
        write(file, WRITES);
        watch.look();
        String next = guard.guard().policy().hash();
        assertThat(next).isNotEqualTo(old);
        assertThat(recorded).containsExactly("POLICY " + next + " FSYNC");
        session.admit("DELETE FROM payment", Placeholders.NONE, 0);
        assertThat(recorded).last().isEqualTo("DELETE " + next + " FSYNC");
    }

    @Test
    void whatCannotBeRecordedDoesNotHoldUntilItCan() throws IOException {
        isDiskFull = true;
        write(file, WRITES);
        assertThat(allows(INSERT)).isFalse();
        isDiskFull = false;
        assertThat(allows(INSERT)).isTrue();
    }

    @Test
    void aBrokenFileKeepsWhatIsInForce() throws IOException {
        write(file, WRITES + "tier broken is");
        assertThat(allows(INSERT)).isFalse();
        write(file, WRITES.replace("component checkout", "component other"));
        assertThat(allows(INSERT)).isFalse();
        write(file, WRITES);
        assertThat(allows(INSERT)).isTrue();
    }

    @Test
    void soDoesOneThatIsGone() throws IOException {
        Files.delete(file);
        assertThat(allows("SELECT id FROM orders")).isTrue();
        assertThat(allows(INSERT)).isFalse();
        write(file, WRITES);
        assertThat(allows(INSERT)).isTrue();
    }

    @Test
    void oneThatIsMovedIntoPlaceTakesOver() throws IOException {
        Path next = folder.resolve("next");
        write(next, WRITES);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        assertThat(allows(INSERT)).isTrue();
    }

    @Test
    void aFileThatIsBeingWrittenIsWaitedFor() throws IOException {
        PolicyReading reading = PolicyLoader.read(file);
        watch = new PolicyWatch(
                guard,
                file,
                reading.footprint(),
                Duration.ofNanos(1),
                () -> Instant.now().minus(Duration.ofHours(1)));
        Files.writeString(file, WRITES.substring(0, WRITES.indexOf("component")));
        assertThat(allows(INSERT)).isFalse();
        Files.writeString(file, WRITES.replace("grant insert on", "grant insert, update on"));
        assertThat(allows(INSERT)).isFalse();
        assertThat(allows(INSERT)).isTrue();
    }

    @Test
    void aWaiverThatIsPutIntoItsFolderHoldsAndGoesWithItsFile() throws IOException {
        String delete = "DELETE FROM payment WHERE id = 1";
        assertThat(allows(delete)).isFalse();
        Path waiver = folder.resolve("waivers").resolve("once.tierguard");
        write(waiver, WAIVER);
        assertThat(allows(delete)).isTrue();
        Files.delete(waiver);
        assertThat(allows(delete)).isFalse();
    }

    @Test
    void whoMayNotConnectAnyMoreRunsNothingAnyMore() throws IOException {
        assertThat(allows("SELECT id FROM orders")).isTrue();
        write(file, READS.replace("\"app\"", "\"other\""));
        watch.look();
        assertThat(session.admit("SELECT id FROM orders", Placeholders.NONE, 0))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.WRONG_USER));
    }

    @Test
    void aLimitThatIsNewIsCounted() throws IOException {
        assertThat(session.countsRows()).isTrue();
        write(file, WRITES.replace("is mutable", "is mutable {\n  limit insert 2 rows\n}"));
        watch.look();
        assertThat(session.admit(INSERT, Placeholders.NONE, 0))
                .isInstanceOfSatisfying(
                        Execution.class,
                        execution -> assertThat(execution.limits()).hasSize(1));
    }

    @Test
    void connectionsLookWhenTheSettingAsks() throws Exception {
        String real = "jdbc:h2:mem:" + UUID.randomUUID();
        String url = real.replace("jdbc:", "jdbc:tierguard:") + ";tierguard.policy=" + file
                + ";tierguard.component=checkout;tierguard.policy-reload=1;tierguard.audit="
                + folder.resolve("audit.jsonl");
        try (Connection owner = DriverManager.getConnection(real, "app", "");
                Statement make = owner.createStatement();
                Connection connection = DriverManager.getConnection(url, "app", "");
                Statement statement = connection.createStatement()) {
            make.execute("CREATE TABLE orders (id INT)");
            assertThatThrownBy(() -> statement.execute(INSERT)).isInstanceOf(DenialException.class);
            write(file, WRITES);
            int threads = Thread.activeCount();
            Instant last = Instant.now().plusSeconds(30);
            boolean isAllowed = false;
            while (!isAllowed && Instant.now().isBefore(last)) {
                Thread.sleep(100);
                try {
                    statement.execute(INSERT);
                    isAllowed = true;
                } catch (DenialException notYet) {
                    assertThat(notYet.reason()).isEqualTo(Reason.NOT_GRANTED);
                }
            }
            assertThat(isAllowed).isTrue();
            assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
        }
        assertThat(Files.readString(folder.resolve("audit.jsonl"))).contains("\"POLICY\"");
    }

    @Test
    void onlyAFileIsWatchedAndOnlyEveryFullSecond() {
        String url = "jdbc:tierguard:h2:mem:x;tierguard.component=checkout;tierguard.policy-reload=";
        for (String wrong : List.of(
                "0;tierguard.policy=" + file,
                "soon;tierguard.policy=" + file,
                "5;tierguard.policy=classpath:docs/shop.tierguard")) {
            assertThatThrownBy(() -> DriverManager.getConnection(url + wrong))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("tierguard.policy-reload");
        }
    }

    /** Notes what is recorded under which policy. */
    private final class Recorded implements AuditLog {
        @Override
        public String decided(AuditSubject subject, AuditStatement statement, int batchSize, Durability durability)
                throws AuditException {
            if (isDiskFull) {
                throw new AuditException("the disk is full", new IOException());
            }
            recorded.add(statement.operation() + " " + subject.policyHash() + " " + durability);
            return "audit-" + recorded.size();
        }

        @Override
        public void completed(
                String id, AuditSubject subject, AuditStatement statement, long rows, long durationNanos) {}

        @Override
        public void failed(
                String id, AuditSubject subject, AuditStatement statement, String sqlState, long durationNanos) {}

        @Override
        public void close() {}
    }
}
