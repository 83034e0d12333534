package io.tierguard.sql;

/** The names that PostgreSQL gives to the sequences of columns which number their rows. */
public final class SequenceNames {
    private SequenceNames() {}

    /** Whether the server may have called the sequence of a column of a table so; longer names it cuts, and tells apart by a number. */
    public static boolean couldBeOf(String table, String sequence) {
        return sequence.startsWith(table + "_") && sequence.endsWith("_seq");
    }
}
