package io.tierguard.cli.check;

import io.tierguard.policy.model.Policy;
import io.tierguard.policy.model.TableClass;
import io.tierguard.policy.model.TablePattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds where a policy and a live database disagree. */
final class LiveComparison {
    private static final int NEAR = 2;

    private LiveComparison() {}

    /** Every point, errors first. */
    static List<Finding> of(Policy written, LiveDatabase live) {
        Policy policy = live.kept(written);
        List<Finding> findings = new ArrayList<>(ServerNames.compare(written, policy, live));
        findings.addAll(patternsWithoutTable(policy, live));
        findings.addAll(tablesWithoutPattern(policy, live));
        findings.addAll(CaseTwins.in(policy, live));
        findings.addAll(CodeComparison.of(policy, live));
        findings.sort(Comparator.comparing(finding -> !finding.isError()));
        return findings;
    }

    private static List<Finding> patternsWithoutTable(Policy policy, LiveDatabase live) {
        return policy.tableClasses().stream()
                .filter(tableClass -> live.tables().stream().noneMatch(table -> tableClass.matches(table.name())))
                .map(tableClass -> Finding.warning(
                        "`" + tableClass.pattern() + "` matches no table of the live database",
                        tableClass.rule(),
                        help(tableClass.pattern(), live)))
                .toList();
    }

    private static List<Finding> tablesWithoutPattern(Policy policy, LiveDatabase live) {
        List<Finding> findings = new ArrayList<>();
        for (LiveTable table : live.tables()) {
            Optional<TableClass> byAny = policy.classify(table.name());
            if (byAny.isPresent() && table.classIn(policy).isEmpty()) {
                findings.add(Finding.warning(
                        "`" + byAny.get().pattern() + "` does not cover the live table `" + table.label()
                                + "`: its rows are on another server, where no wildcard counts",
                        byAny.get().rule(),
                        "until a pattern names it, every statement on it is denied"));
            } else if (byAny.isEmpty() && !table.isView()) {
                String message = "no pattern covers the live table `" + table.label() + "`";
                findings.add(Finding.warning(message, "", "until one does, every statement on it is denied"));
            }
        }
        return findings;
    }

    private static String help(TablePattern pattern, LiveDatabase live) {
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

    private static String sentence(LiveDatabase live, String what, Predicate<LiveTable> condition) {
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
