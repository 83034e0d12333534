package io.tierguard.sql;

/**
 * Why a text could not be read; a fact about our reading, never an accusation.
 *
 * @param message what was found, lower case, no full stop
 * @param line the line in the text, from 1; 0 when the whole text is meant
 * @param column the column in that line, in UTF-16 units from 1; 0 when the whole text is meant
 * @param help what a person can do about it; empty when there is nothing general to say
 */
public record Problem(String message, int line, int column, String help) {

    /** A problem of the whole text. */
    public static Problem ofWholeText(String message, String help) {
        return new Problem(message, 0, 0, help);
    }

    /** The same problem with another help. */
    Problem with(String otherHelp) {
        return new Problem(message, line, column, otherHelp);
    }

    /** The message with its place and help, as one line. */
    @Override
    public String toString() {
        String place = line == 0 ? "" : " at line " + line + ", column " + column;
        return message + place + (help.isEmpty() ? "" : "; " + help);
    }
}
