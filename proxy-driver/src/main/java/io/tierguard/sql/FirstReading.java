package io.tierguard.sql;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a few ordinary texts beside a process's first connect: the classes that take a text apart are loaded while the policy is
 * read and the real driver connects, and the application's first statement does not wait for them.
 */
public final class FirstReading {
    private static final List<String> ORDINARY = List.of(
            "SELECT a.x, count(*) FROM a JOIN b ON a.i = b.i WHERE a.x = ? GROUP BY a.x ORDER BY 1",
            "INSERT INTO a (x, y) VALUES (?, 'z')",
            "UPDATE a SET x = ? WHERE i = 1",
            "DELETE FROM a WHERE i IN (?, ?)");

    private static final Set<Dialect> BEGUN = EnumSet.noneOf(Dialect.class);

    private FirstReading() {}

    /** Begins it in a thread of its own, which ends by itself and keeps no process alive; once for each dialect. */
    public static void begin(Dialect dialect) {
        synchronized (BEGUN) {
            if (!BEGUN.add(dialect)) {
                return;
            }
        }
        Thread thread = new Thread(() -> read(dialect), "tierguard-first-reading");
        thread.setDaemon(true);
        // An application server asks of every thread whose application it holds.
        thread.setContextClassLoader(FirstReading.class.getClassLoader());
        try {
            thread.start();
        } catch (OutOfMemoryError noThread) {
            // Nothing rests on it: the first statement loads what it needs.
        }
    }

    private static void read(Dialect dialect) {
        SqlAnalyzer analyzer = new SqlAnalyzer(LexicalModes.defaultsOf(dialect));
        for (String text : ORDINARY) {
            analyzer.analyze(text, Placeholders.QUESTION_MARKS);
        }
    }
}
