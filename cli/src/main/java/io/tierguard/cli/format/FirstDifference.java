package io.tierguard.cli.format;

import io.tierguard.cli.terminal.Printable;

/**
 * Where two texts first differ.
 *
 * @param line the number of the line, from 1
 * @param found that line of the first text, fit to print
 * @param wanted that line of the second text, fit to print
 */
record FirstDifference(int line, String found, String wanted) {
    private static final int LONGEST = 120;

    /** The first difference of two texts that are not equal. */
    static FirstDifference of(String found, String wanted) {
        String[] foundLines = found.split("\n", -1);
        String[] wantedLines = wanted.split("\n", -1);
        int line = 0;
        while (line(foundLines, line).equals(line(wantedLines, line))) {
            line++;
        }
        return new FirstDifference(line + 1, shown(foundLines, line), shown(wantedLines, line));
    }

    private static String line(String[] lines, int index) {
        return index < lines.length ? lines[index] : "\n";
    }

    private static String shown(String[] lines, int index) {
        if (index >= lines.length) {
            return "(no line break at the end)";
        }
        if (index == lines.length - 1 && lines[index].isEmpty()) {
            return "(the end)";
        }
        String text = lines[index];
        boolean isLong = text.codePointCount(0, text.length()) > LONGEST;
        return Printable.of(isLong ? text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…" : text);
    }
}
