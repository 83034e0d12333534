package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Brings the clauses of an H2 statement into the order and the words of any other SQL, before its expressions. */
final class H2PlainStatements {

    private static final Set<String> AFTER_LIST =
            Set.of("where", "group", "having", "order", "offset", "fetch", "limit", "qualify", "union", "window");

    private H2PlainStatements() {}

    /** The plain form of a whole statement. */
    static List<Token> of(List<Token> tokens) {
        Token first = tokens.get(0);
        List<Token> clauses = tokens;
        if (first.is("delete") || first.is("update")) {
            clauses = assignments(withoutFetch(tokens));
        } else if (first.is("insert")) {
            clauses = insert(tokens);
        } else if (first.is("merge")) {
            clauses = RowTargets.apart(tokens);
        } else if (first.is("from")) {
            clauses = selectFirst(tokens);
        }
        return H2PlainForm.of(clauses);
    }

    /** The statement without the {@code TOP 10} of a change and the IGNORE of an INSERT, which only narrow it. */
    static List<Token> withoutHead(List<Token> tokens) {
        int length = 0;
        if (is(tokens, 0, "insert") && is(tokens, 1, "ignore") && is(tokens, 2, "into")) {
            length = 1;
        } else if ((is(tokens, 0, "update") || is(tokens, 0, "delete")) && is(tokens, 1, "top") && tokens.size() > 5) {
            boolean grouped = tokens.get(2).isSymbol("(")
                    && tokens.get(3).isValue()
                    && tokens.get(4).isSymbol(")");
            length = grouped ? 4 : tokens.get(2).isValue() ? 2 : 0;
        }
        if (length == 0) {
            return tokens;
        }
        List<Token> plain = new ArrayList<>(tokens);
        plain.subList(1, 1 + length).clear();
        return plain;
    }

    /** How many rows are changed at most says nothing of which columns; an expression there is kept as a sort key. */
    private static List<Token> withoutFetch(List<Token> tokens) {
        List<Token> plain = new ArrayList<>(tokens);
        int size = plain.size();
        boolean only = size > 4 && plain.get(size - 1).is("only") && isRows(plain.get(size - 2));
        if (only) {
            int count = plain.get(size - 3).isValue() ? 1 : 0;
            int first = size - 3 - count;
            boolean fetches = (plain.get(first).is("first") || plain.get(first).is("next"))
                    && plain.get(first - 1).is("fetch");
            if (fetches) {
                plain.subList(first - 1, size).clear();
            }
        }
        int limit = atTop(plain, "limit");
        if (limit > 0) {
            Token token = plain.get(limit);
            plain.set(limit, word("order", token));
            plain.add(limit + 1, word("by", token));
        }
        return plain;
    }

    private static boolean isRows(Token token) {
        return token.is("row") || token.is("rows");
    }

    /** {@code (a, b) = x} becomes {@code b = 0, a = x}. */
    private static List<Token> assignments(List<Token> tokens) {
        int set = atTop(tokens, "set");
        if (set < 0) {
            return tokens;
        }
        List<Token> plain = new ArrayList<>(tokens.subList(0, set + 1));
        int i = set + 1;
        while (i < tokens.size()) {
            boolean begins = tokens.get(i - 1).isSymbol(",") || i == set + 1;
            int close = begins ? closingOfNames(tokens, i) : -1;
            if (close > 0 && close + 1 < tokens.size() && tokens.get(close + 1).isSymbol("=")) {
                addAssigned(plain, tokens.subList(i + 1, close));
                i = close + 1;
            } else {
                plain.add(tokens.get(i++));
            }
        }
        return plain;
    }

    private static void addAssigned(List<Token> plain, List<Token> names) {
        int first = names.size();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).isSymbol(",")) {
                first = Math.min(first, i);
            }
        }
        for (int i = first + 1; i < names.size(); i++) {
            Token name = names.get(i);
            if (name.isSymbol(",")) {
                assignZero(plain, name);
            } else {
                plain.add(name);
            }
        }
        if (first < names.size()) {
            assignZero(plain, names.get(first));
        }
        plain.addAll(names.subList(0, first));
    }

    private static void assignZero(List<Token> plain, Token at) {
        plain.add(symbol("=", at));
        plain.add(new Token(Token.Kind.NUMBER, "0", at.start(), at.end()));
        plain.add(symbol(",", at));
    }

    private static int closingOfNames(List<Token> tokens, int open) {
        if (!tokens.get(open).isSymbol("(")) {
            return -1;
        }
        for (int i = open + 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.isSymbol(")")) {
                return i > open + 1 ? i : -1;
            }
            if (!token.isIdentifier() && !token.isSymbol(",") && !token.isSymbol(".")) {
                return -1;
            }
        }
        return -1;
    }

    private static List<Token> insert(List<Token> tokens) {
        List<Token> plain = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean hint = i > 2
                    && (token.is("direct") || token.is("sorted"))
                    && (is(tokens, i + 1, "select")
                            || is(tokens, i + 1, "values")
                            || is(tokens, i + 1, "with")
                            || is(tokens, i + 1, "table")
                            || is(tokens, i + 1, "sorted"));
            boolean noColumns = i > 2
                    && token.isSymbol("(")
                    && i + 2 < tokens.size()
                    && tokens.get(i + 1).isSymbol(")")
                    && tokens.get(i + 2).is("values");
            if (noColumns) {
                i++;
            } else if (!hint) {
                plain.add(token);
            }
        }
        return plain;
    }

    /** {@code FROM t SELECT a WHERE b} becomes {@code SELECT a FROM t WHERE b}. */
    private static List<Token> selectFirst(List<Token> tokens) {
        int select = atTop(tokens, "select");
        if (select < 0) {
            return tokens;
        }
        int end = tokens.size();
        int depth = 0;
        for (int i = tokens.size() - 1; i > select; i--) {
            Token token = tokens.get(i);
            depth += token.isSymbol(")") ? 1 : token.isSymbol("(") ? -1 : 0;
            if (depth == 0 && token.kind() == Token.Kind.WORD && AFTER_LIST.contains(token.text())) {
                end = i;
            }
        }
        List<Token> plain = new ArrayList<>(tokens.subList(select, end));
        plain.addAll(tokens.subList(0, select));
        plain.addAll(tokens.subList(end, tokens.size()));
        return plain;
    }

    private static int atTop(List<Token> tokens, String word) {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0 && token.is(word)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean is(List<Token> tokens, int index, String word) {
        return index < tokens.size() && tokens.get(index).is(word);
    }

    private static Token word(String text, Token at) {
        return new Token(Token.Kind.WORD, text, at.start(), at.end());
    }

    private static Token symbol(String text, Token at) {
        return new Token(Token.Kind.SYMBOL, text, at.start(), at.end());
    }
}
