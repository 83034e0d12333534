package io.tierguard.cli.audit;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Tails what can be read only once, from its beginning. */
final class InputTail {
    private InputTail() {}

    /** Prints the last lines; holds no more than those. */
    static void printLast(InputStream in, int lines, RecordPrinter printer) throws IOException {
        Deque<Line> last = new ArrayDeque<>();
        readAll(in, line -> {
            if (!line.isBlank()) {
                last.add(line);
            }
            if (last.size() > lines) {
                last.remove();
            }
        });
        last.forEach(printer::line);
    }

    /** Prints every line as it comes. */
    static void printAll(InputStream in, RecordPrinter printer) throws IOException {
        readAll(in, printer::line);
    }

    private static void readAll(InputStream in, Consumer<Line> lines) throws IOException {
        LineCutter cutter = new LineCutter(0, lines);
        byte[] buffer = new byte[65_536];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            cutter.feed(buffer, length);
        }
        cutter.finish();
    }
}
