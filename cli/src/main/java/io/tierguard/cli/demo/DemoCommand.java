package io.tierguard.cli.demo;

import io.tierguard.cli.audit.AuditExcerpt;
import io.tierguard.cli.terminal.Colour;
import io.tierguard.cli.terminal.ExitCode;
import io.tierguard.cli.terminal.HelpOption;
import io.tierguard.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code tierguard demo}. */
@Command(
        name = "demo",
        description =
                "Shows the guard at work on a small shop in memory; needs nothing, leaves nothing but its audit log.",
        sortOptions = false,
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  what must pass passed, what must be denied was denied, and the ledger is as it was",
            "  1  something went otherwise"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final String POLICY = "shop.tierguard";
    private static final int SHOWN_RECORDS = 8;

    private final Terminal terminal;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Option(
            names = "--audit",
            paramLabel = "FILE",
            description = "Where the audit log goes (default: a new file in the temporary folder).")
    private @Nullable Path auditFile;

    /** The command on a terminal. */
    public DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Path audit =
                auditFile == null ? Files.createTempDirectory("tierguard-demo").resolve("audit.jsonl") : auditFile;
        List<Act> acts = Play.acts();
        try (Shop shop = new Shop(acts.stream().map(Act::user).toList())) {
            return show(acts, shop, audit) ? ExitCode.OK : ExitCode.FAILED;
        } catch (SQLException | RuntimeException e) {
            terminal.remark("tierguard: the demonstration ended early: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private boolean show(List<Act> acts, Shop shop, Path audit) throws SQLException, IOException {
        heading("The policy, " + POLICY);
        numbered(policy());
        List<String> before = shop.ledger();
        List<String> bystanders = shop.bystanders();

        heading("The application, through HikariCP and jdbc:tierguard:h2:mem:…");
        terminal.say("Every login may do everything in the database; only the guard stands between.");
        Performance performance = new Performance(terminal, shop.guardedUrl(), audit);
        for (Act act : acts) {
            performance.play(act);
        }

        heading("The end of the audit log, " + audit);
        AuditExcerpt.printSentences(audit, SHOWN_RECORDS, terminal);
        terminal.say("");
        terminal.say("The last of them as it stands:");
        AuditExcerpt.printLastRecord(audit, terminal);

        List<String> after = shop.ledger();
        heading("The ledger, table payment (id, order, amount)");
        terminal.say("before  " + String.join("  |  ", before));
        terminal.say("after   " + String.join("  |  ", after));

        boolean isUntouched = after.containsAll(before) && after.size() == before.size() + 1;
        boolean isAsItMust = isUntouched && shop.bystanders().equals(bystanders) && performance.surprises() == 0;
        conclude(performance, isUntouched, isAsItMust);
        readNext(audit);
        return isAsItMust;
    }

    private void conclude(Performance performance, boolean isUntouched, boolean isAsItMust) {
        terminal.say("");
        terminal.say(performance.passed() + " attempts passed, " + performance.denied() + " were denied. "
                + (isUntouched
                        ? "Every row that was in the ledger is as it was; one was added."
                        : "THE LEDGER WAS CHANGED."));
        if (isAsItMust) {
            terminal.say(terminal.paint(Colour.GREEN, "Everything went as it must."));
        } else {
            terminal.say(terminal.paint(Colour.RED, "Not everything went as it must: see above."));
        }
    }

    private void readNext(Path audit) {
        heading("What to read next");
        terminal.say("./tierguard audit tail -n 100 " + audit);
        terminal.say("README.md                    what this is, and when not to use it");
        terminal.say("docs/reference/cli.md        this command: check a policy, read the log");
        terminal.say("docs/reference/audit-log.md  what the log promises, field by field");
    }

    private void heading(String text) {
        terminal.say("");
        terminal.say(terminal.paint(Colour.BOLD, text));
        terminal.say(terminal.paint(Colour.FAINT, "-".repeat(text.codePointCount(0, text.length()))));
    }

    private void numbered(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            terminal.say(terminal.paint(Colour.FAINT, String.format("%3d", i + 1)) + "  " + lines.get(i));
        }
    }

    private static List<String> policy() throws IOException {
        try (@Nullable InputStream in = DemoCommand.class.getResourceAsStream(POLICY)) {
            if (in == null) {
                throw new IOException("the command was packaged without " + POLICY);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
