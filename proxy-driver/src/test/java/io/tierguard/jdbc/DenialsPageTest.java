package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tierguard.audit.AuditException;
import io.tierguard.audit.AuditLog;
import io.tierguard.audit.AuditStatement;
import io.tierguard.audit.AuditSubject;
import io.tierguard.guard.ConnectionPlace;
import io.tierguard.guard.Guard;
import io.tierguard.policy.PolicyLoader;
import io.tierguard.policy.PolicyOutcome;
import io.tierguard.policy.model.Denial;
import io.tierguard.policy.model.Durability;
import io.tierguard.policy.model.Observation;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.Reason;
import io.tierguard.sql.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The reference page on denials has a section for every reason, and its examples are denied as it says; {@code
 * -Dgolden.update=true} writes the messages into the page instead.
 */
class DenialsPageTest {
    private static final Path PAGE = Path.of("../docs/reference/denials.md");
    private static final String NOT_YET = "*This version does not give it";

    private final String database = "jdbc:h2:mem:" + UUID.randomUUID();
    private final PageAudit audit = new PageAudit();
    private Connection owner;

    @BeforeEach
    void createShop() throws SQLException {
        owner = DriverManager.getConnection(database, "owner", "");
        try (Statement statement = owner.createStatement()) {
            statement.execute("CREATE TABLE closed_year (id INT PRIMARY KEY, total INT)");
            statement.execute("CREATE TABLE orders (id INT PRIMARY KEY, state VARCHAR)");
            statement.execute("INSERT INTO orders VALUES (11, 'new'), (12, 'new'), (13, 'new')");
            statement.execute("CREATE TABLE draft (id INT PRIMARY KEY)");
            statement.execute("CREATE TABLE invoice (id INT PRIMARY KEY)");
            statement.execute("CREATE TABLE customer (id INT PRIMARY KEY)");
            statement.execute("CREATE TABLE payment (id INT PRIMARY KEY, order_id INT, amount INT, note VARCHAR,"
                    + " CONSTRAINT fk_payment_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE)");
            statement.execute("CREATE USER checkout_rw PASSWORD '' ADMIN");
        }
    }

    @AfterEach
    void dropShop() throws SQLException {
        owner.close();
    }

    @Test
    void hasASectionForEveryReasonInOrder() throws IOException {
        assertThat(Files.readString(PAGE).lines().filter(line -> line.startsWith("## ")))
                .containsExactlyElementsOf(Arrays.stream(Reason.values())
                        .map(reason -> "## " + reason.code())
                        .toList());
    }

    @Test
    void marksExactlyTheReasonsThatNothingGivesYet() throws IOException {
        Set<Reason> given = given();
        for (Reason reason : Reason.values()) {
            assertThat(section(reason).contains(NOT_YET)).as(reason.code()).isEqualTo(!given.contains(reason));
        }
    }

    @Test
    void showsThePolicyOfItsExamples() throws IOException {
        assertThat(block("tierguard", Files.readString(PAGE)))
                .hasValue(policyText().strip());
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void showsTheMessageOfItsExample(Reason reason) throws IOException {
        String section = section(reason);
        if (section.contains(NOT_YET)) {
            return;
        }
        Throwable failure = catchThrowable(() -> attempt(reason, block("sql", section)));
        assertThat(failure).isInstanceOf(DenialException.class);
        assertThat(((DenialException) failure).denials())
                .extracting(Denial::reason)
                .contains(reason);
        String message = String.valueOf(failure.getMessage());
        String shown = block("text", section).orElseThrow();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, Files.readString(PAGE).replace(section, section.replace(shown, message)));
        } else {
            assertThat(shown).isEqualTo(message);
        }
        assertThat(section.lines().filter(line -> line.startsWith("- **Who "))).hasSize(2);
    }

    private void attempt(Reason reason, Optional<String> sql) throws SQLException, IOException {
        audit.isFull = reason == Reason.NO_AUDIT;
        String user = reason == Reason.WRONG_USER ? "owner" : "checkout_rw";
        try (Connection connection = guarded(user);
                Statement statement = connection.createStatement()) {
            if (reason == Reason.ESCAPES_GUARD) {
                connection.unwrap(JdbcConnection.class);
            } else if (reason == Reason.TRANSACTION_DENIED) {
                connection.setAutoCommit(false);
                assertThat(catchThrowable(() -> statement.execute("DELETE FROM payment WHERE id = 1")))
                        .isInstanceOf(DenialException.class);
                statement.execute(sql.orElseThrow());
            } else {
                statement.execute(sql.orElseThrow());
            }
        }
    }

    private Connection guarded(String user) throws SQLException, IOException {
        PolicyOutcome outcome = PolicyLoader.load("shop.tierguard", policyText());
        Policy policy = ((PolicyOutcome.Loaded) outcome).policy();
        Guard guard = new Guard(policy, policy.component("checkout").orElseThrow(), "1.0", Dialect.H2, audit);
        Connection real = DriverManager.getConnection(database, user, "");
        return new Protection(guard, Dialect.H2, OnDenial.DOOM)
                .guard(real, database, ConnectionPlace.EMBEDDED, Optional.empty());
    }

    private static String policyText() throws IOException {
        return Files.readString(Path.of("src/test/resources/docs/shop.tierguard"));
    }

    private static String section(Reason reason) throws IOException {
        String after = Files.readString(PAGE).split("\n## " + reason.code() + "\n", 2)[1];
        return after.split("\n## ", 2)[0];
    }

    /** The first code block of a language. */
    private static Optional<String> block(String language, String text) {
        Matcher block = Pattern.compile("```" + language + "\n(.*?)\n```", Pattern.DOTALL)
                .matcher(text);
        return block.find() ? Optional.of(block.group(1)) : Optional.empty();
    }

    /** The reasons that some class names. */
    private static Set<Reason> given() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.tierguard");
        Set<Reason> given = EnumSet.noneOf(Reason.class);
        for (JavaFieldAccess access : classes.get(Reason.class).getFieldAccessesToSelf()) {
            for (Reason reason : Reason.values()) {
                if (access.getTarget().getName().equals(reason.name())
                        && !access.getOriginOwner().isEquivalentTo(Reason.class)
                        && !access.getOriginOwner().isEquivalentTo(Observation.class)) {
                    given.add(reason);
                }
            }
        }
        return given;
    }

    /** An audit log that gives every record the same id, or whose disk is full. */
    private static final class PageAudit implements AuditLog {
        private boolean isFull;

        @Override
        public String decided(AuditSubject subject, AuditStatement statement, int batchSize, Durability durability)
                throws AuditException {
            if (isFull) {
                throw new AuditException(
                        "cannot write the audit log /var/log/shop/audit.jsonl: No space left on device",
                        new IOException());
            }
            return "61JPNQ1J-7";
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
