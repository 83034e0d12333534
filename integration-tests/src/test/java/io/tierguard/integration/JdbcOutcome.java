package io.tierguard.integration;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Method;
import java.sql.Array;
import java.sql.BatchUpdateException;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes down what a call of JDBC gave, so that two drivers can be compared: values by content, never by class. */
final class JdbcOutcome {
    private static final int MOST_ROWS = 5;

    /** What differs from run to run: identities and the numbers that drivers give their objects. */
    private static final Pattern OF_THE_RUN = Pattern.compile(
            "\\(conn=\\d+\\)|thread id: \\d+|[0-9a-f]{8}([-_][0-9a-f]{4}){3}[-_][0-9a-f]{12}|(?<=@)[0-9a-f]{4,}|(?<=\\b(conn|stat|prep|call|rs|dbMeta"
                    + "|rsMeta|paramMeta|clob|blob|ar|sp|xml|sqlxml|savepoint|session|lob|proc|S_|C_|JDBC_SAVEPOINT_))\\d+");

    /** What the virtual machine explains of a null pointer, until it has compiled the code. */
    private static final Pattern HELPFUL = Pattern.compile(": Cannot invoke .* is null");

    private JdbcOutcome() {}

    /** A failure with everything that a caller can see of it. */
    static String ofFailure(Throwable failure) {
        StringBuilder text =
                new StringBuilder("threw ").append(failure.getClass().getName());
        if (failure instanceof SQLException exception) {
            text.append(' ').append(exception.getSQLState()).append(' ').append(exception.getErrorCode());
            if (exception.getNextException() != null) {
                text.append(" next ")
                        .append(exception.getNextException().getClass().getName());
            }
        }
        if (failure instanceof BatchUpdateException batch) {
            text.append(' ').append(Arrays.toString(batch.getUpdateCounts()));
        }
        if (!(failure instanceof NullPointerException)) { // whose message the compiler leaves out sooner or later
            text.append(": ").append(normalized(String.valueOf(failure.getMessage())));
        }
        return failure.getCause() == null
                ? text.toString()
                : text + " because of " + failure.getCause().getClass().getName();
    }

    /** A value by its content. */
    static String ofValue(@Nullable Object value) {
        try {
            return shown(value);
        } catch (SQLException | IOException failure) {
            return kinds(value) + " that " + ofFailure(failure);
        } catch (RuntimeException failure) {
            return kinds(value) + " that threw " + failure.getClass().getName();
        }
    }

    /** What a subject says of itself: all its getters of plain values. */
    static Map<String, String> stateOf(Object subject, Class<?> type) {
        Map<String, String> state = new TreeMap<>();
        for (Method getter : type.getMethods()) {
            Class<?> result = getter.getReturnType();
            boolean isPlain = result.isPrimitive() && result != void.class
                    || result == String.class
                    || result == SQLWarning.class;
            boolean asks =
                    getter.getName().startsWith("get") || getter.getName().startsWith("is");
            if (getter.getParameterCount() == 0
                    && asks
                    && isPlain
                    && !getter.getName().startsWith("getMoreResults")) {
                state.put(getter.getName(), JdbcWalk.call(subject, getter));
            }
        }
        return state;
    }

    private static String shown(@Nullable Object value) throws SQLException, IOException {
        if (value == null) {
            return "null";
        }
        if (value instanceof byte[] bytes) {
            return "0x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof Object[] elements) {
            List<String> shown = new ArrayList<>();
            for (Object element : elements) {
                shown.add(ofValue(element));
            }
            return value.getClass().getComponentType().getSimpleName() + shown;
        }
        if (value instanceof int[] numbers) {
            return Arrays.toString(numbers);
        }
        if (value instanceof long[] numbers) {
            return "long" + Arrays.toString(numbers);
        }
        if (value instanceof SQLWarning warning) {
            return ofFailure(warning);
        }
        if (value instanceof InputStream stream) {
            return "stream 0x" + HexFormat.of().formatHex(stream.readNBytes(100));
        }
        if (value instanceof Reader reader) {
            char[] characters = new char[100];
            int length = reader.read(characters);
            return "reader " + new String(characters, 0, Math.max(length, 0));
        }
        return shownOfJdbc(value);
    }

    private static String shownOfJdbc(Object value) throws SQLException, IOException {
        if (value instanceof ResultSet rows) {
            return kinds(value) + columns(rows.getMetaData()) + rows(rows);
        }
        if (value instanceof ResultSetMetaData columns) {
            return kinds(value) + columns(columns);
        }
        if (value instanceof ParameterMetaData parameters) {
            return kinds(value) + parameters.getParameterCount();
        }
        if (value instanceof Array array) {
            return kinds(value) + array.getBaseTypeName() + ofValue(array.getArray()) + " "
                    + normalized(array.toString());
        }
        if (value instanceof Blob blob) {
            return kinds(value) + blob.length() + ofValue(blob.getBytes(1, 100));
        }
        if (value instanceof Clob clob) {
            return kinds(value) + clob.length() + clob.getSubString(1, 100);
        }
        if (value instanceof SQLXML xml) {
            return kinds(value) + xml.getString();
        }
        if (value instanceof Struct struct) {
            return kinds(value) + struct.getSQLTypeName() + ofValue(struct.getAttributes());
        }
        if (value instanceof Statement
                || value instanceof Connection
                || value instanceof DatabaseMetaData
                || value instanceof Savepoint) {
            return kinds(value) + normalized(String.valueOf(value));
        }
        return value.getClass().getName() + " " + normalized(String.valueOf(value));
    }

    private static String columns(ResultSetMetaData columns) throws SQLException {
        List<String> shown = new ArrayList<>();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            shown.add(columns.getColumnLabel(column) + " " + columns.getColumnTypeName(column));
        }
        return shown.toString();
    }

    private static List<String> rows(ResultSet rows) throws SQLException {
        List<String> shown = new ArrayList<>();
        int columns = rows.getMetaData().getColumnCount();
        while (shown.size() < MOST_ROWS && rows.next()) {
            List<String> row = new ArrayList<>();
            for (int column = 1; column <= columns; column++) {
                row.add(normalized(String.valueOf(rows.getString(column))));
            }
            shown.add(row.toString());
        }
        shown.sort(Comparator.naturalOrder());
        return shown;
    }

    /** The interfaces of JDBC that an object has. */
    private static String kinds(@Nullable Object value) {
        TreeSet<String> kinds = new TreeSet<>();
        for (Class<?> type = value == null ? null : value.getClass(); type != null; type = type.getSuperclass()) {
            Arrays.stream(type.getInterfaces()).forEach(each -> addKinds(each, kinds));
        }
        return kinds.toString();
    }

    private static void addKinds(Class<?> type, TreeSet<String> kinds) {
        if (type.getName().startsWith("java.sql.")) {
            kinds.add(type.getSimpleName());
        }
        Arrays.stream(type.getInterfaces()).forEach(each -> addKinds(each, kinds));
    }

    static String normalized(String text) {
        return OF_THE_RUN.matcher(HELPFUL.matcher(text).replaceAll("")).replaceAll("#");
    }
}
