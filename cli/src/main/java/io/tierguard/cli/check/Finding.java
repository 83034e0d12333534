package io.tierguard.cli.check;

import io.tierguard.cli.terminal.Colour;
import io.tierguard.cli.terminal.Printable;
import io.tierguard.cli.terminal.Terminal;

/**
 * One point on which a policy and a live database disagree.
 *
 * @param isError whether the policy does not hold there as it reads
 * @param message what it is
 * @param rule where the policy says so; empty when it does not
 * @param help what may have been meant; empty when nothing is near
 */
record Finding(boolean isError, String message, String rule, String help) {

    static Finding error(String message, String rule) {
        return new Finding(true, message, rule, "");
    }

    static Finding warning(String message, String rule, String help) {
        return new Finding(false, message, rule, help);
    }

    /** The finding as a reader sees it. */
    String render(Terminal terminal) {
        String severity = isError ? terminal.paint(Colour.RED, "error") : terminal.paint(Colour.YELLOW, "warning");
        StringBuilder text = new StringBuilder(severity)
                .append(terminal.paint(Colour.BOLD, ": " + Printable.of(message)))
                .append('\n');
        if (!rule.isEmpty()) {
            text.append(" --> ").append(Printable.of(rule)).append('\n');
        }
        if (!help.isEmpty()) {
            text.append(terminal.paint(Colour.GREEN, "help"))
                    .append(": ")
                    .append(Printable.of(help))
                    .append('\n');
        }
        return text.toString();
    }
}
