package io.tierguard.policy;

import java.util.Arrays;

/**
 * The path of an {@code include}: files in the policy's folder or below it, with {@code *} in the last part only.
 *
 * @param folder the folder as it is written, with a {@code /} at its end; empty for the policy's own
 * @param file the name of the file, possibly with {@code *}
 */
record IncludePath(String folder, String file) {

    private static final char SEPARATOR = '/';
    private static final String TESTS = "_test.tierguard";

    static IncludePath of(String text) {
        int cut = text.lastIndexOf(SEPARATOR) + 1;
        return new IncludePath(text.substring(0, cut), text.substring(cut));
    }

    /** What is wrong with the path, or empty. */
    String fault() {
        boolean climbs = Arrays.stream((folder + file).split("/", -1))
                .anyMatch(part -> part.isBlank() || part.equals(".") || part.equals(".."));
        if (climbs) {
            return "it is a path below the policy's folder, without empty parts, `.` and `..`";
        }
        if (folder.indexOf('*') >= 0) {
            return "`*` stands in the name of the file only";
        }
        boolean foreign = (folder + file).chars().anyMatch(letter -> letter == '\\' || letter == ':' || letter < ' ');
        return foreign ? "its parts are separated by `/`, and it holds no `\\`, `:` or control character" : "";
    }

    boolean isGlob() {
        return file.indexOf('*') >= 0;
    }

    /** Whether a file of the folder is meant: hidden files and tests never are. */
    boolean takesIn(String name) {
        return !name.startsWith(".") && !name.endsWith(TESTS) && matches(name);
    }

    /** File names keep their case, unlike the names of tables. */
    private boolean matches(String name) {
        String[] parts = file.split("\\*+", -1);
        String last = parts[parts.length - 1];
        int at = name.startsWith(parts[0]) ? parts[0].length() : -1;
        for (int part = 1; part < parts.length - 1 && at >= 0; part++) {
            int found = name.indexOf(parts[part], at);
            at = found < 0 ? -1 : found + parts[part].length();
        }
        return at >= 0 && name.endsWith(last) && at <= name.length() - last.length();
    }
}
