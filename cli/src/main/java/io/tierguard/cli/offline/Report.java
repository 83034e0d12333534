package io.tierguard.cli.offline;

import io.tierguard.cli.terminal.Colour;
import io.tierguard.cli.terminal.Printable;
import io.tierguard.cli.terminal.Terminal;
import io.tierguard.guard.ExplainedStatement;
import io.tierguard.guard.Explanation;
import io.tierguard.policy.model.DecisionPath;
import io.tierguard.policy.model.DenialText;
import io.tierguard.policy.model.Step;
import io.tierguard.policy.source.Diagnostic;
import io.tierguard.policy.source.Style;
import java.nio.file.Path;
import java.util.List;

/** Prints verdicts with the rules behind them, and what is said against files. */
public final class Report {
    private static final int LONGEST_STATEMENT = 100;
    private static final int WORD_WIDTH = 8;

    private final Terminal terminal;

    /** A report on a terminal. */
    public Report(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Prints the denials of a verdict and, effect by effect, what each rule said. */
    public void explain(Explanation explanation, String indent) {
        if (!explanation.denied().isEmpty()) {
            say(indent, "denied: " + DenialText.of(explanation.denied()));
        }
        if (!explanation.observed().isEmpty()) {
            say(indent, "would be denied: " + DenialText.of(explanation.observed()));
        }
        if (explanation.paths().isEmpty() && explanation.isAllowed()) {
            say(indent, "it reads and changes no table");
        }
        List<ExplainedStatement> statements = explanation.statements();
        for (int at = 0; at < statements.size(); at++) {
            if (statements.size() > 1) {
                say(indent, "statement " + (at + 1) + ", " + statements.get(at).operation());
            }
            statements.get(at).paths().forEach(path -> explain(path, indent));
        }
    }

    private void explain(DecisionPath path, String indent) {
        say(indent, path.act());
        for (Step step : path.steps()) {
            String word = step.answer().word();
            String padded = word + " ".repeat(WORD_WIDTH - word.length());
            terminal.say(indent + "  " + terminal.paint(colour(step.answer()), padded) + Printable.of(step.toString()));
        }
    }

    /** A statement on one line, cut where it is long. */
    public static String shown(String sql) {
        String line = String.join(" ", sql.strip().split("\\s+", -1));
        boolean isLong = line.codePointCount(0, line.length()) > LONGEST_STATEMENT;
        String cut = isLong ? line.substring(0, line.offsetByCodePoints(0, LONGEST_STATEMENT)) + "…" : line;
        return Printable.of(cut);
    }

    /** Prints what is said against a file, and whether that is an error; a file of which nothing is said is not named. */
    public boolean hasErrors(Path file, List<Diagnostic> diagnostics) {
        diagnostics.forEach(
                diagnostic -> terminal.say(diagnostic.render(terminal.isColoured() ? Style.ANSI : Style.PLAIN)));
        int errors = (int) diagnostics.stream().filter(Diagnostic::isError).count();
        if (errors > 0) {
            String text = errors + (errors == 1 ? " error" : " errors");
            terminal.say(file + ": " + terminal.paint(Colour.RED, text));
        }
        return errors > 0;
    }

    /** Says once what a verdict without a database leaves out. */
    public void noteBlindness(String remedy) {
        terminal.say(terminal.paint(Colour.CYAN, "note")
                + ": judged without a database: what views, foreign keys with actions, triggers, rules, partitions and"
                + " inherited tables would add is not seen; " + remedy);
    }

    private void say(String indent, String text) {
        terminal.say(indent + Printable.of(text));
    }

    private static Colour colour(Step.Answer answer) {
        return switch (answer) {
            case TELLS -> Colour.FAINT;
            case PERMITS -> Colour.GREEN;
            case YIELDS -> Colour.YELLOW;
            case DENIES -> Colour.RED;
        };
    }
}
