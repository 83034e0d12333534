package io.tierguard.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * A statement in the words of MySQL and MariaDB, rewritten to words that any parser of SQL knows and that do the same to
 * the same tables.
 *
 * <p>INVARIANT: whatever names a table, calls a routine or begins a query stays. Left out or replaced are fixed runs of
 * words, names of indexes and partitions, types and constants alone.
 */
final class MySqlPlainForm {

    private static final Set<String> QUERY_HEADS = Set.of("select", "with", "values", "table");

    final List<Token> in;
    private final List<Token> out = new ArrayList<>();
    private final Deque<MySqlGroup> groups = new ArrayDeque<>();
    private final MySqlPlainWords words = new MySqlPlainWords(this);
    private final boolean mergesComparisons;
    private int position;

    private MySqlPlainForm(List<Token> in, boolean mergesComparisons) {
        this.in = in;
        this.mergesComparisons = mergesComparisons;
        groups.push(new MySqlGroup("", false));
    }

    /** The tokens of the plain form. */
    static List<Token> of(List<Token> tokens) {
        return rewritten(new MySqlPlainForm(tokens, false));
    }

    /**
     * The plain form with one and the same operator in the place of all that compare, because in MySQL a comparison is a
     * value that can be compared again.
     */
    static List<Token> withoutComparisons(List<Token> tokens) {
        return rewritten(new MySqlPlainForm(tokens, true));
    }

    private static List<Token> rewritten(MySqlPlainForm form) {
        while (form.position < form.in.size()) {
            form.step();
        }
        return form.out;
    }

    /** Whether comparisons become one operator. */
    boolean mergesComparisons() {
        return mergesComparisons;
    }

    private void step() {
        Token token = in.get(position);
        switch (token.kind()) {
            case SYMBOL -> symbol(token);
            case WORD -> {
                if (!words.rewrite(position)) {
                    copy();
                }
            }
            case STRING, ESCAPED_STRING, BINARY, NUMBER, PARAMETER, NAME -> value(token);
        }
    }

    private void symbol(Token token) {
        switch (token.text()) {
            case "(" -> open();
            case ")" -> close();
            case "," -> comma();
            case "!", "~" -> skip(1);
            case "&&" -> replace("and");
            case ":=" -> replaceSymbol("=");
            case "." -> {
                copy();
                if (at(position).kind() == Token.Kind.WORD) {
                    copyAsName();
                }
            }
            case "=", "<", ">", "<=", ">=", "<>", "!=", "<=>" -> {
                if (mergesComparisons && !isAssignment()) {
                    replaceSymbol("||");
                } else {
                    copy();
                }
            }
            default -> copy();
        }
    }

    /** Whether the sign here stands between a column and what it is set to. */
    private boolean isAssignment() {
        if (!group().assigns) {
            return false;
        }
        int i = position - 1;
        while (at(i).isIdentifier() && at(i - 1).isSymbol(".")) {
            i -= 2;
        }
        Token before = at(i - 1);
        return at(i).isIdentifier() && (before.isSymbol(",") || before.is("set") || before.is("update"));
    }

    private void open() {
        MySqlGroup outer = group();
        Token before = at(position - 1);
        Token next = at(position + 1);
        boolean isQuery = next.kind() == Token.Kind.WORD && QUERY_HEADS.contains(next.text());
        boolean holdsTables = outer.clause == MySqlGroup.Clause.FROM
                && !isQuery
                && (before.is("from")
                        || before.is("join")
                        || before.isSymbol(",")
                        || before.isSymbol("(")
                        || before.is("straight_join")
                        || before.is("update"));
        String called = before.kind() == Token.Kind.WORD ? before.text() : "";
        copy();
        MySqlGroup inner = new MySqlGroup(called, holdsTables);
        inner.clause = holdsTables ? MySqlGroup.Clause.FROM : MySqlGroup.Clause.VALUE;
        groups.push(inner);
    }

    private void close() {
        if (groups.size() > 1) {
            groups.pop();
        }
        copy();
    }

    private void comma() {
        MySqlGroup group = group();
        if (group.holdsTables) {
            replace("cross");
            word("join");
            group.clause = MySqlGroup.Clause.FROM;
            return;
        }
        if (group.clause == MySqlGroup.Clause.ON) {
            group.clause = MySqlGroup.Clause.FROM;
        }
        copy();
        if (group.called.equals("convert") && at(position).kind() == Token.Kind.WORD) {
            int close = endOfType(position, false);
            if (close > 0) {
                number();
                position = close;
            }
        }
    }

    /** A string that stands behind a value is the name of a column. */
    private void value(Token token) {
        Token before = at(position - 1);
        boolean isIntroduced = before.kind() == Token.Kind.WORD && MySqlWords.isIntroducer(before.text());
        boolean isAlias = token.kind() == Token.Kind.STRING
                && group().clause == MySqlGroup.Clause.SELECT
                && endsValue(last())
                && !isIntroduced
                && before.kind() != Token.Kind.STRING
                && before.kind() != Token.Kind.BINARY;
        if (isAlias) {
            skip(1);
        } else {
            copy();
        }
    }

    MySqlGroup group() {
        MySqlGroup group = groups.peek();
        if (group == null) {
            throw new IllegalStateException("the outermost group is never closed");
        }
        return group;
    }

    boolean isOutermost() {
        return groups.size() == 1;
    }

    void copy() {
        out.add(in.get(position++));
    }

    /** Leaves tokens out; whether there was anything, as every rewriting tells. */
    boolean skip(int count) {
        position += count;
        return true;
    }

    void word(String text) {
        add(Token.Kind.WORD, text);
    }

    /** Writes a word in the place of the token here. */
    boolean replace(String text) {
        word(text);
        return skip(1);
    }

    /** Writes a sign in the place of the token here. */
    boolean replaceSymbol(String text) {
        add(Token.Kind.SYMBOL, text);
        return skip(1);
    }

    void number() {
        add(Token.Kind.NUMBER, "0");
    }

    private void add(Token.Kind kind, String text) {
        Token at = in.get(Math.min(position, in.size() - 1));
        out.add(new Token(kind, text, at.start(), at.end()));
    }

    /** Writes the identifier here as a name that no parser takes for a word of the language. */
    void copyAsName() {
        Token token = in.get(position++);
        out.add(new Token(Token.Kind.NAME, token.text(), token.start(), token.end()));
    }

    Token at(int index) {
        return MySqlLists.at(in, index);
    }

    boolean is(int index, String... run) {
        for (int i = 0; i < run.length; i++) {
            if (!at(index + i).is(run[i])) {
                return false;
            }
        }
        return true;
    }

    /** What was written last. */
    Token last() {
        return out.isEmpty() ? MySqlTokens.END : out.get(out.size() - 1);
    }

    /** Whether a value may end here, so that what follows goes with it. */
    boolean endsValue(int index) {
        return endsValue(at(index));
    }

    private static boolean endsValue(Token token) {
        return token.isValue()
                || token.isSymbol(")")
                || token.isSymbol("*")
                || token.kind() == Token.Kind.NAME
                || (token.kind() == Token.Kind.WORD && MySqlWords.mayEndValue(token.text()));
    }

    /** Where the group that opens at an index closes; -1 where it does not, or holds more than names and constants. */
    int closingOfNames(int open) {
        if (!at(open).isSymbol("(")) {
            return -1;
        }
        for (int i = open + 1; i < in.size(); i++) {
            Token token = in.get(i);
            if (token.isSymbol(")")) {
                return i;
            }
            if (!token.isIdentifier() && !token.isSymbol(",") && !token.isValue()) {
                return -1;
            }
        }
        return -1;
    }

    /** Where the type that begins at an index ends with its group, or with a comma; -1 where more than a type stands there. */
    int endOfType(int start, boolean orComma) {
        int depth = 0;
        for (int i = start; i < in.size(); i++) {
            Token token = in.get(i);
            if (depth == 0 && (token.isSymbol(")") || (orComma && token.isSymbol(",")))) {
                return i > start ? i : -1;
            }
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            boolean isPart = (token.isIdentifier() && !MySqlWords.beginsQuery(token))
                    || token.kind() == Token.Kind.NUMBER
                    || token.kind() == Token.Kind.STRING
                    || token.isSymbol("(")
                    || token.isSymbol(")")
                    || (token.isSymbol(",") && depth > 0);
            if (!isPart || depth > 1) {
                return -1;
            }
        }
        return -1;
    }
}
