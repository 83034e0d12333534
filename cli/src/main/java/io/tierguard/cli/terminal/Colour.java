package io.tierguard.cli.terminal;

/** How a text stands out on a terminal. */
public enum Colour {
    BOLD("1"),
    FAINT("2"),
    RED("1;31"),
    GREEN("32"),
    YELLOW("33"),
    CYAN("36");

    private static final String ESCAPE = "\u001b[";

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    /** The text in this colour. */
    String paint(String text) {
        return ESCAPE + code + "m" + text + ESCAPE + "0m";
    }
}
