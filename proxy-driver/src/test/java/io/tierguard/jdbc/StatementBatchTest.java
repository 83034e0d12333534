package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementBatchTest {
    private final Connection real = mock(Connection.class);
    private final Statement statement = mock(Statement.class);
    private final PreparedStatement prepared = mock(PreparedStatement.class);

    @Test
    void theSessionIsReadAtMostOnceForABatch() throws SQLException {
        StubSession session = StubSession.allowing();
        try (Connection h2 = DriverManager.getConnection("jdbc:h2:mem:");
                Statement ours = session.guard(h2).createStatement()) {
            ours.addBatch("SET @a = 1");
            ours.addBatch("SET @b = 2");
            ours.addBatch("SET @c = 3");
            session.becomeStale();
            ours.executeBatch();
        }
        assertThat(session.refreshes()).isEqualTo(1);
    }

    @Test
    void aBatchThatChangesTheSessionMustPassAsOneTextToo() throws SQLException {
        StubSession session = StubSession.refusing("x\n;\ndelete");
        when(real.createStatement()).thenReturn(statement);
        when(statement.executeQuery(anyString())).thenThrow(new SQLException("the facts stay stale"));
        Statement ours = session.guard(real).createStatement();
        ours.addBatch("SET SCHEMA x");
        ours.addBatch("DELETE FROM t");
        assertThatThrownBy(ours::executeBatch).isInstanceOf(DenialException.class);
        assertThatThrownBy(ours::executeLargeBatch).isInstanceOf(DenialException.class);
        verify(statement, never()).executeBatch();
        verify(statement, never()).executeLargeBatch();
        assertThat(session.events())
                .endsWith(
                        "SET SCHEMA x times 1",
                        "DELETE FROM t times 1",
                        "prepare SET SCHEMA x\n;\nDELETE FROM t",
                        "failed 42501",
                        "failed 42501");
    }

    @Test
    void aBatchThatChangesNothingInTheSessionIsNotJoined() throws SQLException {
        StubSession session = StubSession.allowing();
        when(real.createStatement()).thenReturn(statement);
        when(statement.executeBatch()).thenReturn(new int[] {1, 1});
        Statement ours = session.guard(real).createStatement();
        ours.addBatch("INSERT a");
        ours.addBatch("INSERT b");
        ours.executeBatch();
        assertThat(session.events()).doesNotContain("prepare INSERT a\n;\nINSERT b");
    }

    @Test
    void aPreparedTextThatChangesTheSessionIsJoinedWithItselfWhenItRunsAgain() throws SQLException {
        StubSession session = StubSession.refusing("x\n;\nset");
        when(real.prepareStatement(anyString())).thenReturn(prepared);
        PreparedStatement ours = Objects.requireNonNull(session.guard(real).prepareStatement("SET SCHEMA x"));
        ours.addBatch();
        ours.addBatch();
        assertThatThrownBy(ours::executeBatch).isInstanceOf(DenialException.class);
        verify(prepared, never()).executeBatch();
    }

    /** Where a text holds one statement, several joined are never read. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ORACLE    | CREATE TABLE a (b INT) | false
            ORACLE    | delete from a          | true
            ORACLE    | CREATE TABLE a; x      | true
            ORACLE    | CREATE VIEW a AS x     | true
            ANSI      | create  index a on b   | false
            SQLSERVER | CREATE TABLE a (b INT) | true
            H2        | CREATE TABLE a (b INT) | true
            """)
    void definitionsOfTablesAreNotJoinedWhereATextHoldsOneStatement(Dialect dialect, String text, boolean isJoined)
            throws SQLException {
        StubSession session = StubSession.allowing().changingBy("DROP TABLE");
        when(real.createStatement()).thenReturn(statement);
        when(statement.executeBatch()).thenReturn(new int[] {0, 0});
        Statement ours = session.guard(real, dialect).createStatement();
        ours.addBatch("DROP TABLE c");
        ours.addBatch(text);
        ours.executeBatch();
        assertThat(session.events().contains("prepare DROP TABLE c\n;\n" + text))
                .isEqualTo(isJoined);
    }
}
