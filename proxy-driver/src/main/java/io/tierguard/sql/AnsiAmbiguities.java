package io.tierguard.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Finds what some databases read as more than others do, wherever in a statement it stands. */
final class AnsiAmbiguities {
    /** Words before a parenthesis that are no function anywhere. */
    private static final Set<String> GRAMMAR = Set.of(
            "all", "any", "some", "row", "array", "grouping", "cast", "exists", "unique", "values", "rollup", "cube");

    /** Statements of one word. */
    private static final Set<String> STATEMENTS = Set.of(
            "commit",
            "rollback",
            "shutdown",
            "reconfigure",
            "checkpoint",
            "revert",
            "return",
            "break",
            "continue",
            "throw",
            "kill",
            "print",
            "dbcc",
            "raiserror",
            "waitfor",
            "use",
            "grant",
            "revoke",
            "deny");

    private AnsiAmbiguities() {}

    /** Whether a statement holds any. */
    static boolean areIn(List<Token> statement) {
        return holdsLongName(statement)
                || holdsDetachedCall(statement)
                || holdsNamedList(statement)
                || endsInStatement(statement);
    }

    /** A name of more than two parts leads to another database in some, and into a column in others. */
    private static boolean holdsLongName(List<Token> tokens) {
        for (int i = 3; i < tokens.size(); i++) {
            if (tokens.get(i).isSymbol(".") && tokens.get(i - 2).isSymbol(".")) {
                return true;
            }
        }
        return false;
    }

    /** MySQL takes a built-in for a function of a user's own where a blank stands before its parenthesis. */
    private static boolean holdsDetachedCall(List<Token> tokens) {
        for (int i = 1; i < tokens.size(); i++) {
            Token name = tokens.get(i - 1);
            boolean isDetached =
                    tokens.get(i).isSymbol("(") && name.end() < tokens.get(i).start();
            if (isDetached
                    && name.kind() == Token.Kind.WORD
                    && !GRAMMAR.contains(name.text())
                    && HarmlessRoutines.isHarmless(Dialect.ANSI, new RoutineCall("", name.text()))) {
                return true;
            }
        }
        return false;
    }

    /** SQLite reads the table that IN names without parentheses; POSITION has an IN of its own. */
    private static boolean holdsNamedList(List<Token> tokens) {
        Deque<Boolean> isPosition = new ArrayDeque<>(List.of(false));
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).isSymbol("(")) {
                isPosition.push(i > 0 && tokens.get(i - 1).is("position"));
            } else if (tokens.get(i).isSymbol(")")) {
                isPosition.pop();
            } else if (tokens.get(i).is("in") && !tokens.get(i + 1).isSymbol("(") && !isPosition.element()) {
                return true;
            }
        }
        return false;
    }

    /** SQL Server parts statements by nothing, so that what seems to be an alias may be a second one. */
    private static boolean endsInStatement(List<Token> tokens) {
        for (int i = 1; i < tokens.size(); i++) {
            Token before = tokens.get(i - 1);
            boolean endsValue = before.isValue()
                    || before.isSymbol(")")
                    || before.isSymbol("*")
                    || before.kind() == Token.Kind.NAME
                    || (before.kind() == Token.Kind.WORD && !WritingWords.isReserved(before.text()));
            if (endsValue
                    && tokens.get(i).kind() == Token.Kind.WORD
                    && STATEMENTS.contains(tokens.get(i).text())) {
                return true;
            }
        }
        return false;
    }
}
