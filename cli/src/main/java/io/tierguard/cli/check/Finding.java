package io.tierguard.cli.check;

import io.tierguard.cli.terminal.Colour;
import io.tierguard.cli.terminal.Printable;
import io.tierguard.cli.terminal.Terminal;

/**
 * One point on which a policy and a live database disagree.
 *
 * @param message what it is
 * @param rule where the policy says so; empty when it does not
 * @param help what may have been meant; empty when nothing is near
 */
record Finding(String message, String rule, String help) {

    /** The finding as a reader sees it. */
    String render(Terminal terminal) {
        StringBuilder text = new StringBuilder(terminal.paint(Colour.YELLOW, "warning"))
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
