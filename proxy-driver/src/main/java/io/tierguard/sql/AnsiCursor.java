package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the names and queries that stand inside statements, as far as they are the same in every database; for one thread. */
final class AnsiCursor {
    private static final String OF_SQLITE = "sqlite_";

    /** Words that change something, or run something else, wherever they stand. */
    private static final Set<String> CHANGING = Set.of(
            "insert",
            "update",
            "delete",
            "merge",
            "upsert",
            "replace",
            "truncate",
            "create",
            "drop",
            "alter",
            "call",
            "exec",
            "execute",
            "returning",
            "output",
            "procedure",
            "outfile",
            "dumpfile",
            "into");

    /** Words that some database takes for a modifier where others take them for the table. */
    private static final Set<String> MODIFIERS = Set.of(
            "only",
            "ignore",
            "low_priority",
            "high_priority",
            "quick",
            "delayed",
            "overwrite",
            "top",
            "statistics",
            "or",
            "all",
            "first",
            "table",
            "final",
            "old",
            "new",
            "directory",
            "local",
            "temporary",
            "temp",
            "if",
            "concurrently",
            "external",
            "foreign",
            "materialized",
            "partition");

    private final StatementTokens statement;

    AnsiCursor(StatementTokens statement) {
        this.statement = statement;
    }

    static boolean isChanging(Token token) {
        return token.kind() == Token.Kind.WORD && CHANGING.contains(token.text());
    }

    /** Reads a name that nothing but a table can be, wherever a modifier might stand before it. */
    boolean acceptTarget() {
        Token first = statement.peek();
        boolean isModifier = first.kind() == Token.Kind.WORD
                && (MODIFIERS.contains(first.text()) || WritingWords.isReserved(first.text()));
        Optional<TableName> table = isModifier ? Optional.empty() : statement.acceptTable();
        // A row of one of SQLite's own tables is the count of another table's rows.
        return table.isPresent() && !table.get().name().startsWith(OF_SQLITE);
    }

    /** Reads names in parentheses, each alone or with one of the words behind it. */
    boolean acceptNames(Set<String> behind) {
        if (!statement.acceptSymbol("(")) {
            return false;
        }
        do {
            if (!statement.next().isIdentifier()) {
                return false;
            }
            statement.acceptAny(behind);
        } while (statement.acceptSymbol(","));
        return statement.acceptSymbol(")");
    }

    boolean isAnyAt(int distance, Set<String> words) {
        Token token = statement.peek(distance);
        return token.kind() == Token.Kind.WORD && words.contains(token.text());
    }

    boolean isQuery() {
        List<Token> tokens = statement.rest();
        for (int i = 0; i < tokens.size(); i++) {
            boolean isNamed = i > 0 && tokens.get(i - 1).isSymbol(".");
            boolean isCall = tokens.get(i).is("replace")
                    && i + 1 < tokens.size()
                    && tokens.get(i + 1).isSymbol("(");
            boolean isLock =
                    tokens.get(i).is("update") && i > 0 && tokens.get(i - 1).is("for");
            if (isChanging(tokens.get(i)) && !isNamed && !isCall && !isLock) {
                return false;
            }
        }
        return true;
    }
}
