package io.tierguard.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLXML;
import java.sql.Struct;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A bound value as a record shows it: never longer than a line, and of contents that would have to be read from a stream or
 * asked of the server only what they are.
 */
final class ValueText {
    /** How many characters of a value are shown. */
    static final int LONGEST = 256;

    /** How many elements of an array are looked at. */
    private static final int MOST_ELEMENTS = 64;

    /** How deep arrays of arrays are looked into; one may hold itself. */
    private static final int DEEPEST = 3;

    /** Writing out a longer number takes time that grows with its square. */
    private static final int MOST_BITS = 1_024;

    /** What is shown as its type alone. */
    private static final List<Class<?>> CONTENTS = List.of(
            Array.class,
            Blob.class,
            Clob.class,
            InputStream.class,
            Reader.class,
            Ref.class,
            RowId.class,
            SQLXML.class,
            Struct.class);

    private ValueText() {}

    /** The text of a value; null for null. */
    static @Nullable String of(@Nullable Object value) {
        return value == null ? null : text(value, 0);
    }

    /** The text of a content of a length that the application tells, which is not read. */
    static @Nullable String ofContent(@Nullable Object content, long length) {
        return content == null ? null : typed(content, length);
    }

    /** A text, cut with a mark that says so when it is too long. */
    static String shortened(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        return text.substring(0, end(text)) + "… (" + text.length() + " characters in all)";
    }

    /** Where a text is cut: not in the middle of a character, and before the bracket that closes an array. */
    private static int end(String text) {
        int end = Math.min(LONGEST, text.length() - 1);
        return Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }

    private static String text(Object value, int depth) {
        try {
            if (value instanceof String text) {
                return shortened(text);
            }
            String number = number(value);
            String written = number.isEmpty() ? time(value) : number;
            return written.isEmpty() ? array(value, depth) : shortened(written);
        } catch (RuntimeException unwritable) {
            // A class of the application's may fail to write itself; that must not keep the statement from running.
            return typed(value, -1);
        }
    }

    private static String number(Object value) {
        if (value instanceof BigInteger number) {
            return number.bitLength() > MOST_BITS ? typed(value, -1) : number.toString();
        }
        if (value instanceof BigDecimal number) {
            return number.unscaledValue().bitLength() > MOST_BITS ? typed(value, -1) : number.toString();
        }
        boolean isPlain = value instanceof Integer
                || value instanceof Long
                || value instanceof Boolean
                || value instanceof Double
                || value instanceof Float
                || value instanceof Short
                || value instanceof Byte
                || value instanceof Character
                || value instanceof UUID
                || value instanceof URL;
        return isPlain ? value.toString() : "";
    }

    private static String time(Object value) {
        if (value instanceof Calendar calendar) {
            return calendar.toInstant().toString();
        }
        if (value instanceof Date date) {
            return date.getClass() == Date.class ? date.toInstant().toString() : date.toString();
        }
        return value instanceof TemporalAccessor || value instanceof TemporalAmount ? value.toString() : "";
    }

    private static String array(Object value, int depth) {
        if (value instanceof byte[] bytes) {
            return typed(bytes, bytes.length);
        }
        if (value instanceof char[] characters) {
            return typed(characters, characters.length);
        }
        if (value instanceof int[] numbers) {
            return cut(Arrays.toString(Arrays.copyOf(numbers, shown(numbers.length))), numbers.length);
        }
        if (value instanceof long[] numbers) {
            return cut(Arrays.toString(Arrays.copyOf(numbers, shown(numbers.length))), numbers.length);
        }
        if (value instanceof short[] numbers) {
            return cut(Arrays.toString(Arrays.copyOf(numbers, shown(numbers.length))), numbers.length);
        }
        if (value instanceof double[] numbers) {
            return cut(Arrays.toString(Arrays.copyOf(numbers, shown(numbers.length))), numbers.length);
        }
        if (value instanceof float[] numbers) {
            return cut(Arrays.toString(Arrays.copyOf(numbers, shown(numbers.length))), numbers.length);
        }
        if (value instanceof boolean[] flags) {
            return cut(Arrays.toString(Arrays.copyOf(flags, shown(flags.length))), flags.length);
        }
        return value instanceof Object[] elements ? elements(elements, depth) : typed(value, -1);
    }

    private static String elements(Object[] elements, int depth) {
        if (depth == DEEPEST) {
            return typed(elements, elements.length);
        }
        StringBuilder text = new StringBuilder("[");
        int count = shown(elements.length);
        for (int i = 0; i < count && text.length() <= LONGEST; i++) {
            Object element = elements[i];
            text.append(i == 0 ? "" : ", ").append(element == null ? "null" : text(element, depth + 1));
        }
        return cut(text.append(']').toString(), elements.length);
    }

    private static int shown(int length) {
        return Math.min(length, MOST_ELEMENTS);
    }

    private static String cut(String elements, int length) {
        return length > MOST_ELEMENTS || elements.length() > LONGEST
                ? elements.substring(0, end(elements)) + "… (" + length + " elements in all)"
                : elements;
    }

    /** The type, and the length where it is not negative. */
    private static String typed(Object value, long length) {
        String name = value.getClass().getTypeName();
        for (Class<?> content : CONTENTS) {
            name = content.isInstance(value) ? content.getSimpleName() : name;
        }
        return "<" + name + (length < 0 ? "" : ", length " + length) + ">";
    }
}
