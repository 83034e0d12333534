package io.tierguard.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A statement in H2's own words, rewritten to words that any parser of SQL knows and that do the same to the same tables.
 *
 * <p>INVARIANT: whatever names a table, calls a routine or begins a query stays. Left out or replaced are fixed runs of
 * words, types and literals alone; brackets are only ever added in pairs.
 */
final class H2PlainForm {

    final List<Token> in;
    private final List<Token> out = new ArrayList<>();
    private final Deque<Group> groups = new ArrayDeque<>();
    private final H2PlainWords words = new H2PlainWords(this);
    private final H2PlainClauses clauses = new H2PlainClauses(this);
    private int position;

    private H2PlainForm(List<Token> in) {
        this.in = in;
        groups.push(new Group(Group.Kind.PLAIN, 0));
    }

    /** The tokens of the plain form. */
    static List<Token> of(List<Token> tokens) {
        H2PlainForm form = new H2PlainForm(tokens);
        while (form.position < tokens.size()) {
            form.step();
        }
        form.closeQueries();
        return form.out;
    }

    private void step() {
        Token token = in.get(position);
        if (token.isSymbol(")")) {
            closeQueries();
            Group closed = groups.size() > 1 ? groups.pop() : group();
            copy();
            for (int i = 0; i < closed.extraClosings; i++) {
                symbol(")");
            }
        } else if (!words.rewrite(position) && !clauses.rewrite(position)) {
            if (token.isSymbol("(")) {
                open(Group.Kind.PLAIN, 0);
            } else {
                copy();
            }
        }
    }

    private void closeQueries() {
        for (int i = 0; i < group().openQueries; i++) {
            symbol(")");
        }
        group().openQueries = 0;
    }

    Group group() {
        Group group = groups.peek();
        if (group == null) {
            throw new IllegalStateException("the outermost group is never closed");
        }
        return group;
    }

    /** Copies the opening parenthesis here; with more to close where the group ends. */
    void open(Group.Kind kind, int extraClosings) {
        copy();
        groups.push(new Group(kind, extraClosings));
    }

    /** Opens a query that ends with its group. */
    void openQuery() {
        symbol("(");
        group().openQueries++;
    }

    void copy() {
        out.add(in.get(position++));
    }

    void skip(int count) {
        position += count;
    }

    void word(String text) {
        add(Token.Kind.WORD, text);
    }

    void symbol(String text) {
        add(Token.Kind.SYMBOL, text);
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
        return index >= 0 && index < in.size() ? in.get(index) : END;
    }

    boolean is(int index, String... run) {
        for (int i = 0; i < run.length; i++) {
            if (!at(index + i).is(run[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether a value may end here, so that what follows goes with it. */
    boolean endsValue(int index) {
        Token token = at(index);
        return token.isValue()
                || token.isSymbol(")")
                || token.isSymbol("]")
                || token.kind() == Token.Kind.NAME
                || (token.kind() == Token.Kind.WORD
                        && (!WritingWords.isStructure(token.text())
                                || token.is("null")
                                || token.is("true")
                                || token.is("false")
                                || token.is("end")));
    }

    /** Where the group that opens at an index closes; -1 where it does not, or holds more than types and literals. */
    int closingOfPlain(int open) {
        if (!at(open).isSymbol("(")) {
            return -1;
        }
        int depth = 0;
        for (int i = open; i < in.size(); i++) {
            Token token = in.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
            boolean query = token.kind() == Token.Kind.WORD && WritingWords.FIRST.contains(token.text());
            boolean plain = (token.isIdentifier() && !query)
                    || token.kind() == Token.Kind.NUMBER
                    || token.kind() == Token.Kind.STRING
                    || token.isSymbol(",")
                    || token.isSymbol("(")
                    || token.isSymbol(")")
                    || token.isSymbol("[")
                    || token.isSymbol("]");
            if (!plain) {
                return -1;
            }
        }
        return -1;
    }

    /** Whether a call of JSON has no value of its own. */
    boolean isAtEndOfJson() {
        return group().kind == Group.Kind.JSON
                && (is(position, "with", "unique")
                        || is(position, "without", "unique")
                        || is(position, "null", "on")
                        || is(position, "absent", "on"));
    }

    /** Whether a typed column of H2's TABLE function begins here: a name and a type before an equals sign. */
    boolean isColumnHead(int index) {
        return endOfColumnHead(index) > 0;
    }

    /** Steps over the name and type of a column. */
    void skipColumnHead() {
        int end = endOfColumnHead(position);
        if (end > 0) {
            position = end;
        }
        if (at(position).isSymbol("(") && at(position + 1).isSymbol(")")) {
            number();
            position += 2;
        }
    }

    /** Writes a type that ends its group as a plain name. */
    void copyType() {
        int close = closingOfPlain(position + 1);
        int end = close > 0 ? close + 1 : position + 1;
        if (at(position).kind() == Token.Kind.WORD && at(end).isSymbol(")")) {
            copyAsName();
            position = end;
        }
    }

    private int endOfColumnHead(int index) {
        int i = index;
        while (at(i).isIdentifier()) {
            i++;
            int close = closingOfPlain(i);
            i = close > 0 ? close + 1 : i;
        }
        return i > index + 1 && at(i).isSymbol("=") ? i + 1 : -1;
    }

    /** Whether the name of the table that rows are inserted into ends at an index. */
    boolean isBehindInsertInto(int end) {
        int i = end;
        while (i > 1 && at(i).isIdentifier() && at(i - 1).isSymbol(".")) {
            i -= 2;
        }
        return i > 1 && at(i).isIdentifier() && (is(i - 2, "insert", "into") || is(i - 2, "replace", "into"));
    }

    /** Whether the group that closes at an index holds what a routine of a name is given. */
    boolean isCallOf(String name, int close) {
        int depth = 0;
        for (int i = close; i > 0; i--) {
            depth += in.get(i).isSymbol(")") ? 1 : in.get(i).isSymbol("(") ? -1 : 0;
            if (depth == 0) {
                return is(i - 1, name);
            }
        }
        return false;
    }

    private static final Token END = new Token(Token.Kind.SYMBOL, "", 0, 0);

    /** What stands in parentheses. */
    static final class Group {

        /** What its commas and colons divide. */
        enum Kind {
            PLAIN,
            TYPED_COLUMNS,
            CONVERSION,
            JSON
        }

        final Kind kind;
        final int extraClosings;
        int openQueries;
        boolean isBetweenWhenAndThen;

        Group(Kind kind, int extraClosings) {
            this.kind = kind;
            this.extraClosings = extraClosings;
        }
    }
}
