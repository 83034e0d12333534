package io.tierguard.sql;

import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Reads statements of a database that is read by its documentation: what does not fit its grammar to the last token is refused. */
final class DocumentedStatements {
    private DocumentedStatements() {}

    /**
     * A statement while it is read.
     *
     * @param cursor over its tokens
     * @param findings what was found in it
     */
    record Reading(DocumentedCursor cursor, StatementFindings findings) {}

    static DocumentedSyntax syntaxOf(Dialect dialect) {
        return dialect == Dialect.ORACLE ? DocumentedSyntax.ORACLE : DocumentedSyntax.SQL_SERVER;
    }

    /** Reads a query or a change of rows. */
    static StatementEffects readRows(Dialect dialect, StatementTokens statement) {
        return read(dialect, statement, operation(statement), reading -> {
            if (dialect == Dialect.ORACLE) {
                new OracleRows(reading.cursor(), reading.findings()).read();
            } else {
                new SqlServerRows(reading.cursor(), reading.findings()).read();
            }
        });
    }

    private static String operation(StatementTokens statement) {
        int depth = 0;
        for (Token token : statement.rest()) {
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            boolean begins = token.is("insert") || token.is("update") || token.is("delete") || token.is("merge");
            if (depth == 0 && begins) {
                return token.text().toUpperCase(Locale.ROOT);
            }
            if (depth == 0 && token.is("select")) {
                break;
            }
        }
        return "SELECT";
    }

    /** Reads the word of a call and the name of the procedure, which no function is that is built in. */
    static void procedure(Reading reading) {
        DocumentedCursor cursor = reading.cursor();
        cursor.next();
        String first = cursor.name();
        String second = cursor.acceptSymbol(".") ? cursor.name() : "";
        reading.findings().callOwn(second.isEmpty() ? new RoutineCall("", first) : new RoutineCall(first, second));
    }

    /** Reads the call of one routine, as drivers write it. */
    static void call(Reading reading) {
        DocumentedCursor cursor = reading.cursor();
        procedure(reading);
        if (cursor.isSymbol("(")) {
            DocumentedQueries queries = queries(reading);
            new DocumentedCalls(cursor, queries.expressions, queries).arguments("");
        }
    }

    static DocumentedQueries queries(Reading reading) {
        return reading.cursor().syntax().isOracle()
                ? new OracleQueries(reading.cursor(), reading.findings())
                : new SqlServerQueries(reading.cursor(), reading.findings());
    }

    /** The reading of a whole statement by one part of the grammar. */
    static StatementEffects read(
            Dialect dialect, StatementTokens statement, String operation, Consumer<Reading> grammar) {
        DocumentedCursor cursor = new DocumentedCursor(syntaxOf(dialect), statement.rest());
        Reading reading = new Reading(cursor, new StatementFindings(dialect));
        try {
            grammar.accept(reading);
            if (!cursor.atEnd()) {
                throw cursor.unexpected();
            }
        } catch (UnreadableTextException notRead) {
            return new StatementEffects.Unreadable(operation, notRead.problemIn(statement.sql()));
        }
        return reading.findings().reading(operation, Set.of());
    }
}
