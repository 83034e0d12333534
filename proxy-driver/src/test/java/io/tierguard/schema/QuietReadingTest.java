package io.tierguard.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.tierguard.sql.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.ArgumentCaptor;
import org.mockito.InOrder;

/** What a reading of the catalog sets, it sets for itself alone. */
class QuietReadingTest {
    private static final Map<String, String> SETTINGS =
            Map.of("lock_timeout", "250ms", "jit", "off", "work_mem", "1MB");

    private final Connection connection = mock(Connection.class);
    private final Statement statement = mock(Statement.class);

    @BeforeEach
    void answer() throws SQLException {
        when(connection.createStatement()).thenReturn(statement);
        when(connection.getAutoCommit()).thenReturn(true);
    }

    @Test
    void aTransactionOfItsOwnHoldsWhatIsSet() throws SQLException {
        Statement reading = mock(Statement.class);
        QuietReading.through(connection, Dialect.POSTGRESQL, () -> reading.execute("read"));
        ArgumentCaptor<String> text = ArgumentCaptor.forClass(String.class);
        InOrder order = inOrder(connection, statement, reading);
        order.verify(connection).setAutoCommit(false);
        order.verify(statement).execute(text.capture());
        order.verify(reading).execute("read");
        order.verify(connection).rollback();
        order.verify(connection).setAutoCommit(true);
        SETTINGS.forEach((name, value) ->
                assertThat(text.getValue()).contains("set_config('" + name + "', '" + value + "', true)"));
    }

    @ParameterizedTest
    @EnumSource(value = Dialect.class, mode = EnumSource.Mode.EXCLUDE, names = "POSTGRESQL")
    void otherDatabasesAreReadAsTheyAre(Dialect dialect) throws SQLException {
        assertThat(QuietReading.<String>through(connection, dialect, () -> "read"))
                .isEqualTo("read");
        verify(statement, never()).execute(anyString());
    }

    @Test
    void aBranchIsReadAsItIs() throws SQLException {
        when(connection.getAutoCommit()).thenReturn(false);
        hasForeignOperators(false);
        assertThat(QuietReading.<String>through(connection, Dialect.POSTGRESQL, () -> "read"))
                .isEqualTo("read");
        verify(statement, never()).execute(anyString());
    }

    /** Nothing can be set in it, so that the queries would be answered by operators of a user's own. */
    @Test
    void aBranchBesideForeignOperatorsIsNotRead() throws SQLException {
        when(connection.getAutoCommit()).thenReturn(false);
        hasForeignOperators(true);
        assertThatThrownBy(() -> QuietReading.<String>through(connection, Dialect.POSTGRESQL, () -> "read"))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        untold -> assertThat(CatalogRights.areMissing(untold)).isTrue());
    }

    private void hasForeignOperators(boolean has) throws SQLException {
        ResultSet row = mock(ResultSet.class);
        when(row.next()).thenReturn(true);
        when(row.getBoolean(1)).thenReturn(has);
        when(statement.executeQuery(anyString())).thenReturn(row);
    }
}
