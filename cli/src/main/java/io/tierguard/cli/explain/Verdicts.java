package io.tierguard.cli.explain;

import io.tierguard.cli.offline.Report;
import io.tierguard.cli.terminal.Colour;
import io.tierguard.cli.terminal.Printable;
import io.tierguard.cli.terminal.Terminal;
import io.tierguard.guard.Explanation;
import io.tierguard.guard.OfflineSession;
import java.time.Instant;
import java.util.List;

/** Says the verdict on each text of one session, and counts them at the end. */
final class Verdicts {
    private final Terminal terminal;
    private final Report report;
    private final OfflineSession session;
    private final Instant moment;

    private int denied;
    private int observed;

    Verdicts(Terminal terminal, OfflineSession session, Instant moment) {
        this.terminal = terminal;
        this.report = new Report(terminal);
        this.session = session;
        this.moment = moment;
    }

    /** Judges the texts in their order, and whether all of them would pass. */
    boolean say(List<Input.Text> texts) {
        texts.forEach(this::say);
        String only = observed == 0
                ? ""
                : "; " + observed + (observed == 1 ? " passes" : " pass") + " only because it is observed";
        terminal.say(summary(texts.size()) + only);
        return denied == 0;
    }

    private void say(Input.Text text) {
        Explanation explanation = session.run(text.text(), text.placeholders(), moment);
        String place = text.place().isEmpty() ? "" : Printable.of(text.place()) + ": ";
        terminal.say(place + verdict(explanation) + "  " + Report.shown(text.shown()));
        report.explain(explanation, "  ");
        terminal.say("");
    }

    private String verdict(Explanation explanation) {
        if (!explanation.isAllowed()) {
            denied++;
            return terminal.paint(Colour.RED, "DENIED");
        }
        if (!explanation.observed().isEmpty()) {
            observed++;
            return terminal.paint(Colour.YELLOW, "would-deny");
        }
        return terminal.paint(Colour.GREEN, "allowed");
    }

    private String summary(int count) {
        if (count == 0) {
            return "there is no statement";
        }
        String all = count == 1 ? "the statement" : "all " + count + " statements";
        if (denied == 0) {
            return all + " would pass";
        }
        return denied == count ? all + " would be denied" : denied + " of " + count + " statements would be denied";
    }
}
