package io.tierguard.measure;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what became of statements, and tells it. */
final class Tally {

    private static final int SHOWN_CHARACTERS = 300;

    private int valid;
    private int invalid;
    private int bounded;
    private final Map<String, List<String>> denied = new TreeMap<>();
    private final Map<String, List<String>> wordsAlone = new TreeMap<>();
    private final Map<String, Integer> reasons = new TreeMap<>();

    /** The database itself does not take the statement, or nobody knows what it makes of it. */
    void invalid() {
        invalid++;
    }

    /** The statement is valid and passed. */
    void passed(String place, String sql, Reading reading) {
        valid++;
        if (reading.kind() == Reading.Kind.BOUNDED) {
            bounded++;
            add(wordsAlone, reading.operation() + ": " + reading.problem(), place, sql);
        }
    }

    /** The statement is valid and was denied. */
    void denied(String place, String sql, String reason, String message) {
        valid++;
        reasons.merge(reason, 1, Integer::sum);
        add(denied, reason + ": " + message, place, sql);
    }

    private static void add(Map<String, List<String>> groups, String group, String place, String sql) {
        String line = sql.replaceAll("\\s+", " ");
        String shown = line.length() > SHOWN_CHARACTERS ? line.substring(0, SHOWN_CHARACTERS) + "…" : line;
        groups.computeIfAbsent(group, key -> new ArrayList<>()).add("    " + place + ": " + shown);
    }

    /** Prints everything: the groups, the largest first, each with its statements; then the sums. */
    void print(PrintStream out) {
        out.println("== read by their words alone ==");
        printGroups(out, wordsAlone);
        out.println("== denied ==");
        printGroups(out, denied);
        out.println("== sums ==");
        int sum = reasons.values().stream().mapToInt(Integer::intValue).sum();
        out.printf("valid %d, not valid %d%n", valid, invalid);
        out.printf("denied %d (%.2f%%)%n", sum, percent(sum));
        reasons.forEach((reason, count) -> out.printf("  %s %d (%.2f%%)%n", reason, count, percent(count)));
        out.printf("read by their words alone %d (%.2f%%)%n", bounded, percent(bounded));
    }

    private double percent(int count) {
        return valid == 0 ? 0 : 100.0 * count / valid;
    }

    private static void printGroups(PrintStream out, Map<String, List<String>> groups) {
        groups.entrySet().stream()
                .sorted(Comparator.comparingInt(group -> -group.getValue().size()))
                .forEach(group -> {
                    out.println(group.getValue().size() + "  " + group.getKey());
                    group.getValue().forEach(out::println);
                });
    }
}
