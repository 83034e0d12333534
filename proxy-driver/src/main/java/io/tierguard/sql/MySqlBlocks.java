package io.tierguard.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Finds where code of MySQL and MariaDB ends whose semicolons divide its own statements.
 *
 * <p>INVARIANT: the end is never behind the true one, so that no statement is taken for a part of the code before it.
 * Where a name could be a word that opens a block, it is taken for a name.
 */
final class MySqlBlocks {

    private static final Set<String> CODE = Set.of("procedure", "function", "trigger", "event", "package");
    private static final Set<String> OPENING = Set.of("begin", "if", "case", "loop", "while", "repeat", "for");
    private static final Set<String> CONDITIONS = Set.of("found", "sqlwarning", "sqlexception");
    private static final Set<String> BEFORE_STATEMENT = Set.of("begin", "else", "do", "loop", "repeat", "atomic");

    /** Words with which a body of one statement begins. */
    private static final Set<String> SIMPLE = Words.of("""
            return select insert update delete replace call set values with signal truncate create drop alter
            prepare execute commit rollback do lock flush grant revoke load handler kill analyze optimize rename
            use show start
            """);

    private final List<Token> tokens;
    private final Deque<String> open = new ArrayDeque<>();

    private MySqlBlocks(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Behind the block that a statement's code is; the statement's start where it has none. */
    static int endOf(List<Token> tokens, int start) {
        MySqlBlocks blocks = new MySqlBlocks(tokens);
        int body = blocks.body(start);
        return body < 0 ? start : blocks.closing(body);
    }

    /** Where the block begins that is the statement's code; -1 where there is none. */
    private int body(int start) {
        boolean isCode = at(start).kind() == Token.Kind.WORD
                && MySqlCompoundStatements.FIRST.contains(at(start).text());
        if (isCode || is(start, "begin", "not", "atomic")) {
            return start;
        }
        if (!is(start, "create") && !is(start, "alter")) {
            return -1;
        }
        int at = start + 1;
        at += is(at, "or", "replace") ? 2 : 0;
        if (is(at, "definer") && at(at + 1).isSymbol("=")) {
            at += 3;
            at += at(at).kind() == Token.Kind.PARAMETER ? 1 : 0;
            at += at(at).isSymbol("(") && at(at + 1).isSymbol(")") ? 2 : 0;
        }
        at += is(at, "aggregate") ? 1 : 0;
        String kind = at(at).kind() == Token.Kind.WORD ? at(at).text() : "";
        if (!CODE.contains(kind)) {
            return -1;
        }
        at++;
        at += is(at, "if", "not", "exists") ? 3 : is(at, "body") ? 1 : 0;
        if (!at(at).isIdentifier()) {
            return -1;
        }
        at = DottedName.at(tokens, at).end();
        if (kind.equals("trigger")) {
            at = behind(at, "for", "each", "row");
        } else if (kind.equals("event")) {
            at = behind(at, "do");
        }
        return at < 0 ? -1 : opening(at);
    }

    private int behind(int from, String... words) {
        for (int i = from; i < tokens.size() && !at(i).isSymbol(";"); i++) {
            if (is(i, words)) {
                return i + words.length;
            }
        }
        return -1;
    }

    /** Where the body of a routine begins whose head goes from here, be it a block or a statement; -1 where nowhere. */
    static int bodyFrom(List<Token> tokens, int from) {
        int start = new MySqlBlocks(tokens).first(from);
        boolean isLabelled = start > from + 1
                && tokens.get(start - 1).isSymbol(":")
                && tokens.get(start - 2).isIdentifier();
        return isLabelled ? start - 2 : start;
    }

    private int opening(int from) {
        int first = first(from);
        return first >= 0 && OPENING.contains(at(first).text()) ? first : -1;
    }

    private int first(int from) {
        int depth = 0;
        for (int i = from; i < tokens.size() && !at(i).isSymbol(";"); i++) {
            Token token = at(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth > 0 || token.kind() != Token.Kind.WORD) {
                continue;
            }
            boolean isOfType =
                    is(i, "set") && (is(i - 1, "character") || at(i + 1).isSymbol("("));
            if (OPENING.contains(token.text()) || (SIMPLE.contains(token.text()) && !isOfType)) {
                return i;
            }
        }
        return -1;
    }

    private int closing(int body) {
        open.push(at(body).text());
        for (int i = body + 1; i < tokens.size(); i++) {
            Token token = at(i);
            if (token.kind() != Token.Kind.WORD || at(i - 1).isSymbol(".")) {
                continue;
            }
            if (token.is("end")) {
                String closed = open.pop();
                boolean isExpression = closed.equals("");
                if (!isExpression
                        && at(i + 1).kind() == Token.Kind.WORD
                        && OPENING.contains(at(i + 1).text())
                        && !is(i + 1, "begin")) {
                    i++;
                }
                if (open.isEmpty()) {
                    return i + 1;
                }
            } else if (token.is("case")) {
                open.push(beginsStatement(i) ? "case" : "");
            } else if (OPENING.contains(token.text()) && (beginsStatement(i) || beginsHandler(i))) {
                open.push(token.text());
            }
        }
        return tokens.size();
    }

    private boolean beginsStatement(int index) {
        Token before = at(index - 1);
        if (before.isSymbol(";") || before.isSymbol(":")) {
            return true;
        }
        if (before.is("do") && beginsStatement(index - 1)) {
            return false; // the statement DO computes, and its word is none of a loop
        }
        boolean isInExpression = "".equals(open.peek());
        return before.kind() == Token.Kind.WORD
                && !isInExpression
                && (before.is("then") || BEFORE_STATEMENT.contains(before.text()));
    }

    /** The block of a handler stands behind the conditions that it is for. */
    private boolean beginsHandler(int index) {
        if (!is(index, "begin")) {
            return false;
        }
        Token before = at(index - 1);
        boolean isNamed =
                before.isIdentifier() && (is(index - 2, "for") || at(index - 2).isSymbol(","));
        boolean isCondition = before.kind() == Token.Kind.WORD && CONDITIONS.contains(before.text());
        return isInHandler(index)
                && (isNamed || isCondition || before.kind() == Token.Kind.STRING || before.kind() == Token.Kind.NUMBER);
    }

    private boolean isInHandler(int index) {
        int i = index;
        while (i > 0
                && !at(i - 1).isSymbol(";")
                && !at(i - 1).is("begin")
                && !at(i - 1).is("atomic")) {
            i--;
        }
        return is(i, "declare") && (is(i + 2, "handler"));
    }

    private boolean is(int index, String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!at(index + i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    private Token at(int index) {
        return MySqlLists.at(tokens, index);
    }
}
