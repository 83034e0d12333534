package io.tierguard.sql;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads one statement by the word it begins with. */
final class StatementReader {

    private static final int MAX_DEPTH = 8;

    private final Dialect dialect;
    private final Optional<LexicalModes> ofSession;
    private final QueryReader queries;
    private final UtilityTable utilities;

    /** What the statements are in. */
    Dialect dialect() {
        return dialect;
    }

    /** How the session cuts in which what is read runs at once; empty where that may be any session. */
    Optional<LexicalModes> ofSession() {
        return ofSession;
    }

    StatementReader(Dialect dialect, Optional<LexicalModes> ofSession) {
        this.dialect = dialect;
        this.ofSession = ofSession;
        this.queries = new QueryReader(dialect);
        this.utilities = UtilityTable.of(dialect, this);
    }

    /** What the statement that these tokens make could do. */
    StatementEffects read(String sql, List<Token> tokens) {
        return read(new StatementTokens(sql, tokens), 0);
    }

    /** What a statement inside another could do. */
    StatementEffects readInner(StatementTokens outer, int depth) {
        return read(new StatementTokens(outer.sql(), outer.rest()), depth + 1);
    }

    /** What the query that these tokens make could do. */
    StatementEffects readQuery(StatementTokens query) {
        return queries.read(query);
    }

    private StatementEffects read(StatementTokens statement, int depth) {
        return dialect == Dialect.ANSI && !statement.atEnd() ? readPlain(statement, depth) : readAny(statement, depth);
    }

    /** Of a database that nobody knows only what means the same in all is read, and nothing is bounded. */
    private StatementEffects readPlain(StatementTokens statement, int depth) {
        Optional<Problem> refusal = AnsiForms.refusal(statement);
        String operation = QueryReader.firstWord(statement.rest());
        if (refusal.isPresent()) {
            return new StatementEffects.Unreadable(operation, refusal.get());
        }
        StatementEffects reading = readAny(AnsiForms.withoutIsolation(statement), depth);
        return reading instanceof StatementEffects.Bounded bounded
                ? new StatementEffects.Unreadable(operation, bounded.problem().with(AnsiForms.HELP))
                : reading;
    }

    private StatementEffects readAny(StatementTokens statement, int depth) {
        if (statement.atEnd() || depth > MAX_DEPTH) {
            Problem problem = Problem.ofWholeText("a statement within a statement that is not there", "");
            return new StatementEffects.Unreadable("statement", problem);
        }
        if (statement.peek().kind() == Token.Kind.PARAMETER
                && statement.peek(1).isSymbol("=")
                && statement.peek(2).is("call")) {
            statement.next();
            statement.next();
        }
        if (statement.peek().isSymbol("(") || isQuery(statement)) {
            return queries.read(statement);
        }
        Token first = statement.peek();
        String word = first.kind() == Token.Kind.WORD ? first.text() : "";
        UtilityTable.Row row = utilities.row(word);
        if (row == null) {
            return notKnown(statement, word.toUpperCase(Locale.ROOT));
        }
        return row.read(statement, depth);
    }

    /** Of a statement that begins with a word of no row, or with no word at all. */
    private static StatementEffects notKnown(StatementTokens statement, String word) {
        return word.isEmpty()
                ? Readings.unreadable("statement", statement, "it does not begin with a word of SQL", "")
                : Readings.unreadable(word, statement, "a statement that begins with '" + word + "' is not known", "");
    }

    private static boolean isQuery(StatementTokens statement) {
        return statement.isAny(WritingWords.FIRST) && !statement.is("truncate");
    }
}
