package io.tierguard.sql;

/** What a question mark in a text means. */
public enum Placeholders {
    /** The text of a plain Statement: it has no parameters, a question mark is what the database takes it for. */
    NONE,
    /** The text of a PreparedStatement or CallableStatement: {@code ?} is a parameter, {@code ??} the operator. */
    QUESTION_MARKS
}
