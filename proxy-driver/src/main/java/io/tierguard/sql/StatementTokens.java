package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A cursor over one statement's tokens, for grammars written by hand; for one thread. */
final class StatementTokens {

    private static final Token END = new Token(Token.Kind.SYMBOL, "", 0, 0);

    private final String sql;
    private final List<Token> tokens;
    private int position;

    StatementTokens(String sql, List<Token> tokens) {
        this.sql = sql;
        this.tokens = tokens;
    }

    String sql() {
        return sql;
    }

    /** All tokens, wherever the cursor is. */
    List<Token> all() {
        return tokens;
    }

    /** The tokens from the cursor on. */
    List<Token> rest() {
        return tokens.subList(position, tokens.size());
    }

    boolean atEnd() {
        return position >= tokens.size();
    }

    Token peek() {
        return peek(0);
    }

    Token peek(int distance) {
        int index = position + distance;
        return index < tokens.size() ? tokens.get(index) : END;
    }

    Token next() {
        Token token = peek();
        position = Math.min(position + 1, tokens.size());
        return token;
    }

    /** Steps over some tokens. */
    void skip(int count) {
        position = Math.min(position + count, tokens.size());
    }

    /** Whether the words stand here one after the other. */
    boolean is(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    boolean isAny(Set<String> words) {
        return peek().kind() == Token.Kind.WORD && words.contains(peek().text());
    }

    /** Steps over the words when all of them stand here. */
    boolean accept(String... words) {
        boolean found = is(words);
        position += found ? words.length : 0;
        return found;
    }

    boolean acceptSymbol(String symbol) {
        boolean found = peek().isSymbol(symbol);
        position += found ? 1 : 0;
        return found;
    }

    boolean acceptAny(Set<String> words) {
        boolean found = isAny(words);
        position += found ? 1 : 0;
        return found;
    }

    /** Steps over {@code IF EXISTS} or {@code IF NOT EXISTS}. */
    void acceptIfExists() {
        if (!accept("if", "not", "exists")) {
            accept("if", "exists");
        }
    }

    /** Reads a dotted name and nothing more. */
    Optional<TableName> acceptTable() {
        if (!peek().isIdentifier()) {
            return Optional.empty();
        }
        DottedName name = DottedName.at(tokens, position);
        position = name.end();
        return Optional.of(name.table());
    }

    /** Reads a list of dotted names; empty when it is not one. */
    List<TableName> acceptTables() {
        List<TableName> tables = new ArrayList<>();
        do {
            accept("only");
            boolean inParentheses = acceptSymbol("(");
            Optional<TableName> table = acceptTable();
            if (table.isEmpty() || (inParentheses && !acceptSymbol(")"))) {
                return List.of();
            }
            acceptSymbol("*");
            tables.add(table.get());
        } while (acceptSymbol(","));
        return tables;
    }

    /** Steps over a bracketed group that opens here. */
    boolean acceptGroup() {
        if (!peek().isSymbol("(")) {
            return false;
        }
        int depth = 0;
        do {
            Token token = next();
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
        } while (depth > 0 && !atEnd());
        return depth == 0;
    }

    /** Whether a word stands anywhere from here on. */
    boolean holds(Set<String> words) {
        for (Token token : rest()) {
            if (token.kind() == Token.Kind.WORD && words.contains(token.text())) {
                return true;
            }
        }
        return false;
    }

    /** The problem that something was found at the cursor. */
    Problem problem(String message, String help) {
        int end = tokens.isEmpty() ? 0 : tokens.get(tokens.size() - 1).end();
        int offset = atEnd() ? end : peek().start();
        return Places.problemAt(sql, offset, message, help);
    }
}
