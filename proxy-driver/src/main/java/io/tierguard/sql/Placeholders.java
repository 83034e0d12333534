package io.tierguard.sql;

/** What a question mark in a text is. */
public enum Placeholders {
    /** The text of a plain statement: no parameters. */
    NONE,
    /** The text of a prepared or callable statement: {@code ?} is a parameter and {@code ??} the character. */
    QUESTION_MARKS
}
