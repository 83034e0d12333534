package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import io.tierguard.policy.model.Reason;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class IdentifiersTest {
    private static final List<String> INJECTIONS = List.of(
            "a\"; DELETE FROM t; --",
            "wipe()",
            "wipe( )",
            "a; b",
            "a'b",
            "a\\b",
            "a\nb",
            "a\0b",
            "a--b",
            "a/*b",
            "a\u200bb");
    private static final String INJECTION = "a\"; DELETE FROM t; --";

    private final Connection real = mock(Connection.class);
    private final StubSession session = StubSession.allowing();
    private final Connection guarded = session.guard(real);

    @Test
    void namesAsApplicationsUseThemArePlain() {
        assertThat(List.of(
                        "id",
                        "my schema",
                        "Gr\u00f6\u00dfe",
                        "gro\u0308\u00dfe",
                        "t.id",
                        "*",
                        "sp_1-a",
                        "$user",
                        "a#",
                        "@x",
                        "\u8868",
                        ""))
                .allMatch(Identifiers::isPlain);
    }

    @Test
    void whatCouldEndANameIsNeitherPlainNorATypesName() {
        assertThat(Identifiers.isPlain("#MYSQL50#a")).isFalse();
        assertThat(INJECTIONS).noneMatch(Identifiers::isPlain).noneMatch(Identifiers::isTypeName);
    }

    @Test
    void typesNamesMayHaveSizesDimensionsAndQuotes() {
        assertThat(List.of(
                        "int4",
                        "_text",
                        "text[]",
                        "text[3][]",
                        "character varying",
                        "numeric(10, 2)",
                        "timestamp(6) with time zone",
                        "\"MySchema\".\"my_type\"",
                        "\"odd(\"\"name\"[]"))
                .allMatch(Identifiers::isTypeName);
        assertThat(List.of("a(", "a[", "a]", "a)", "a(b)", "a()", "\"a", "\"a;b\"", "\"a\nb\"", "a(1);b"))
                .noneMatch(Identifiers::isTypeName);
    }

    @Test
    void noInjectedNameReachesTheRealConnection() throws SQLException {
        Savepoint foreign = mock(Savepoint.class);
        when(foreign.getSavepointName()).thenReturn(INJECTION);
        assertRefused("Connection.setSavepoint", () -> guarded.setSavepoint(INJECTION));
        assertRefused("Connection.releaseSavepoint", () -> guarded.releaseSavepoint(foreign));
        assertRefused("Connection.rollback", () -> guarded.rollback(foreign));
        assertRefused("Connection.setSchema", () -> guarded.setSchema(INJECTION));
        assertRefused("Connection.setCatalog", () -> guarded.setCatalog(INJECTION));
        assertRefused("Connection.setTypeMap", () -> guarded.setTypeMap(Map.of(INJECTION, String.class)));
        assertRefused("Connection.createArrayOf", () -> guarded.createArrayOf(INJECTION, new Object[0]));
        assertRefused("Connection.createStruct", () -> guarded.createStruct(INJECTION, new Object[0]));
        assertRefused(
                "Connection.prepareStatement",
                () -> guarded.prepareStatement("INSERT a", new String[] {"id", "wipe()"}));
        verify(real, atLeastOnce()).getAutoCommit(); // whether there is a transaction that is doomed by it
        verifyNoMoreInteractions(real);
    }

    @Test
    void noInjectedNameReachesTheRealStatement() throws SQLException {
        Statement statement = mock(Statement.class);
        when(real.createStatement()).thenReturn(statement);
        Statement ours = guarded.createStatement();
        String[] names = {"wipe()"};
        assertRefused("Statement.execute", () -> ours.execute("INSERT a", names));
        assertRefused("Statement.executeUpdate", () -> ours.executeUpdate("INSERT a", names));
        assertRefused("Statement.executeLargeUpdate", () -> ours.executeLargeUpdate("INSERT a", names));
        assertRefused("Statement.setCursorName", () -> ours.setCursorName(INJECTION));
        verifyNoInteractions(statement);
        assertThat(session.events()).allMatch(event -> event.startsWith("refuse "));
    }

    @Test
    void noInjectedTypeReachesTheRealPreparedStatement() throws SQLException {
        PreparedStatement prepared = mock(PreparedStatement.class);
        CallableStatement callable = mock(CallableStatement.class);
        when(real.prepareStatement(anyString())).thenReturn(prepared);
        when(real.prepareCall(anyString())).thenReturn(callable);
        PreparedStatement ours = guarded.prepareStatement("SELECT ?");
        CallableStatement call = guarded.prepareCall("CALL f()");
        String out = "CallableStatement.registerOutParameter";
        assertRefused("PreparedStatement.setNull", () -> ours.setNull(1, Types.OTHER, INJECTION));
        assertRefused("CallableStatement.setNull", () -> call.setNull("a", Types.OTHER, INJECTION));
        assertRefused(out, () -> call.registerOutParameter(1, Types.OTHER, INJECTION));
        assertRefused(out, () -> call.registerOutParameter("a", Types.OTHER, INJECTION));
        assertRefused(out, () -> call.registerOutParameter(1, JDBCType.OTHER, INJECTION));
        assertRefused(out, () -> call.registerOutParameter("a", JDBCType.OTHER, INJECTION));
        verifyNoInteractions(prepared, callable);
    }

    @Test
    void plainNamesReachTheRealDriver() throws SQLException {
        guarded.setSavepoint("before import");
        verify(real).setSavepoint("before import");
        guarded.createArrayOf("character varying", new Object[0]);
        verify(real).createArrayOf("character varying", new Object[0]);
        guarded.prepareStatement("INSERT a", new String[] {"id"});
        verify(real).prepareStatement("INSERT a", new String[] {"id"});
        Savepoint unnamed = mock(Savepoint.class);
        when(unnamed.getSavepointName()).thenThrow(new SQLException("it has a number"));
        guarded.rollback(unnamed);
        verify(real).rollback(unnamed);
        guarded.setTypeMap(Map.of());
        verify(real).setTypeMap(any());
        verifyNoMoreInteractions(real);
    }

    @Test
    void aSavepointsNameRunsNothingOnH2() throws SQLException {
        try (Connection h2 = DriverManager.getConnection("jdbc:h2:mem:");
                Statement statement = h2.createStatement()) {
            statement.execute("CREATE TABLE t (id INT)");
            statement.execute("INSERT INTO t VALUES (1)");
            h2.setAutoCommit(false);
            Connection ours = session.guard(h2);
            assertRefused("Connection.setSavepoint", () -> ours.setSavepoint(INJECTION));
            Savepoint savepoint = ours.setSavepoint("vor dem \u00c4ndern");
            statement.execute("DELETE FROM t");
            ours.rollback(savepoint);
            assertThat(statement.executeQuery("SELECT * FROM t").next()).isTrue();
        }
    }

    private void assertRefused(String operation, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DenialException.class,
                        denial -> assertThat(denial.reason()).isEqualTo(Reason.ESCAPES_GUARD));
        assertThat(session.events()).endsWith("refuse " + operation);
    }
}
