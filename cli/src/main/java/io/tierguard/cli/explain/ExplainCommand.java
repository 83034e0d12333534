package io.tierguard.cli.explain;

import io.tierguard.cli.database.DatabaseFault;
import io.tierguard.cli.database.DatabaseOptions;
import io.tierguard.cli.offline.JudgingOptions;
import io.tierguard.cli.offline.Report;
import io.tierguard.cli.terminal.ExitCode;
import io.tierguard.cli.terminal.HelpOption;
import io.tierguard.cli.terminal.Printable;
import io.tierguard.cli.terminal.Terminal;
import io.tierguard.guard.OfflineSession;
import io.tierguard.jdbc.ConnectedSession;
import io.tierguard.policy.PolicyLoader;
import io.tierguard.policy.PolicyOutcome;
import io.tierguard.policy.model.Component;
import io.tierguard.policy.model.Policy;
import io.tierguard.policy.source.Spelling;
import io.tierguard.schema.SchemaReader;
import io.tierguard.schema.SchemaSnapshot;
import io.tierguard.sql.Dialect;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code tierguard explain}. */
@Command(
        name = "explain",
        description = "Tells what the driver would say of statements, and by which rules; runs nothing.",
        sortOptions = false,
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  every statement would pass",
            "  1  a statement would be denied",
            "  2  the command was not understood, or what it names cannot be read"
        })
public final class ExplainCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Report report;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            description = "The policy file (default: the only one in the current folder).")
    private @Nullable Path policyFile;

    @Option(names = "--as", paramLabel = "COMPONENT", description = "The component that runs the statements.")
    private String componentName = "";

    @Mixin
    private final JudgingOptions options = new JudgingOptions();

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Parameters(
            paramLabel = "SQL|FILE",
            arity = "1..*",
            description = {
                "A text, executed in one call; or a file of statements, executed one by one; - is standard input.",
            })
    private List<String> arguments = List.of();

    /** The command on a terminal. */
    public ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
        this.report = new Report(terminal);
    }

    @Override
    public Integer call() {
        Dialect dialect = dialect();
        try {
            Path file = policyFile();
            PolicyOutcome outcome = PolicyLoader.load(file);
            if (outcome instanceof PolicyOutcome.Rejected rejected) {
                report.hasErrors(file, rejected.diagnostics());
                return ExitCode.USAGE;
            }
            return explain(((PolicyOutcome.Loaded) outcome).policy(), dialect);
        } catch (SQLException e) {
            terminal.remark("tierguard: " + DatabaseFault.of(database.url(), e));
        } catch (UnusableArgumentException e) {
            terminal.remark("tierguard: " + Printable.of(e.said()));
        }
        return ExitCode.USAGE;
    }

    private int explain(Policy policy, Dialect dialect) throws SQLException, UnusableArgumentException {
        Component component = component(policy);
        Input input = new Input(terminal.in(), dialect);
        List<Input.Text> texts = new ArrayList<>();
        for (String argument : arguments) {
            texts.addAll(input.of(argument));
        }
        Optional<String> refusal = database.refusal(policy);
        if (refusal.isPresent()) {
            throw new UnusableArgumentException(refusal.get());
        }
        OfflineSession session = database.read((connection, live) -> OfflineSession.of(
                        policy,
                        component,
                        ConnectedSession.facts(connection, live),
                        SchemaReader.read(connection, live)))
                .orElseGet(() -> OfflineSession.of(policy, component, dialect, SchemaSnapshot.UNKNOWN));
        boolean passes = new Verdicts(terminal, session, options.moment()).say(texts);
        if (database.url().isEmpty()) {
            report.noteBlindness("--url JDBCURL reads it");
        }
        return passes ? ExitCode.OK : ExitCode.FAILED;
    }

    private Dialect dialect() {
        Optional<Dialect> ofUrl = database.dialect();
        Optional<Dialect> named = options.dialect();
        if (ofUrl.isPresent() && named.isPresent() && !named.equals(ofUrl)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--url is one of " + ofUrl.get().code() + ", --dialect says "
                            + named.get().code());
        }
        return ofUrl.or(() -> named).orElse(Dialect.POSTGRESQL);
    }

    private Path policyFile() throws UnusableArgumentException {
        Path named = policyFile;
        return named == null ? PolicyFinder.only(Path.of("")) : named;
    }

    private Component component(Policy policy) throws UnusableArgumentException {
        List<String> names = policy.components().stream().map(Component::name).toList();
        String known = "the policy has " + String.join(", ", names);
        if (componentName.isEmpty()) {
            throw new UnusableArgumentException("name a component with --as; " + known);
        }
        Optional<Component> component = policy.component(componentName);
        if (component.isEmpty()) {
            String help = Spelling.closest(componentName, names)
                    .map(meant -> "did you mean `" + meant + "`?")
                    .orElse(known);
            throw new UnusableArgumentException("no component is called `" + componentName + "`; " + help);
        }
        return component.get();
    }
}
