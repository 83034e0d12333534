package io.tierguard.cli.audit;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** Cuts bytes that arrive in pieces into lines; holds no more than one line. */
final class LineCutter {
    private final Consumer<Line> lines;
    private ByteArrayOutputStream started = new ByteArrayOutputStream();
    private long offset;
    private long next;
    private boolean isTooLong;

    /** Hands lines to {@code lines}; the first byte stands at {@code offset} in its log. */
    LineCutter(long offset, Consumer<Line> lines) {
        this.offset = offset;
        this.next = offset;
        this.lines = lines;
    }

    /** Takes the next bytes. */
    void feed(byte[] bytes, int length) {
        int from = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                keep(bytes, from, i - from);
                next += 1;
                hand(false);
                from = i + 1;
            }
        }
        keep(bytes, from, length - from);
    }

    /** No more bytes follow: what is left is a torn line. */
    void finish() {
        if (next > offset) {
            hand(true);
        }
    }

    private void keep(byte[] bytes, int from, int length) {
        next += length;
        if (started.size() + length > Line.LONGEST) {
            isTooLong = true;
            started = new ByteArrayOutputStream();
        }
        if (!isTooLong) {
            started.write(bytes, from, length);
        }
    }

    private void hand(boolean isTorn) {
        byte[] bytes = isTooLong ? new byte[] {'?'} : started.toByteArray();
        Line line = new Line(bytes, offset, isTorn, isTooLong);
        started.reset();
        isTooLong = false;
        offset = next;
        lines.accept(line);
    }
}
