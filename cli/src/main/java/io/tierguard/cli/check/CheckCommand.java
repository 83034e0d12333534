package io.tierguard.cli.check;

import io.tierguard.cli.database.DatabaseFault;
import io.tierguard.cli.database.DatabaseOptions;
import io.tierguard.cli.offline.MomentConverter;
import io.tierguard.cli.terminal.Colour;
import io.tierguard.cli.terminal.ExitCode;
import io.tierguard.cli.terminal.HelpOption;
import io.tierguard.cli.terminal.Terminal;
import io.tierguard.policy.PolicyLoader;
import io.tierguard.policy.PolicyOutcome;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.source.Diagnostic;
import io.tierguard.policy.source.Style;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code tierguard check}. */
@Command(
        name = "check",
        description = "Checks policy files, and with --url compares them with a live database.",
        sortOptions = false,
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  every policy is sound",
            "  1  a policy has errors, cannot be read or does not hold in the database;",
            "     with --strict, or warnings",
            "  2  the command was not understood, or the database cannot be read"
        })
public final class CheckCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "The policy files.")
    private List<Path> files = List.of();

    @Option(names = "--strict", description = "Warnings turn the exit code, too.")
    private boolean isStrict;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = MomentConverter.class,
            description = {
                "What has ended by then is an error; with its zone, as in",
                "2026-01-31T18:00Z (default: now)."
            })
    private @Nullable Instant moment;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    /** The command on a terminal. */
    public CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Optional<LiveDatabase> live;
        try {
            live = database.read(LiveDatabase::of);
        } catch (SQLException e) {
            terminal.remark("tierguard: " + DatabaseFault.of(database.url(), e));
            return ExitCode.USAGE;
        }
        Instant named = moment;
        Instant now = named == null ? Instant.now() : named;
        boolean isSound = true;
        boolean isComparisonLeft = false;
        for (Path file : files) {
            PolicyOutcome outcome = PolicyLoader.review(file, now);
            isSound &= report(file, outcome, live);
            isComparisonLeft |= live.isEmpty() && outcome instanceof PolicyOutcome.Loaded;
        }
        if (isComparisonLeft) {
            terminal.say(terminal.paint(Colour.CYAN, "note")
                    + ": table patterns were not compared with a live database; --url JDBCURL does that");
        }
        return isSound ? ExitCode.OK : ExitCode.FAILED;
    }

    private boolean report(Path file, PolicyOutcome outcome, Optional<LiveDatabase> live) {
        if (outcome instanceof PolicyOutcome.Loaded loaded) {
            return reportSound(file, loaded, live);
        }
        List<Diagnostic> diagnostics = ((PolicyOutcome.Rejected) outcome).diagnostics();
        diagnostics.forEach(this::say);
        int errors = (int) diagnostics.stream().filter(Diagnostic::isError).count();
        sum(file, errors, diagnostics.size() - errors);
        return false;
    }

    private void sum(Path file, int errors, int warnings) {
        terminal.say(file + ": " + terminal.paint(Colour.RED, count(errors, "", "error"))
                + count(warnings, ", ", "warning"));
    }

    private boolean reportSound(Path file, PolicyOutcome.Loaded loaded, Optional<LiveDatabase> live) {
        Policy policy = loaded.policy();
        List<Finding> findings = new ArrayList<>();
        database.refusal(policy).ifPresent(refusal -> findings.add(Finding.error(refusal, "")));
        live.ifPresent(found -> findings.addAll(LiveComparison.of(policy, found)));
        loaded.warnings().forEach(this::say);
        findings.forEach(finding -> terminal.say(finding.render(terminal)));
        int errors = (int) findings.stream().filter(Finding::isError).count();
        int warnings = loaded.warnings().size() + findings.size() - errors;
        if (errors > 0) {
            sum(file, errors, warnings);
            return false;
        }
        terminal.say(file + ": " + terminal.paint(Colour.GREEN, "ok") + count(warnings, ", ", "warning") + " ("
                + count(policy.tiers().size(), "", "tier")
                + count(policy.tableClasses().size(), ", ", "table pattern")
                + count(policy.components().size(), ", ", "component") + ")");
        return warnings == 0 || !isStrict;
    }

    private void say(Diagnostic diagnostic) {
        terminal.say(diagnostic.render(terminal.isColoured() ? Style.ANSI : Style.PLAIN));
    }

    private static String count(int number, String before, String what) {
        return number == 0 ? "" : before + number + " " + what + (number == 1 ? "" : "s");
    }
}
