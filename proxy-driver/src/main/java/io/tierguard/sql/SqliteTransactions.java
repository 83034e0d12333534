package io.tierguard.sql;

import java.util.Set;
import java.util.function.Consumer;

/** Reads what begins and ends the transactions of SQLite. */
final class SqliteTransactions {
    private static final Set<String> KINDS = Set.of("deferred", "immediate", "exclusive");

    private SqliteTransactions() {}

    static StatementEffects begin(StatementTokens statement) {
        return read(statement, "BEGIN", new SessionChange.TransactionStart(), cursor -> {
            if (cursor.peek().kind() == Token.Kind.WORD
                    && KINDS.contains(cursor.peek().text())) {
                cursor.next();
            }
            transaction(cursor);
        });
    }

    static StatementEffects commit(StatementTokens statement) {
        return read(statement, "COMMIT", new SessionChange.TransactionEnd(), SqliteTransactions::transaction);
    }

    static StatementEffects rollback(StatementTokens statement) {
        boolean isPart = statement.holds(Set.of("to"));
        SessionChange end = new SessionChange.TransactionEnd(
                isPart ? SessionChange.Ending.UNDONE_TO_SAVEPOINT : SessionChange.Ending.UNDONE);
        return read(statement, "ROLLBACK", end, cursor -> {
            if (cursor.accept("transaction") && cursor.isName()) {
                cursor.name();
            }
            if (cursor.accept("to")) {
                if (cursor.is("savepoint") && !isLast(cursor)) {
                    cursor.next();
                }
                cursor.name();
            }
        });
    }

    /** Where no transaction is open it begins one. */
    static StatementEffects savepoint(StatementTokens statement) {
        return read(statement, "SAVEPOINT", new SessionChange.TransactionStart(), SqliteCursor::name);
    }

    /** The outermost savepoint that began a transaction ends it. */
    static StatementEffects release(StatementTokens statement) {
        return read(statement, "RELEASE", new SessionChange.TransactionEnd(), cursor -> {
            if (cursor.is("savepoint") && !isLast(cursor)) {
                cursor.next();
            }
            cursor.name();
        });
    }

    private static boolean isLast(SqliteCursor cursor) {
        return cursor.rest().size() == 1;
    }

    private static void transaction(SqliteCursor cursor) {
        if (cursor.accept("transaction") && !cursor.atEnd()) {
            cursor.name();
        }
    }

    private static StatementEffects read(
            StatementTokens statement, String operation, SessionChange change, Consumer<SqliteCursor> grammar) {
        return SqliteStatements.read(statement, operation, read -> {
            read.cursor().next();
            grammar.accept(read.cursor());
            read.findings().change(change);
        });
    }
}
