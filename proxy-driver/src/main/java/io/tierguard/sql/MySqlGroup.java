package io.tierguard.sql;

/** What stands in parentheses in a query of MySQL or MariaDB, or the whole; as it is walked through. */
final class MySqlGroup {

    /** Which part of a query its words are in. */
    enum Clause {
        SELECT,
        FROM,
        ON,
        GROUP,
        VALUE
    }

    final String called;
    final boolean holdsTables;
    Clause clause = Clause.VALUE;
    boolean isAtHead;
    boolean isBehindDuplicate;
    boolean assigns;

    /**
     * A group that begins.
     *
     * @param called the word before it, which may be a call's
     * @param holdsTables whether tables stand in it as they do behind FROM
     */
    MySqlGroup(String called, boolean holdsTables) {
        this.called = called;
        this.holdsTables = holdsTables;
    }

    /** A word of it comes next. */
    void enter(String word, boolean isFirst, boolean isBeforeDuplicate) {
        switch (word) {
            case "select" -> {
                clause = Clause.SELECT;
                isAtHead = true;
            }
            case "from", "join", "straight_join" -> clause = Clause.FROM;
            case "update" -> clause = isFirst ? Clause.FROM : Clause.VALUE;
            case "on" -> {
                clause = Clause.ON;
                isBehindDuplicate |= isBeforeDuplicate;
                assigns |= isBeforeDuplicate;
            }
            case "group" -> clause = Clause.GROUP;
            case "returning" -> clause = Clause.SELECT;
            case "set" -> {
                clause = Clause.VALUE;
                assigns = true;
            }
            case "where", "having", "order", "limit", "into", "window", "union", "except", "intersect" -> {
                clause = Clause.VALUE;
                assigns &= isBehindDuplicate;
            }
            default -> {}
        }
    }
}
