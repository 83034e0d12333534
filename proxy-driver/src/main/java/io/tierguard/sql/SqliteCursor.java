package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.List;
import java.util.Set;

/**
 * A cursor over the tokens of one statement of SQLite, for one thread. It knows which words can be names; a string can be one
 * wherever a name must stand.
 */
final class SqliteCursor {
    /** Words that are never a name without quotes. */
    private static final Set<String> RESERVED = Set.of(
            "add",
            "all",
            "alter",
            "and",
            "as",
            "autoincrement",
            "between",
            "case",
            "check",
            "collate",
            "commit",
            "constraint",
            "create",
            "default",
            "deferrable",
            "delete",
            "distinct",
            "drop",
            "else",
            "escape",
            "except",
            "exists",
            "foreign",
            "from",
            "group",
            "having",
            "in",
            "index",
            "insert",
            "intersect",
            "into",
            "is",
            "isnull",
            "join",
            "limit",
            "not",
            "nothing",
            "notnull",
            "null",
            "on",
            "or",
            "order",
            "primary",
            "references",
            "returning",
            "select",
            "set",
            "table",
            "then",
            "to",
            "transaction",
            "union",
            "unique",
            "update",
            "using",
            "values",
            "when",
            "where");

    /** Words of joins, which are names where no join can stand. */
    private static final Set<String> JOINS = Set.of("cross", "full", "inner", "left", "natural", "outer", "right");

    private static final Token END = new Token(Token.Kind.SYMBOL, "", 0, 0);

    private final List<Token> tokens;
    private int position;

    SqliteCursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return peek(0);
    }

    Token peek(int distance) {
        int index = position + distance;
        return index >= 0 && index < tokens.size() ? tokens.get(index) : END;
    }

    boolean atEnd() {
        return position >= tokens.size();
    }

    Token next() {
        Token token = peek();
        position++;
        return token;
    }

    /** The tokens from the cursor on. */
    List<Token> rest() {
        return tokens.subList(Math.min(position, tokens.size()), tokens.size());
    }

    boolean is(String word) {
        return peek().is(word);
    }

    boolean isSymbol(String symbol) {
        return peek().isSymbol(symbol);
    }

    /** Steps over the words when all of them stand here. */
    boolean accept(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).is(words[i])) {
                return false;
            }
        }
        position += words.length;
        return true;
    }

    boolean acceptSymbol(String symbol) {
        boolean found = isSymbol(symbol);
        position += found ? 1 : 0;
        return found;
    }

    void expect(String... words) {
        if (!accept(words)) {
            throw unexpected();
        }
    }

    void expectSymbol(String symbol) {
        if (!acceptSymbol(symbol)) {
            throw unexpected();
        }
    }

    /** Steps over {@code IF EXISTS} or {@code IF NOT EXISTS}; whether it stood here. */
    boolean acceptIfExists() {
        return accept("if", "exists") || accept("if", "not", "exists");
    }

    /** Whether a name can stand here, a string among them. */
    boolean isName() {
        Token token = peek();
        return switch (token.kind()) {
            case NAME, STRING -> true;
            case WORD -> !RESERVED.contains(token.text());
            case ESCAPED_STRING, BINARY, NUMBER, PARAMETER, SYMBOL -> false;
        };
    }

    String name() {
        if (!isName() || peek().text().isEmpty()) {
            throw unexpected();
        }
        return next().text();
    }

    /** A name, with that of its database before it or without. */
    TableName table() {
        String first = name();
        return acceptSymbol(".") ? TableName.of(first, name()) : TableName.of(first);
    }

    /** Whether a name stands here that is not the word of a clause where one may follow. */
    boolean isAlias() {
        Token token = peek();
        boolean isClause = token.kind() == Token.Kind.WORD
                && (JOINS.contains(token.text()) || token.is("indexed") || isWindowClause());
        return isName() && !isClause;
    }

    /** Whether the word WINDOW begins its clause here; it is a name elsewhere. */
    boolean isWindowClause() {
        return is("window") && peek(1).kind() != Token.Kind.SYMBOL && peek(2).is("as");
    }

    /** Whether words of joins stand here that lead to JOIN. */
    boolean isJoin() {
        int at = 0;
        while (at < 4 && peek(at).kind() == Token.Kind.WORD && JOINS.contains(peek(at).text())) {
            at++;
        }
        return peek(at).is("join");
    }

    /** Steps over the words of a join and its JOIN. */
    void skipJoin() {
        while (!accept("join")) {
            next();
        }
    }

    /** Whether an identifier stands here that a routine can have for its name. */
    boolean isCall() {
        Token token = peek();
        boolean isIdentifier = token.kind() == Token.Kind.NAME
                || (token.kind() == Token.Kind.WORD && !RESERVED.contains(token.text()));
        return isIdentifier && peek(1).isSymbol("(");
    }

    UnreadableTextException unexpected() {
        return unexpected(peek());
    }

    UnreadableTextException unexpected(Token token) {
        boolean isEnd = token == END;
        int end = tokens.isEmpty() ? 0 : tokens.get(tokens.size() - 1).end();
        String what = isEnd ? "the statement ends too soon" : "a form that is not understood";
        return new UnreadableTextException(what, isEnd ? end : token.start(), "");
    }
}
