package io.tierguard.cli.check;

import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.TableClass;
import io.tierguard.policy.model.TablePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds where a policy and a live database disagree. */
final class LiveComparison {
    private static final int NEAR = 2;

    private LiveComparison() {}

    /** Every pattern that matches no table, then every table that no pattern covers. */
    static List<Finding> of(Policy policy, LiveTables live) {
        List<Finding> findings = new ArrayList<>();
        for (TableClass tableClass : policy.tableClasses()) {
            if (live.tables().stream().noneMatch(table -> tableClass.matches(table.name()))) {
                findings.add(new Finding(
                        "`" + tableClass.pattern() + "` matches no table of the live database",
                        tableClass.rule(),
                        help(tableClass.pattern(), live)));
            }
        }
        for (LiveTable table : live.tables()) {
            if (!table.isView() && policy.classify(table.name()).isEmpty()) {
                String message = "no pattern covers the live table `" + table.label() + "`";
                findings.add(new Finding(message, "", "until one does, every statement on it is denied"));
            }
        }
        return findings;
    }

    private static String help(TablePattern pattern, LiveTables live) {
        String wanted = pattern.name().toString();
        if (wanted.equals("*")) {
            return "";
        }
        String byPlace = sentence(
                live,
                "would match but for its schema",
                table -> pattern.name().matches(table.name().name()));
        if (!byPlace.isEmpty() || wanted.contains("*")) {
            return byPlace;
        }
        String byMarks = sentence(
                live,
                "would match but for blanks, underscores or quoted characters",
                table -> letters(table.name().name()).equals(letters(wanted)));
        String bySpelling = sentence(
                live,
                "is spelled almost like it",
                table -> EditDistance.between(table.name().name(), wanted) <= NEAR);
        return byMarks.isEmpty() ? bySpelling : byMarks;
    }

    private static String sentence(LiveTables live, String what, Predicate<LiveTable> condition) {
        Optional<LiveTable> near = live.tables().stream().filter(condition).findFirst();
        return near.map(table -> "the live table `" + table.label() + "` " + what)
                .orElse("");
    }

    private static String letters(String name) {
        StringBuilder letters = new StringBuilder();
        name.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
        return letters.toString();
    }
}
