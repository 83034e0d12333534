package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.tierguard.policy.model.Reason;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GuardedObjectTest {
    private final Connection real = mock(Connection.class);
    private final PreparedStatement prepared = mock(PreparedStatement.class);
    private final ResultSet rows = mock(ResultSet.class);
    private final StubSession session = StubSession.allowing();
    private final Connection guarded = session.guard(real);

    @BeforeEach
    void connect() throws SQLException {
        when(real.prepareStatement(anyString())).thenReturn(prepared);
        when(prepared.executeQuery()).thenReturn(rows);
    }

    @Test
    void unwrapGivesTheGuardedObjectAndNeverTheRealOne() throws SQLException {
        assertThat(guarded.unwrap(Connection.class)).isSameAs(guarded);
        assertThat(guarded.isWrapperFor(Connection.class)).isTrue();
        assertThat(guarded.isWrapperFor(guarded.getClass())).isTrue();
        assertThat(guarded.isWrapperFor(real.getClass())).isFalse();
        assertThatThrownBy(() -> guarded.unwrap(real.getClass()))
                .isInstanceOfSatisfying(
                        DenialException.class,
                        denial -> assertThat(denial.reason()).isEqualTo(Reason.ESCAPES_GUARD));
        verifyNoInteractions(real);
    }

    @Test
    void equalityIsIdentityAndTheTextIsThatOfTheRealOne() {
        assertThat(guarded).isNotEqualTo(real).isNotEqualTo(session.guard(real));
        assertThat(guarded.toString()).isEqualTo(real.toString());
    }

    @Test
    void closingTheGuardedOneClosesTheRealOne() throws SQLException {
        guarded.close();
        verify(real).close();
    }

    @Test
    void locatorsThatComeOutMayBeReadAndHandedBackButNotWritten() throws SQLException {
        Blob realBlob = mock(Blob.class);
        when(rows.getBlob(1)).thenReturn(realBlob);
        PreparedStatement statement = guarded.prepareStatement("SELECT b");
        Blob blob = statement.executeQuery().getBlob(1);

        blob.getBytes(1, 2);
        verify(realBlob).getBytes(1, 2);
        assertThatThrownBy(() -> blob.setBytes(1, new byte[0])).isInstanceOf(DenialException.class);
        assertThatThrownBy(() -> blob.truncate(0)).isInstanceOf(DenialException.class);

        statement.setBlob(1, blob);
        verify(prepared).setBlob(1, realBlob);
        statement.setObject(2, blob);
        verify(prepared).setObject(2, realBlob);
        guarded.createStruct("pair", new Object[] {"a", blob});
        verify(real).createStruct("pair", new Object[] {"a", realBlob});
    }

    @Test
    void whatTheApplicationMakesItMayFill() throws SQLException {
        Blob made = mock(Blob.class);
        when(real.createBlob()).thenReturn(made);
        assertThat(guarded.createBlob()).isSameAs(made);
    }

    @Test
    void referencesMayNotBeWrittenThrough() throws SQLException {
        when(rows.getRef(1)).thenReturn(mock(Ref.class));
        Ref ref = guarded.prepareStatement("SELECT r").executeQuery().getRef(1);
        assertThatThrownBy(() -> ref.setObject("x")).isInstanceOf(DenialException.class);
    }

    @Test
    void valuesInsideOfValuesComeOutGuardedToo() throws SQLException {
        Struct struct = mock(Struct.class);
        Array array = mock(Array.class);
        when(rows.getObject(1)).thenReturn(struct);
        when(struct.getAttributes()).thenReturn(new Object[] {"a", array});
        when(array.getResultSet()).thenReturn(rows);
        when(array.getArray()).thenReturn(new Object[] {rows});
        when(rows.getStatement()).thenReturn(prepared);
        when(prepared.getConnection()).thenReturn(real);

        ResultSet ours = guarded.prepareStatement("SELECT s").executeQuery();
        Array inner = (Array) ((Struct) ours.getObject(1)).getAttributes()[1];
        assertThat(inner).isInstanceOf(GuardedArray.class);
        assertThat(inner.getResultSet()).isInstanceOf(GuardedResultSet.class);
        assertThat(((Object[]) inner.getArray())[0]).isInstanceOf(GuardedResultSet.class);
        assertThat(inner.getResultSet().getStatement()).isInstanceOf(GuardedStatement.class);
        assertThat(inner.getResultSet().getStatement().getConnection()).isSameAs(guarded);
    }

    @Test
    void aValueIsRefusedWhereItsGuardedFormHasNotTheTypeAskedFor() throws SQLException {
        ResultSet cursor = mock(ResultSet.class);
        when(rows.getObject(1, ResultSet.class)).thenReturn(cursor);
        when(rows.getObject(1, Object.class)).thenReturn(cursor);
        ResultSet ours = guarded.prepareStatement("SELECT c").executeQuery();
        assertThat(ours.getObject(1, ResultSet.class)).isInstanceOf(GuardedResultSet.class);
        assertThat(ours.getObject(1, Object.class)).isInstanceOf(GuardedResultSet.class);

        Class<? extends ResultSet> vendor = cursor.getClass();
        vendorValue(vendor, cursor);
        assertThatThrownBy(() -> ours.getObject(1, vendor)).isInstanceOf(DenialException.class);
    }

    private <T> void vendorValue(Class<T> type, Object value) throws SQLException {
        when(rows.getObject(1, type)).thenReturn(type.cast(value));
    }

    @Test
    void metadataLeadsBackToTheGuardedConnection() throws SQLException {
        DatabaseMetaData metaData = mock(DatabaseMetaData.class);
        Statement drivers = mock(Statement.class);
        when(real.getMetaData()).thenReturn(metaData);
        when(metaData.getSchemas()).thenReturn(rows);
        when(rows.getStatement()).thenReturn(drivers);
        when(metaData.getConnection()).thenReturn(real);
        when(drivers.getConnection()).thenReturn(real);
        assertThat(guarded.getMetaData().getConnection()).isSameAs(guarded);
        Statement ours = guarded.getMetaData().getSchemas().getStatement();
        assertThat(ours).isInstanceOf(GuardedStatement.class);
        assertThat(ours.getConnection()).isSameAs(guarded);
    }
}
