package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.tierguard.sql.Dialect;
import io.tierguard.sql.LexicalModes;
import io.tierguard.sql.SessionFacts;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GateTest {
    private final StubSession session = StubSession.allowing();
    private Connection real;
    private Connection guarded;

    @BeforeEach
    void connect() throws SQLException {
        real = DriverManager.getConnection("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "");
        try (Statement statement = real.createStatement()) {
            statement.execute("CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR, price INT)");
            statement.execute("CREATE TABLE other (id INT PRIMARY KEY)");
            statement.execute("INSERT INTO item VALUES (1, 'a', 10), (2, 'b', 20)");
            statement.execute("INSERT INTO other VALUES (1)");
        }
        guarded = session.guard(real);
    }

    @AfterEach
    void disconnect() throws SQLException {
        real.close();
    }

    @Test
    void theFactsOfAnH2SessionAreItsCurrentSchemaAndItsSearchPath() throws SQLException {
        try (Statement statement = real.createStatement()) {
            statement.execute(
                    "CREATE SCHEMA a; CREATE SCHEMA \"we;i\"\"rd\"; SET SCHEMA_SEARCH_PATH A, \"we;i\"\"rd\"");
            assertThat(SessionReader.read(real, Dialect.H2).schemaPath()).containsExactly("public", "a", "we;i\"rd");
            statement.execute("SET SCHEMA A; SET MODE MSSQLServer");
        }
        SessionFacts facts = SessionReader.read(real, Dialect.H2);
        assertThat(facts.schemaPath()).containsExactly("a", "we;i\"rd");
        assertThat(facts.user()).isEqualTo("SA");
        assertThat(facts.modes()).isEqualTo(new LexicalModes(Dialect.H2, false, true));
    }

    @Test
    void theFactsAreReadableInEveryCaseModeAndByEveryUser() throws SQLException {
        for (String mode : List.of("DATABASE_TO_LOWER=TRUE", "DATABASE_TO_UPPER=FALSE", "MODE=MSSQLServer")) {
            String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";" + mode;
            try (Connection owner = DriverManager.getConnection(url, "sa", "");
                    Statement statement = owner.createStatement()) {
                statement.execute("CREATE USER \"plain\" PASSWORD 'x'");
                try (Connection plain = DriverManager.getConnection(url, "plain", "x")) {
                    SessionFacts facts = SessionReader.read(plain, Dialect.H2);
                    assertThat(facts.user()).isEqualToIgnoringCase("plain");
                    assertThat(facts.schemaPath()).containsExactly("public");
                    assertThat(facts.modes().squareBracketNames()).isEqualTo(mode.startsWith("MODE"));
                } catch (SQLException failure) {
                    throw new AssertionError(mode, failure);
                }
            }
        }
    }

    @Test
    void staleFactsAreReadAgainBeforeTheNextTextInAutoCommit() throws SQLException {
        session.becomeStale();
        try (Statement statement = guarded.createStatement()) {
            statement.execute("SELECT 1");
        }
        assertThat(session.refreshed()).isNotNull();
    }

    @Test
    void withoutAutoCommitTheyAreReadAfterTheTransaction() throws SQLException {
        guarded.setAutoCommit(false);
        session.becomeStale();
        guarded.commit();
        assertThat(session.refreshed()).isNotNull();
    }

    @Test
    void h2LetsThemBeReadInATransactionToo() throws SQLException {
        guarded.setAutoCommit(false);
        session.becomeStale();
        try (Statement statement = guarded.createStatement()) {
            statement.execute("SELECT 1");
        }
        assertThat(session.refreshed()).isNotNull();
    }

    @Test
    void factsThatCannotBeReadStayStale() throws SQLException {
        Connection broken = mock(Connection.class);
        Statement statement = mock(Statement.class);
        when(broken.getAutoCommit()).thenReturn(true);
        when(broken.createStatement()).thenThrow(new SQLException("no")).thenReturn(statement);
        session.becomeStale();
        session.guard(broken).prepareStatement("SELECT 1");
        assertThat(session.isStale()).isTrue();
        verify(broken).prepareStatement("SELECT 1");
    }

    @Test
    void theEndOfATransactionAndAChangedPathAreTold() throws SQLException {
        guarded.setAutoCommit(false);
        Savepoint savepoint = guarded.setSavepoint();
        guarded.rollback(savepoint);
        guarded.commit();
        guarded.rollback();
        guarded.setAutoCommit(true);
        guarded.setSchema("INFORMATION_SCHEMA");
        assertThat(session.events())
                .containsExactly(
                        "transaction ended",
                        "transaction ended",
                        "transaction ended",
                        "transaction ended",
                        "schema path changing",
                        "schema path changing",
                        "schema path changed");
    }

    @Test
    void aPathIsTakenForChangedBeforeTheDriverChangesItAndEvenIfItFails() throws SQLException {
        Connection watched = mock(Connection.class);
        doAnswer(call -> session.events().add("real " + call.getArgument(0)))
                .when(watched)
                .setSchema("my schema");
        doAnswer(call -> {
                    session.events().add("real " + call.getArgument(0));
                    throw new SQLException("no");
                })
                .when(watched)
                .setSchema("B\u00fccher");
        Connection ours = session.guard(watched);
        ours.setSchema("my schema");
        assertThatThrownBy(() -> ours.setSchema("B\u00fccher")).isInstanceOf(SQLException.class);
        assertThat(session.events())
                .containsExactly(
                        "schema path changing",
                        "real my schema",
                        "schema path changing",
                        "schema path changed",
                        "schema path changing",
                        "real B\u00fccher",
                        "schema path changing");
    }

    @Test
    void rowChangesNameTheirTableAndTheColumnsThatWereSet() throws SQLException {
        try (Statement statement = updatable(guarded);
                ResultSet rows = statement.executeQuery("SELECT id, name AS label, price FROM item ORDER BY id")) {
            rows.next();
            rows.updateString("LABEL", "x");
            rows.updateInt(3, 5);
            rows.updateRow();
            rows.next();
            rows.deleteRow();
            rows.moveToInsertRow();
            rows.updateInt(1, 3);
            rows.insertRow();
        }
        assertThat(session.events())
                .containsSequence("ResultSet.updateRow on public.item [name, price]", "completed 1")
                .containsSequence("ResultSet.deleteRow on public.item", "completed 1")
                .containsSequence("ResultSet.insertRow on public.item [id]", "completed 1");
    }

    @Test
    void anAliasDoesNotHideTheColumnThatH2Writes() throws SQLException {
        try (Statement statement = updatable(guarded);
                ResultSet rows = statement.executeQuery("SELECT id, price AS name FROM item ORDER BY id")) {
            rows.next();
            rows.updateInt("NAME", 99);
            rows.updateRow();
        }
        assertThat(session.events()).contains("ResultSet.updateRow on public.item [price]");
        try (Statement statement = real.createStatement();
                ResultSet row = statement.executeQuery("SELECT name, price FROM item WHERE id = 1")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("a");
            assertThat(row.getInt(2)).isEqualTo(99);
        }
    }

    @Test
    void aRowChangeOnPostgresqlIsOneOfEveryColumnWhereWhatTellsOfThemIsNotItsDriver() throws SQLException {
        Connection asPostgresql = session.guard(real, Dialect.POSTGRESQL);
        try (Statement statement = updatable(asPostgresql);
                ResultSet rows = statement.executeQuery("SELECT id, price AS name FROM item ORDER BY id")) {
            rows.next();
            rows.updateInt("NAME", 99);
            rows.updateRow();
            rows.moveToInsertRow();
            rows.updateInt(1, 3);
            rows.insertRow();
        }
        assertThat(session.events())
                .contains("ResultSet.updateRow on public.item", "ResultSet.insertRow on public.item");
    }

    @Test
    void cancelledUpdatesAreForgottenAndKeptOnesAreNot() throws SQLException {
        try (Statement statement = updatable(guarded);
                ResultSet rows = statement.executeQuery("SELECT id, price FROM item ORDER BY id")) {
            rows.next();
            rows.updateInt(1, 7);
            rows.cancelRowUpdates();
            rows.updateInt(2, 5);
            rows.updateRow();
        }
        assertThat(session.events()).contains("ResultSet.updateRow on public.item [price]");
    }

    @Test
    void aRowOfSeveralTablesIsNotChanged() throws SQLException {
        try (Statement statement = updatable(guarded);
                ResultSet rows = statement.executeQuery("SELECT i.id, o.id FROM item i, other o")) {
            rows.next();
            assertThatThrownBy(rows::deleteRow)
                    .isInstanceOf(DenialException.class)
                    .hasMessageContaining("it changes a table that the result set does not name");
        }
    }

    @Test
    void postgresqlsGuessOfTheTableMustBeTheTableOfTheColumns() throws SQLException {
        Connection asPostgresql = session.guard(real, Dialect.POSTGRESQL);
        try (Statement statement = updatable(asPostgresql)) {
            try (ResultSet rows = statement.executeQuery("SELECT i.id FROM other o JOIN item i ON i.id = o.id")) {
                rows.next();
                assertThatThrownBy(rows::deleteRow).isInstanceOf(DenialException.class);
            }
            try (ResultSet rows = statement.executeQuery("SELECT id FROM item")) {
                rows.next();
                rows.deleteRow();
            }
        }
        assertThat(session.events()).contains("ResultSet.deleteRow on public.item");
    }

    private static Statement updatable(Connection connection) throws SQLException {
        return connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
    }
}
