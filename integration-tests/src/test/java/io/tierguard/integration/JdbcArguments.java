package io.tierguard.integration;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLData;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TimeZone;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Draws arguments for a method: null, empty, out of range and ordinary ones, the same for every driver. */
final class JdbcArguments {
    private static final List<String> TEXTS = List.of(
            "SELECT id, name FROM item ORDER BY id",
            "UPDATE item SET name = 'x' WHERE id = 1",
            "INSERT INTO item (name) VALUES ('y')",
            "DELETE FROM item WHERE id = 3",
            "SELECT nothing FROM item",
            "SELECT * FROM nowhere");
    private static final int[] CURSORS = {
        ResultSet.TYPE_FORWARD_ONLY,
        ResultSet.TYPE_SCROLL_INSENSITIVE,
        ResultSet.CONCUR_READ_ONLY,
        ResultSet.CONCUR_UPDATABLE,
        ResultSet.HOLD_CURSORS_OVER_COMMIT,
        ResultSet.CLOSE_CURSORS_AT_COMMIT,
        0
    };
    private static final int[] NUMBERS = {1, 2, 1, 0, -1, 3, 9, 12, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE};
    private static final List<Object> OBJECTS = List.of(
            "text",
            1,
            2.5,
            new BigDecimal("1.50"),
            LocalDate.of(2026, 1, 2),
            true,
            new byte[] {1, 2},
            foreign(SQLData.class),
            foreign(Struct.class));

    private final Method method;
    private final Random random;
    private final Connection connection;

    private JdbcArguments(Method method, int draw, Connection connection) {
        this.method = method;
        this.random = new Random(31L * method.toGenericString().hashCode() + draw);
        this.connection = connection;
    }

    /** The arguments of one draw; what only a driver can make comes from the connection. */
    static @Nullable Object[] draw(Method method, int draw, Connection connection) {
        JdbcArguments arguments = new JdbcArguments(method, draw, connection);
        Class<?>[] types = method.getParameterTypes();
        @Nullable Object[] drawn = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            drawn[i] = arguments.of(types[i], i);
        }
        return drawn;
    }

    private @Nullable Object of(Class<?> type, int position) {
        if (type == int.class) {
            return number(position);
        }
        if (type == long.class) {
            return (long) oneOf(1, 2, 0, 5, -1, Integer.MAX_VALUE);
        }
        if (type == short.class) {
            return (short) oneOf(1, 0, 7);
        }
        if (type == byte.class) {
            return (byte) oneOf(1, 0, 7);
        }
        if (type == float.class) {
            return 1.5f;
        }
        if (type == double.class) {
            return 2.5;
        }
        if (type == boolean.class) {
            return random.nextBoolean();
        }
        if (random.nextInt(6) == 0) {
            return null;
        }
        if (type == String.class) {
            return text(position);
        }
        return type.isArray() ? array(type) : object(type);
    }

    private int number(int position) {
        String name = method.getName();
        boolean makesStatement = name.startsWith("createStatement") || name.startsWith("prepare");
        if (makesStatement && method.getParameterCount() > 1 && random.nextInt(8) != 0) {
            return CURSORS[random.nextInt(CURSORS.length)];
        }
        if (name.endsWith("Timeout")) {
            return oneOf(5000, 0, -1);
        }
        if (position > 0 && random.nextBoolean()) {
            return oneOf(java.sql.Types.INTEGER, java.sql.Types.VARCHAR, java.sql.Types.ARRAY, 1, 0);
        }
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private String text(int position) {
        String name = method.getName();
        boolean runs = name.startsWith("execute")
                || name.startsWith("prepare")
                || name.equals("addBatch")
                || name.equals("nativeSQL");
        if (runs && position == 0) {
            return TEXTS.get(random.nextInt(TEXTS.size()));
        }
        return List.of("id", "name", "ITEM", "item", "numbers", "", "nowhere", "%", "INTEGER", "public")
                .get(random.nextInt(10));
    }

    private Object array(Class<?> type) {
        boolean isEmpty = random.nextInt(4) == 0;
        if (type == int[].class) {
            return isEmpty ? new int[0] : new int[] {oneOf(1, 2, 99)};
        }
        if (type == String[].class) {
            return isEmpty ? new String[0] : new String[] {oneOf(0, 1) == 0 ? "id" : "ID"};
        }
        if (type == byte[].class) {
            return isEmpty ? new byte[0] : new byte[] {1, 2, 3};
        }
        return isEmpty ? new Object[0] : new Object[] {1, null, 3};
    }

    private @Nullable Object object(Class<?> type) {
        if (type == Object.class) {
            return OBJECTS.get(random.nextInt(OBJECTS.size()));
        }
        if (type == Class.class) {
            return List.of(
                            String.class,
                            Integer.class,
                            Object.class,
                            LocalDate.class,
                            Array.class,
                            Blob.class,
                            Clob.class,
                            byte[].class,
                            Connection.class,
                            method.getDeclaringClass())
                    .get(random.nextInt(10));
        }
        if (type == Map.class) {
            return random.nextBoolean() ? Map.of() : Map.of("thing", String.class);
        }
        if (type == Properties.class) {
            Properties properties = new Properties();
            properties.setProperty("ApplicationName", "conformance");
            return properties;
        }
        if (type == Executor.class) {
            return (Executor) Runnable::run;
        }
        if (type == SQLType.class) {
            return random.nextBoolean() ? JDBCType.INTEGER : JDBCType.VARCHAR;
        }
        if (type == BigDecimal.class) {
            return new BigDecimal("12.34");
        }
        return type == InputStream.class || type == Reader.class ? stream(type) : moment(type);
    }

    private static Object stream(Class<?> type) {
        return type == Reader.class
                ? new StringReader("streamed")
                : new ByteArrayInputStream("streamed".getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable Object moment(Class<?> type) {
        if (type == Date.class) {
            return Date.valueOf("2026-01-02");
        }
        if (type == Time.class) {
            return Time.valueOf("03:04:05");
        }
        if (type == Timestamp.class) {
            return Timestamp.valueOf("2026-01-02 03:04:05.678");
        }
        if (type == Calendar.class) {
            return new GregorianCalendar(TimeZone.getTimeZone("UTC"));
        }
        return made(type);
    }

    /** What only the driver can make; null where it cannot. */
    private @Nullable Object made(Class<?> type) {
        try {
            if (type == Array.class) {
                return connection.createArrayOf("INTEGER", new Object[] {7, 8});
            }
            if (type == Blob.class) {
                Blob blob = connection.createBlob();
                blob.setBytes(1, new byte[] {9});
                return blob;
            }
            if (type == Clob.class || type == NClob.class) {
                NClob clob = connection.createNClob();
                clob.setString(1, "long");
                return clob;
            }
            if (type == SQLXML.class) {
                SQLXML xml = connection.createSQLXML();
                xml.setString("<x/>");
                return xml;
            }
            if (type == Ref.class || type == RowId.class) {
                return foreign(type);
            }
            return type == Savepoint.class ? connection.setSavepoint() : null;
        } catch (SQLException unsupported) {
            return null;
        }
    }

    /** An object that no driver here has made, and of which it learns nothing. */
    private static Object foreign(Class<?> type) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> switch (method.getName()) {
                    case "equals" -> arguments != null && self == arguments[0];
                    case "hashCode" -> 1;
                    case "toString" -> "an object of another driver";
                    case "getBytes" -> new byte[] {1};
                    case "getAttributes" -> new Object[] {1};
                    case "getSQLTypeName", "getBaseTypeName" -> "thing";
                    default -> null;
                });
    }

    private int oneOf(int... values) {
        return values[random.nextInt(values.length)];
    }
}
