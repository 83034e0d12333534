package io.tierguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.tierguard.audit.BoundValues;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.net.MalformedURLException;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a statement keeps of the values that are bound to it; rules E18 and E19. */
class RecordedParametersTest {
    /** An argument of each type, and what a record shows of it. */
    private static final Map<Class<?>, Map.Entry<Object, String>> SAMPLES = samples();

    private final StubSession session = StubSession.showingValues();
    private final Connection real = mock(Connection.class);
    private final PreparedStatement prepared = mock(PreparedStatement.class);
    private final CallableStatement callable = mock(CallableStatement.class);

    @BeforeEach
    void prepare() throws SQLException {
        when(real.prepareStatement(anyString())).thenReturn(prepared);
        when(real.prepareCall(anyString())).thenReturn(callable);
    }

    private static Map<Class<?>, Map.Entry<Object, String>> samples() {
        Map<Class<?>, Map.Entry<Object, String>> samples = new HashMap<>();
        samples.put(boolean.class, Map.entry(true, "true"));
        samples.put(byte.class, Map.entry((byte) 3, "3"));
        samples.put(short.class, Map.entry((short) 4, "4"));
        samples.put(int.class, Map.entry(5, "5"));
        samples.put(long.class, Map.entry(6L, "6"));
        samples.put(float.class, Map.entry(1.5f, "1.5"));
        samples.put(double.class, Map.entry(2.5, "2.5"));
        samples.put(BigDecimal.class, Map.entry(new BigDecimal("7.10"), "7.10"));
        samples.put(String.class, Map.entry("Ada", "Ada"));
        samples.put(byte[].class, Map.entry(new byte[12], "<byte[], length 12>"));
        samples.put(Object.class, Map.entry(List.class, "<java.lang.Class>"));
        samples.put(Date.class, Map.entry(Date.valueOf("2026-11-22"), "2026-11-22"));
        samples.put(Time.class, Map.entry(Time.valueOf("13:01:02"), "13:01:02"));
        samples.put(Timestamp.class, Map.entry(Timestamp.valueOf("2026-11-22 13:01:02"), "2026-11-22 13:01:02.0"));
        samples.put(Calendar.class, Map.entry(Calendar.getInstance(TimeZone.getTimeZone("UTC")), ""));
        samples.put(SQLType.class, Map.entry(JDBCType.VARCHAR, ""));
        for (Class<?> content : List.of(Array.class, Blob.class, Clob.class, Ref.class, RowId.class, SQLXML.class)) {
            samples.put(content, Map.entry(mock(content), "<" + content.getSimpleName() + ">"));
        }
        samples.put(NClob.class, Map.entry(mock(NClob.class), "<Clob>"));
        samples.put(InputStream.class, Map.entry(mock(InputStream.class), "<InputStream>"));
        samples.put(Reader.class, Map.entry(mock(Reader.class), "<Reader>"));
        try {
            samples.put(URL.class, Map.entry(new URL("https://shop.example/a"), "https://shop.example/a"));
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
        return samples;
    }

    @Test
    void e18EverySetterOfThePlatformIsRecorded() throws Exception {
        List<String> covered = new ArrayList<>();
        for (Class<?> type : List.of(PreparedStatement.class, CallableStatement.class)) {
            for (Method setter : type.getDeclaredMethods()) {
                if (setter.getName().startsWith("set")) {
                    assertRecords(setter);
                    covered.add(setter.toString());
                }
            }
        }
        assertThat(covered).hasSizeGreaterThan(95);
    }

    private void assertRecords(Method setter) throws Exception {
        Object[] arguments = new Object[setter.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = setter.getParameterTypes()[i];
            arguments[i] = sample(type).getKey();
        }
        List<PreparedStatement> statements = setter.getDeclaringClass() == PreparedStatement.class
                ? List.of(guarded().prepareStatement("UPDATE a"), guarded().prepareCall("CALL a()"))
                : List.of(guarded().prepareCall("CALL a()"));
        for (PreparedStatement ours : statements) {
            setter.invoke(ours, arguments);
            ours.execute();
            String parameter = String.valueOf(arguments[0]);
            assertThat(session.bound().rows())
                    .as(setter.toString())
                    .containsExactly(List.of(new BoundValues.Value(parameter, expected(setter))));
        }
    }

    private static @Nullable String expected(Method setter) {
        if (setter.getName().equals("setNull")) {
            return null;
        }
        Class<?>[] types = setter.getParameterTypes();
        String text = sample(types[1]).getValue();
        boolean isContent = types[1] == InputStream.class || types[1] == Reader.class;
        return isContent && types.length == 3
                ? text.replace(">", ", length " + sample(types[2]).getValue() + ">")
                : text;
    }

    private static Map.Entry<Object, String> sample(Class<?> type) {
        return Objects.requireNonNull(
                SAMPLES.get(type), () -> "a setter takes a " + type + ", of which there is no sample");
    }

    private GuardedConnection guarded() {
        return session.guard(real);
    }

    private PreparedStatement statement() throws SQLException {
        return Objects.requireNonNull(guarded().prepareStatement("UPDATE a"));
    }

    private BoundValues boundAfter(PreparedStatement ours) throws SQLException {
        ours.execute();
        return session.bound();
    }

    private static BoundValues one(String parameter, String text) {
        return new BoundValues(List.of(List.of(new BoundValues.Value(parameter, text))), false, 0);
    }

    @Test
    void e18NoContentIsReadOrAskedFor() throws Exception {
        List<Object> contents = List.of(
                mock(InputStream.class), mock(Reader.class), mock(Blob.class), mock(NClob.class), mock(Array.class));
        PreparedStatement ours = statement();
        for (Object content : contents) {
            ours.setObject(1, content);
        }
        ours.setBinaryStream(2, (InputStream) contents.get(0), 500);
        ours.setCharacterStream(3, (Reader) contents.get(1));
        ours.setBlob(4, (Blob) contents.get(2));
        assertThat(boundAfter(ours).rows().get(0))
                .containsExactly(
                        new BoundValues.Value("1", "<Array>"),
                        new BoundValues.Value("2", "<InputStream, length 500>"),
                        new BoundValues.Value("3", "<Reader>"),
                        new BoundValues.Value("4", "<Blob>"));
        for (Object content : contents) {
            verifyNoInteractions(content);
        }
    }

    @Test
    void e18AValueIsTakenWhenItIsBound() throws SQLException {
        PreparedStatement ours = statement();
        java.util.Date date = new java.util.Date(0);
        Integer[] numbers = {1, 2};
        ours.setObject(1, date);
        ours.setObject(2, numbers);
        date.setTime(1_000_000);
        numbers[0] = 9;
        assertThat(boundAfter(ours).rows().get(0))
                .containsExactly(
                        new BoundValues.Value("1", "1970-01-01T00:00:00Z"), new BoundValues.Value("2", "[1, 2]"));
    }

    @Test
    void e18WhatTheDriverRefusesIsNotBound() throws SQLException {
        PreparedStatement ours = statement();
        ours.setString(1, "old");
        doThrow(new SQLException("no")).when(prepared).setString(1, "new");
        assertThatThrownBy(() -> ours.setString(1, "new")).isInstanceOf(SQLException.class);
        assertThat(boundAfter(ours)).isEqualTo(one("1", "old"));
    }

    @Test
    void e18ValuesStayBoundUntilTheyAreCleared() throws SQLException {
        PreparedStatement ours = statement();
        ours.setString(1, "a");
        assertThat(boundAfter(ours)).isEqualTo(one("1", "a"));
        assertThat(boundAfter(ours)).isEqualTo(one("1", "a"));
        ours.setString(1, "b");
        assertThat(boundAfter(ours)).isEqualTo(one("1", "b"));
        ours.clearParameters();
        assertThat(boundAfter(ours).isEmpty()).isTrue();
    }

    @Test
    void e18AnOutputParameterIsNoValue() throws SQLException {
        CallableStatement ours = Objects.requireNonNull(guarded().prepareCall("CALL a()"));
        ours.registerOutParameter(1, 4);
        ours.registerOutParameter("out", JDBCType.INTEGER);
        ours.setInt("in", 5);
        assertThat(boundAfter(ours)).isEqualTo(one("in", "5"));
    }

    @Test
    void e18ABatchTellsItsFirstRunsAndHowManyValuesMoreThereAre() throws SQLException {
        when(prepared.executeBatch()).thenReturn(new int[50]);
        when(prepared.executeLargeBatch()).thenReturn(new long[1]);
        PreparedStatement ours = statement();
        for (int i = 0; i < 50; i++) {
            ours.setInt(1, i);
            ours.setString(2, "x");
            ours.setString(3, "y");
            ours.addBatch();
        }
        ours.executeBatch();
        BoundValues bound = session.bound();
        assertThat(bound.isBatch()).isTrue();
        assertThat(bound.rows()).hasSize(21);
        assertThat(bound.rows().get(20)).contains(new BoundValues.Value("1", "20"));
        assertThat(bound.more()).isEqualTo(29 * 3);

        ours.addBatch();
        ours.executeBatch();
        assertThat(session.bound().rows()).hasSize(1);
        ours.addBatch();
        ours.clearBatch();
        ours.setInt(1, 7);
        ours.addBatch();
        ours.executeLargeBatch();
        assertThat(session.bound().rows())
                .singleElement()
                .satisfies(row -> assertThat(row).contains(new BoundValues.Value("1", "7")));
    }

    @Test
    void e18AFailedBatchIsForgotten() throws SQLException {
        when(prepared.executeBatch()).thenThrow(new SQLException("no")).thenReturn(new int[1]);
        PreparedStatement ours = statement();
        ours.setInt(1, 1);
        ours.addBatch();
        assertThatThrownBy(ours::executeBatch).isInstanceOf(SQLException.class);
        ours.setInt(1, 2);
        ours.addBatch();
        ours.executeBatch();
        assertThat(session.bound().rows()).containsExactly(List.of(new BoundValues.Value("1", "2")));
    }

    @Test
    void e18OfManyParametersTheFirstAreShownAndTheRestCountedOnce() throws SQLException {
        CallableStatement ours = Objects.requireNonNull(guarded().prepareCall("CALL a()"));
        for (int again = 0; again < 2; again++) {
            for (int i = 100; i > 0; i--) {
                ours.setInt(i, i);
            }
        }
        BoundValues byIndex = boundAfter(ours);
        assertThat(byIndex.rows().get(0)).hasSize(RecordedParameters.MOST).startsWith(new BoundValues.Value("1", "1"));
        assertThat(byIndex.more()).isEqualTo(36);
        ours.clearParameters();
        for (int again = 0; again < 2; again++) {
            for (int i = 0; i < 70; i++) {
                ours.setInt("p" + i, i);
            }
        }
        assertThat(boundAfter(ours).more()).isEqualTo(6);
    }

    @Test
    void e19WhereNothingIsShownNothingIsKept() throws SQLException {
        GuardedConnection guarded = StubSession.allowing().guard(real);
        assertThat(guarded.prepareStatement("UPDATE a")).isNotInstanceOf(RecordingPreparedStatement.class);
        assertThat(guarded.prepareCall("CALL a()")).isNotInstanceOf(RecordingCallableStatement.class);
    }
}
