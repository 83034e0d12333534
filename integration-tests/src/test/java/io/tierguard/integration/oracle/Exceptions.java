package io.tierguard.integration.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules of the grid's exceptions, a line each, in {@code exceptions.txt}. */
final class Exceptions {
    private static final List<Rule> RULES = read();

    private Exceptions() {}

    private enum Kind {
        NEVER,
        ABSENT,
        OPEN,
        DENIED
    }

    private record Rule(Kind kind, Pattern engine, Pattern form, Pattern trick, Pattern way, Pattern message) {
        boolean matches(Cell cell) {
            return engine.matcher(cell.engine().name()).matches()
                    && form.matcher(cell.form().name()).matches()
                    && trick.matcher(cell.trick().name()).matches()
                    && way.matcher(cell.way().name()).matches();
        }
    }

    private static List<Rule> read() {
        List<Rule> rules = new ArrayList<>();
        for (String line : Fingerprint.resource("exceptions.txt").split("\n")) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] cells =
                        Stream.of(line.split(" ;(?= )", 7)).map(String::strip).toArray(String[]::new);
                rules.add(new Rule(
                        Kind.valueOf(cells[0].toUpperCase(Locale.ROOT)),
                        Pattern.compile(cells[1]),
                        Pattern.compile(cells[2]),
                        Pattern.compile(cells[3]),
                        Pattern.compile(cells[4]),
                        Pattern.compile(cells[5], Pattern.DOTALL)));
            }
        }
        return rules;
    }

    /** Whether the cell must not even be tried. */
    static boolean isNever(Cell cell) {
        return is(Kind.NEVER, cell);
    }

    /** Whether the database does not have this cell, of which it said this. */
    static boolean isAbsent(Cell cell, String message) {
        return RULES.stream()
                .anyMatch(rule -> rule.kind() == Kind.ABSENT
                        && rule.matches(cell)
                        && rule.message().matcher(message).matches());
    }

    /** Whether the guard is known not to stop this cell. */
    static boolean isOpen(Cell cell) {
        return is(Kind.OPEN, cell);
    }

    /** Whether the guard is known to deny this cell although it changes nothing that is protected. */
    static boolean isKnownDenial(Cell cell) {
        return is(Kind.DENIED, cell);
    }

    private static boolean is(Kind kind, Cell cell) {
        return RULES.stream().anyMatch(rule -> rule.kind() == kind && rule.matches(cell));
    }
}
