package io.tierguard.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierguard.jdbc.DenialException;
import io.tierguard.policy.model.Reason;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.fastpath.Fastpath;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.largeobject.LargeObjectManager;
import org.postgresql.util.PGobject;

/** What an application gets that asks a guarded connection for pgjdbc's own interfaces. */
class PostgresqlViewsTest {
    @TempDir
    private Path folder;

    private GuardedTables tables;
    private Connection connection;
    private PGConnection view;

    @BeforeEach
    void connect() throws Exception {
        tables = GuardedTables.open(
                LiveDatabase.POSTGRESQL,
                folder,
                """
                table payment is ledger
                table orders is operational

                tier narrow is mutable {
                  limit insert 2 rows
                }
                table wide is narrow

                component app {
                  grant select on tier ledger
                  grant select, insert, delete on tier operational
                  grant select, insert on tier narrow
                }
                """,
                "CREATE TABLE payment (id INT)",
                "INSERT INTO payment VALUES (1), (2)",
                "CREATE TABLE orders (id INT)",
                "CREATE TABLE wide (id INT)");
        connection = tables.connect();
        view = connection.unwrap(PGConnection.class);
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
        tables.close();
    }

    @Test
    void whatChangesNoRowPasses() throws SQLException {
        assertThat(connection.isWrapperFor(PGConnection.class)).isTrue();
        assertThat(view).isNotInstanceOf(PgConnection.class).isInstanceOf(Connection.class);
        assertThat(view.getBackendPID()).isPositive();
        assertThat(view.getParameterStatus("server_version")).isNotEmpty();
        assertThat(view.escapeLiteral("it's")).isEqualTo("it''s");
        assertThat(view.escapeIdentifier("a\"b")).isEqualTo("\"a\"\"b\"");
        view.setPrepareThreshold(3);
        assertThat(view.getPrepareThreshold()).isEqualTo(3);
        Array array = view.createArrayOf("int4", new int[] {1, 2});
        assertThat(array).hasToString("{\"1\",\"2\"}");
        assertThat(array.getClass().getName()).startsWith("io.tierguard.");
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN shop");
            statement.execute("NOTIFY shop, 'hello'");
        }
        assertThat(view.getNotifications()).hasSize(1);
    }

    @Test
    void theGuardedConnectionItselfHasTheInterface() throws SQLException {
        assertThat(view).isSameAs(connection);
        try (Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("DELETE FROM payment")).isInstanceOf(DenialException.class);
            assertThat(statement.getConnection()).isSameAs(connection);
        }
        assertThatThrownBy(() -> connection.unwrap(PgConnection.class)).isInstanceOf(DenialException.class);
    }

    @Test
    void statementsHaveTheirInterfaceToo() throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement("SELECT id FROM orders WHERE id = ?")) {
            PGStatement statement = prepared.unwrap(PGStatement.class);
            statement.setPrepareThreshold(7);
            assertThat(statement.getPrepareThreshold()).isEqualTo(7);
            assertThat(statement).isSameAs(prepared);
        }
        try (Statement plain = connection.createStatement();
                CallableStatement called = connection.prepareCall("{call lower('A')}")) {
            assertThat(((PGStatement) plain).getLastOID()).isZero();
            assertThat(((PGStatement) called).isUseServerPrepare()).isFalse();
            assertThat(plain.executeQuery("SELECT 1").getStatement()).isSameAs(plain);
        }
    }

    @Test
    void aCopyIsJudgedAndCounted() throws Exception {
        CopyManager copy = view.getCopyAPI();
        assertThat(copy.copyIn("COPY orders FROM STDIN", new StringReader("1\n2\n3\n")))
                .isEqualTo(3);
        assertThat(copy.copyIn(
                        "COPY orders FROM STDIN", new ByteArrayInputStream("4\n".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(1);
        CopyIn piecewise = copy.copyIn("COPY orders FROM STDIN");
        piecewise.writeToCopy(new byte[] {'5', '\n'}, 0, 2);
        assertThat(piecewise.endCopy()).isEqualTo(1);
        StringWriter written = new StringWriter();
        assertThat(copy.copyOut("COPY payment TO STDOUT", written)).isEqualTo(2);
        assertThat(written).hasToString("1\n2\n");
        assertThat(tables.count("orders")).isEqualTo(5);

        assertDenied(() -> copy.copyIn("COPY payment FROM STDIN", new StringReader("3\n")));
        assertDenied(() -> copy.copyIn("COPY payment FROM STDIN"));
        assertDenied(() -> copy.copyOut("COPY (DELETE FROM payment RETURNING id) TO STDOUT", new StringWriter()));
        assertDenied(() -> copy.copyOut("COPY orders TO STDOUT; DELETE FROM payment"));
        assertDenied(() -> copy.copyDual("COPY orders FROM STDIN"));
        assertThat(tables.count("payment")).isEqualTo(2);
    }

    @Test
    void underALimitOfRowsThereIsNoCopy() throws Exception {
        CopyManager copy = view.getCopyAPI();
        assertThatThrownBy(() -> copy.copyIn("COPY wide FROM STDIN", new StringReader("1\n")))
                .isInstanceOfSatisfying(
                        DenialException.class,
                        denial -> assertThat(denial.reason()).isEqualTo(Reason.ROW_LIMIT));
        assertDenied(() -> copy.copyIn("COPY wide FROM STDIN"));
        assertThat(tables.count("wide")).isZero();
    }

    @Test
    void everyWayOfCopyingIsJudged() throws Exception {
        List<String> inherited = new ArrayList<>();
        for (Method method : view.getCopyAPI().getClass().getMethods()) {
            if (method.getDeclaringClass() == CopyManager.class) {
                inherited.add(method.toString());
            }
        }
        assertThat(inherited).isEmpty();
    }

    @Test
    void whatCouldChangeRowsWithoutSqlIsRefused() throws Exception {
        Set<String> refused = Set.of("getLargeObjectAPI", "getFastpathAPI", "alterUserPassword");
        int seen = 0;
        for (Method method : PGConnection.class.getMethods()) {
            if (refused.contains(method.getName())) {
                seen++;
                assertThatThrownBy(() -> method.invoke(view, new Object[method.getParameterCount()]))
                        .as(method.getName())
                        .isInstanceOf(InvocationTargetException.class)
                        .hasCauseInstanceOf(DenialException.class);
            }
        }
        assertThat(seen).isEqualTo(refused.size());
        assertWithheld(view::getReplicationAPI);
        assertDenied(() -> view.createArrayOf("int); DELETE FROM payment; --", new int[0]));
        assertDenied(() -> view.addDataType("x\"; DELETE", PGobject.class));
    }

    @Test
    void theInterfaceOfItsOwnClassesLeadsThemNowhereEither() throws SQLException {
        BaseConnection base = (BaseConnection) connection;
        assertThat(connection.unwrap(BaseConnection.class)).isSameAs(connection);
        assertThat(connection.isWrapperFor(BaseConnection.class)).isTrue();
        assertThat(base.haveMinimumServerVersion(140000)).isTrue();
        assertThat(base.getTransactionState()).isEqualTo(TransactionState.IDLE);
        assertThat(base.escapeString("it's")).isEqualTo("it''s");
        try (ResultSet rows = base.execSQLQuery("SELECT id FROM payment ORDER BY id")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getStatement().getConnection()).isSameAs(connection);
        }
        base.execSQLUpdate("INSERT INTO orders VALUES (1)");
        assertThat(tables.count("orders")).isEqualTo(1);
        assertDenied(() -> base.execSQLUpdate("DELETE FROM payment"));
        assertDenied(() -> base.execSQLQuery("DELETE FROM payment RETURNING id"));
        assertDenied(() -> base.createQuery("DELETE FROM payment", false, false));
        assertWithheld(() -> new CopyManager(base));
        assertWithheld(() -> new Fastpath(base));
        assertThatThrownBy(() -> new LargeObjectManager(base)).isNotNull();
        assertWithheld(base::getQueryExecutor);
        assertWithheld(base::getReplicationProtocol);
        assertWithheld(base::getTypeInfo);
        assertWithheld(base::getFieldMetadataCache);
        assertThat(tables.count("payment")).isEqualTo(2);
    }

    /** A method that declares no SQLException cannot throw one. */
    private static void assertWithheld(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasCauseInstanceOf(DenialException.class);
    }

    @Test
    void aDenialNamesTheApplicationsOwnFrame() {
        assertThatThrownBy(() -> connection.prepareStatement("DELETE FROM payment"))
                .isInstanceOfSatisfying(
                        DenialException.class,
                        denial -> assertThat(denial.callingFrame())
                                .startsWith(PostgresqlViewsTest.class.getName() + ".")
                                .contains("PostgresqlViewsTest.java:"));
    }

    private static void assertDenied(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(DenialException.class);
    }

    @Test
    void namesThatTheDriverQuotesMayBeAnyNames() throws SQLException {
        String name = "it's \"odd\"; DROP TABLE payment";
        try (Connection past = tables.connectPastTheGuard();
                Statement setup = past.createStatement()) {
            setup.execute("CREATE SCHEMA \"" + name.replace("\"", "\"\"") + '"');
        }
        connection.setSchema(name);
        assertThat(connection.getSchema()).isEqualTo(name);
        connection.setSchema("public");
        connection.setAutoCommit(false);
        connection.rollback(connection.setSavepoint(name));
        try (PreparedStatement returning =
                connection.prepareStatement("INSERT INTO orders VALUES (9)", new String[] {"id"})) {
            returning.execute();
            assertThat(returning.getGeneratedKeys().next()).isTrue();
        }
        connection.rollback();
        assertThatThrownBy(() -> connection.prepareStatement(
                        "INSERT INTO orders VALUES (9)", new String[] {"\"id\", (SELECT 1)"}))
                .isInstanceOf(DenialException.class);
    }
}
