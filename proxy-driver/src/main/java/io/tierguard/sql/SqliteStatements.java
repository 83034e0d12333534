package io.tierguard.sql;

import io.tierguard.policy.model.Power;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the statements of SQLite, by a grammar of its own; what does not fit it is not read. */
final class SqliteStatements {
    private SqliteStatements() {}

    /** Reads a query or a change of rows. */
    static StatementEffects readRows(StatementTokens statement) {
        String operation = operation(statement.rest());
        return read(statement, operation, read -> new SqliteRowChanges(read.cursor(), read.findings()).read());
    }

    private static String operation(List<Token> tokens) {
        if (tokens.isEmpty() || !tokens.get(0).is("with")) {
            return QueryReader.firstWord(tokens);
        }
        int depth = 0;
        for (Token token : tokens) {
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            boolean begins = token.is("insert") || token.is("update") || token.is("delete") || token.is("replace");
            if (depth == 0 && begins) {
                return token.text().toUpperCase(Locale.ROOT);
            }
        }
        return "SELECT";
    }

    /**
     * A statement while it is read.
     *
     * @param cursor over its tokens
     * @param findings what was found in it
     */
    record Reading(SqliteCursor cursor, StatementFindings findings) {}

    /** The reading of a whole statement by one part of the grammar. */
    static StatementEffects read(StatementTokens statement, String operation, Consumer<Reading> grammar) {
        return read(statement, operation, Set.of(), grammar);
    }

    /** The same of one that needs a power. */
    static StatementEffects read(
            StatementTokens statement, String operation, Set<Power> powers, Consumer<Reading> grammar) {
        Reading reading = new Reading(new SqliteCursor(statement.rest()), new StatementFindings(Dialect.SQLITE));
        try {
            grammar.accept(reading);
            end(reading.cursor());
        } catch (UnreadableTextException notRead) {
            return new StatementEffects.Unreadable(operation, notRead.problemIn(statement.sql()));
        }
        return reading.findings().reading(operation, powers);
    }

    /** Refuses what stands behind a statement. */
    static void end(SqliteCursor cursor) {
        if (!cursor.atEnd()) {
            throw cursor.unexpected();
        }
    }
}
