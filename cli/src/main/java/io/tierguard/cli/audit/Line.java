package io.tierguard.cli.audit;

import java.util.Arrays;

/** One line of a log, without its line break. */
final class Line {
    /** How long a line may be; a record is far shorter. */
    static final int LONGEST = 16 * 1024 * 1024;

    private final byte[] bytes;
    private final long offset;
    private final boolean isTorn;
    private final boolean isTooLong;

    /** A line that begins at byte {@code offset}; a torn one has no line break yet. */
    Line(byte[] bytes, long offset, boolean isTorn, boolean isTooLong) {
        this.bytes = Arrays.copyOf(bytes, bytes.length);
        this.offset = offset;
        this.isTorn = isTorn;
        this.isTooLong = isTooLong;
    }

    /** Where in the log it begins. */
    long offset() {
        return offset;
    }

    /** Whether it lacks its line break. */
    boolean isTorn() {
        return isTorn;
    }

    /** Whether it holds nothing. */
    boolean isBlank() {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    /** All its bytes. */
    byte[] whole() throws MalformedRecordException {
        if (isTooLong) {
            throw new MalformedRecordException("longer than " + LONGEST + " bytes");
        }
        return bytes;
    }
}
