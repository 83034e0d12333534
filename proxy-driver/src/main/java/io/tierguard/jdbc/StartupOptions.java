package io.tierguard.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What pgjdbc's connection parameter {@code options} makes a PostgreSQL server set, as the statements that would set it. */
final class StartupOptions {
    private static final String SHORT = "-c";
    private static final String LONG = "--";

    private StartupOptions() {}

    /** A statement for each setting. */
    static List<String> statements(List<String> options) {
        List<String> statements = new ArrayList<>();
        for (String each : options) {
            List<String> words = words(each);
            for (int at = 0; at < words.size(); at++) {
                String word = words.get(at);
                if (word.equals(SHORT) && at + 1 < words.size()) {
                    at++;
                    statements.add(set(words.get(at)));
                } else if (word.startsWith(SHORT) || word.startsWith(LONG)) {
                    statements.add(set(word.substring(2)));
                } else {
                    statements.add(ofLetters(word));
                }
            }
        }
        return statements;
    }

    private static String set(String assignment) {
        int equals = assignment.indexOf('=');
        String name = equals < 0 ? assignment : assignment.substring(0, equals);
        String value = equals < 0 ? "" : assignment.substring(equals + 1);
        String setting = name.replace('-', '_').toLowerCase(Locale.ROOT).replace("\"", "\"\"");
        boolean isList = setting.equals("search_path");
        return "SET \"" + setting + "\" TO " + (isList ? value : "'" + value.replace("'", "''") + "'");
    }

    /** A switch of one letter; those that take protection away are settings too. */
    private static String ofLetters(String word) {
        return word.indexOf('O') > 0 || word.indexOf('P') > 0 || word.indexOf('c') > 0
                ? "SET allow_system_table_mods TO on"
                : "";
    }

    /** The words between blanks; a backslash takes the next character as it is. */
    private static List<String> words(String options) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int at = 0; at < options.length(); at++) {
            char c = options.charAt(at);
            if (c == '\\' && at + 1 < options.length()) {
                at++;
                word.append(options.charAt(at));
            } else if (Character.isWhitespace(c)) {
                addUnlessEmpty(words, word);
            } else {
                word.append(c);
            }
        }
        addUnlessEmpty(words, word);
        return words;
    }

    private static void addUnlessEmpty(List<String> words, StringBuilder word) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
