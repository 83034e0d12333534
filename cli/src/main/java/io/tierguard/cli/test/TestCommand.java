package io.tierguard.cli.test;

import io.tierguard.cli.offline.JudgingOptions;
import io.tierguard.cli.offline.Report;
import io.tierguard.cli.terminal.ExitCode;
import io.tierguard.cli.terminal.HelpOption;
import io.tierguard.cli.terminal.Terminal;
import io.tierguard.policy.PolicyLoader;
import io.tierguard.policy.PolicyOutcome;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.source.Diagnostic;
import io.tierguard.policy.spec.Coverage;
import io.tierguard.policy.spec.PolicyTest;
import io.tierguard.policy.spec.TestFile;
import io.tierguard.policy.spec.TestFileLoader;
import io.tierguard.sql.Dialect;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code tierguard test}. */
@Command(
        name = "test",
        description = "Runs the tests of a policy: what its statements would be told by the driver.",
        sortOptions = false,
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  every test passed",
            "  1  a test failed, a file has errors or cannot be read;",
            "     with --fail-on-empty, or no test ran",
            "  2  the command was not understood"
        })
public final class TestCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final TestReport report;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Parameters(index = "0", paramLabel = "POLICY", description = "The policy file.")
    private Path policyFile = Path.of("");

    @Parameters(
            index = "1..*",
            paramLabel = "TESTFILE",
            arity = "0..*",
            description =
                    "The files of tests (default: all `*_test.tierguard` beside the policy, but those of others).")
    private List<Path> testFiles = List.of();

    @Option(names = "--coverage", description = "Tells which rules of the policy the tests have not exercised.")
    private boolean tellsCoverage;

    @Option(names = "--fail-on-empty", description = "That no test ran turns the exit code, too.")
    private boolean failsOnEmpty;

    @Mixin
    private final JudgingOptions options = new JudgingOptions();

    private int tests;
    private int failed;
    private int statements;
    private int broken;

    /** The command on a terminal. */
    public TestCommand(Terminal terminal) {
        this.terminal = terminal;
        this.report = new TestReport(terminal);
    }

    @Override
    public Integer call() {
        PolicyOutcome outcome = PolicyLoader.load(policyFile);
        if (outcome instanceof PolicyOutcome.Rejected rejected) {
            new Report(terminal).hasErrors(policyFile, rejected.diagnostics());
            return ExitCode.FAILED;
        }
        Policy policy = ((PolicyOutcome.Loaded) outcome).policy();
        List<Path> files;
        try {
            files = testFiles.isEmpty() ? TestFiles.beside(policyFile) : testFiles;
        } catch (IOException e) {
            terminal.remark("tierguard: the folder of " + policyFile + " cannot be listed: " + e.getMessage());
            return ExitCode.FAILED;
        }
        return run(policy, files);
    }

    private int run(Policy policy, List<Path> files) {
        Dialect dialect = options.dialect().orElse(Dialect.POSTGRESQL);
        StatementJudge judge = new StatementJudge(policy, dialect, options.moment());
        List<String> dialects =
                Arrays.stream(Dialect.values()).map(Dialect::code).toList();
        TestFileLoader loader = new TestFileLoader(policy, dialects);
        Coverage coverage = new Coverage(policy);
        for (Path file : files) {
            TestFile read = loader.load(file);
            broken += new Report(terminal).hasErrors(file, said(read)) ? 1 : 0;
            if (read instanceof TestFile.Loaded loaded) {
                loaded.tests().forEach(test -> run(test, judge, coverage));
            }
        }
        report.summary(tests, failed, statements, broken);
        if (tellsCoverage) {
            report.coverage(coverage);
        }
        if (tests > 0) {
            new Report(terminal).noteBlindness("`tierguard explain --url JDBCURL` sees it");
        }
        boolean isEnough = tests > 0 || !failsOnEmpty;
        return broken == 0 && failed == 0 && isEnough ? ExitCode.OK : ExitCode.FAILED;
    }

    private void run(PolicyTest test, StatementJudge judge, Coverage coverage) {
        List<Judgement> judgements =
                test.expectations().stream().map(judge::judge).toList();
        for (Judgement judgement : judgements) {
            boolean passed = judgement.outcome().denied().isEmpty();
            coverage.add(
                    judgement.expectation().component(), judgement.explanation().paths(), passed);
            coverage.add(
                    judgement.explanation().limits(), judgement.expectation().rows());
        }
        tests++;
        statements += judgements.size();
        if (judgements.stream().allMatch(Judgement::isExpected)) {
            report.passed(test);
        } else {
            failed++;
            report.failed(test, judgements);
        }
    }

    private static List<Diagnostic> said(TestFile read) {
        return read instanceof TestFile.Rejected rejected
                ? rejected.diagnostics()
                : ((TestFile.Loaded) read).warnings();
    }
}
