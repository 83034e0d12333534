package io.tierguard.sql;

import io.tierguard.policy.model.Power;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the statements that begin and end transactions in MySQL and MariaDB, where BEGIN may also open a block of code. */
final class MySqlTransactions {

    private static final Set<String> OPTIONS = Words.of("""
            and chain consistent no only read release snapshot with work write
            """);

    /** What START begins that is no transaction. */
    private static final Set<String> SERVERS =
            Set.of("slave", "replica", "all", "group_replication", "sql_thread", "io_thread");

    private MySqlTransactions() {}

    static StatementEffects read(StatementTokens statement, int depth) {
        String first = statement.next().text();
        String operation = first.toUpperCase(Locale.ROOT);
        boolean names = first.equals("savepoint") || first.equals("release");
        if (first.equals("start") && !statement.accept("transaction")) {
            return SERVERS.contains(statement.peek().text())
                    ? Readings.power(operation, Power.ADMINISTER, List.of())
                    : notKnown(operation, statement);
        }
        if (names) {
            boolean isSavepoint = first.equals("savepoint") || statement.accept("savepoint");
            boolean isPlain = isSavepoint && statement.next().isIdentifier() && statement.atEnd();
            return isPlain ? Readings.harmless(operation) : notKnown(operation, statement);
        }
        statement.accept("work");
        if (first.equals("rollback") && statement.accept("to")) {
            statement.accept("savepoint");
            boolean isPlain = statement.next().isIdentifier() && statement.atEnd();
            return isPlain
                    ? Readings.change(
                            operation, new SessionChange.TransactionEnd(SessionChange.Ending.UNDONE_TO_SAVEPOINT))
                    : notKnown(operation, statement);
        }
        boolean isBegin = first.equals("begin");
        while (!isBegin && (statement.acceptAny(OPTIONS) || statement.acceptSymbol(","))) {
            // each only says how
        }
        if (!statement.atEnd()) {
            return notKnown(operation, statement);
        }
        if (isBegin || first.equals("start")) {
            return Readings.change(operation, new SessionChange.TransactionStart());
        }
        SessionChange.Ending ending =
                first.equals("rollback") ? SessionChange.Ending.UNDONE : SessionChange.Ending.KEPT;
        return Readings.change(operation, new SessionChange.TransactionEnd(ending));
    }

    /** A branch of a distributed transaction; what one that is committed has changed was judged when it was changed. */
    static StatementEffects readXa(StatementTokens statement, int depth) {
        statement.next();
        Token step = statement.next();
        if (step.is("recover")) {
            return Readings.harmless("XA");
        }
        do {
            if (!statement.next().isValue()) {
                return notKnown("XA", statement);
            }
        } while (statement.acceptSymbol(","));
        boolean isOfBranch = statement.atEnd() || (step.is("commit") && statement.accept("one", "phase"));
        if (!isOfBranch || !statement.atEnd()) {
            return notKnown("XA", statement);
        }
        return switch (step.text()) {
            case "start", "begin" -> Readings.change("XA", new SessionChange.TransactionStart());
            case "end" -> Readings.harmless("XA END");
            case "prepare", "commit" ->
                Readings.change("XA", new SessionChange.TransactionEnd(SessionChange.Ending.KEPT));
            case "rollback" -> Readings.change("XA", new SessionChange.TransactionEnd(SessionChange.Ending.UNDONE));
            default -> notKnown("XA", statement);
        };
    }

    private static StatementEffects notKnown(String operation, StatementTokens statement) {
        return Readings.unreadable(operation, statement, "a form of " + operation + " that is not known", "");
    }
}
