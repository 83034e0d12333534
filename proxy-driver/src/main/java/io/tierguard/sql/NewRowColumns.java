package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the columns of the row at hand that the body of a trigger sets, in PL/pgSQL and in the code of MySQL and MariaDB.
 *
 * <p>INVARIANT: every mention of the row where the language could assign to it counts as an assignment. For one thread.
 */
final class NewRowColumns {
    private static final Set<String> ROWS = Set.of("new", "old");

    /** Words behind which a statement begins. */
    private static final Set<String> BEFORE_STATEMENTS = Set.of("begin", "then", "else", "loop", "do", "repeat");

    /** Statements that may hand a variable over to be set. */
    private static final Set<String> GIVING = Set.of("call", "get", "fetch", "for", "foreach");

    /** What may be returned without being another row than that at hand. */
    private static final Set<String> RETURNED = Set.of("new", "old", "null", "coalesce");

    private final List<Token> tokens;
    private final Set<String> set = new HashSet<>();
    private boolean isAny;

    /** The word that the list of targets or the statement goes by in which the cursor is; empty outside such. */
    private String within = "";

    private NewRowColumns(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** The columns, folded; empty where it may be any. */
    static Optional<Set<String>> in(List<Token> tokens) {
        NewRowColumns columns = new NewRowColumns(tokens);
        int at = 0;
        while (at < tokens.size()) {
            at = columns.step(at);
        }
        return columns.isAny ? Optional.empty() : Optional.of(Set.copyOf(columns.set));
    }

    private int step(int at) {
        Token token = tokens.get(at);
        if (token.isSymbol(";")) {
            within = "";
        } else if (token.is("return") && isStart(at)) {
            returned(at + 1);
        } else if (token.is("into") && !isAt(at - 1, "insert") && !isAt(at - 1, "merge")) {
            into(at + 1);
        } else if (token.kind() == Token.Kind.WORD && GIVING.contains(token.text()) && isStart(at)) {
            within = token.text();
        } else if ((token.is("in") && within.startsWith("for")) || token.is("loop")) {
            within = within.startsWith("for") ? "" : within;
        } else if (token.isIdentifier()) {
            return path(at);
        }
        return at + 1;
    }

    /** A name with its parts, and whether it is assigned to. */
    private int path(int start) {
        int end = endOfPath(start);
        int row = rowIn(start, end);
        if (row >= 0 && isAliased(start)) {
            isAny = true; // even by the name of a column it is the row
        } else if (row >= 0 && (!within.isEmpty() || isAssigned(start, end))) {
            assign(row, end);
        }
        return end;
    }

    private boolean isAssigned(int start, int end) {
        int behind = behindSubscripts(end);
        boolean isListed = isAt(start - 1, "set") || isSymbolAt(start - 1, ",");
        return isSymbolAt(behind, ":=") || (isSymbolAt(behind, "=") && (isStart(start) || isListed));
    }

    /** Another name for the row may be assigned to wherever it stands. */
    private boolean isAliased(int start) {
        return isAt(start - 1, "for") && isAt(start - 2, "alias");
    }

    private void assign(int row, int end) {
        int column = row + 2;
        if (column < end) {
            set.add(TableName.fold(tokens.get(column).text()));
        } else {
            isAny = true;
        }
    }

    private void into(int start) {
        int at = isAt(start, "strict") ? start + 1 : start;
        boolean more = true;
        while (more && at < tokens.size()) {
            at += isSymbolAt(at, "@") ? 1 : 0;
            int end = at + 1;
            if (at < tokens.size() && tokens.get(at).isIdentifier()) {
                end = endOfPath(at);
                int row = rowIn(at, end);
                if (row >= 0) {
                    assign(row, end);
                }
            }
            int behind = behindSubscripts(end);
            more = isSymbolAt(behind, ",");
            at = behind + 1;
        }
    }

    private void returned(int start) {
        for (int at = start; at < tokens.size() && !tokens.get(at).isSymbol(";"); at++) {
            Token token = tokens.get(at);
            boolean isKnown = token.isSymbol("(")
                    || token.isSymbol(")")
                    || token.isSymbol(",")
                    || (token.kind() == Token.Kind.WORD && RETURNED.contains(token.text()));
            isAny |= !isKnown;
        }
    }

    /** The index behind a name with all its parts, as {@code label.new.column.field}. */
    private int endOfPath(int start) {
        return DottedName.at(tokens, start).end();
    }

    /** Where in a name the row stands; less than zero where it does not. */
    private int rowIn(int start, int end) {
        for (int at = start; at < end; at += 2) {
            if (ROWS.contains(TableName.fold(tokens.get(at).text()))) {
                return at;
            }
        }
        return -1;
    }

    private int behindSubscripts(int start) {
        int at = start;
        while (isSymbolAt(at, "[") || isSymbolAt(at, ".")) {
            int depth = 0;
            do {
                depth += isSymbolAt(at, "[") ? 1 : 0;
                depth -= isSymbolAt(at, "]") ? 1 : 0;
                at++;
            } while (depth > 0 && at < tokens.size());
            at += at < tokens.size() && isSymbolAt(at - 1, ".") ? 1 : 0;
        }
        return at;
    }

    private boolean isStart(int at) {
        @Nullable Token before = at == 0 ? null : tokens.get(at - 1);
        return before == null
                || before.isSymbol(";")
                || before.isSymbol(">>")
                || before.isSymbol(":")
                || (before.kind() == Token.Kind.WORD && BEFORE_STATEMENTS.contains(before.text()));
    }

    private boolean isAt(int at, String word) {
        return at >= 0 && at < tokens.size() && tokens.get(at).is(word);
    }

    private boolean isSymbolAt(int at, String symbol) {
        return at >= 0 && at < tokens.size() && tokens.get(at).isSymbol(symbol);
    }
}
