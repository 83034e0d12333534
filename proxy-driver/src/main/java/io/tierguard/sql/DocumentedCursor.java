package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A cursor over the tokens of one statement of a database that is read by its documentation; for one thread. */
final class DocumentedCursor {
    private static final Token END = new Token(Token.Kind.SYMBOL, "", 0, 0);

    private final DocumentedSyntax syntax;
    private final List<Token> tokens;
    private int position;

    DocumentedCursor(DocumentedSyntax syntax, List<Token> tokens) {
        this.syntax = syntax;
        this.tokens = tokens;
    }

    DocumentedSyntax syntax() {
        return syntax;
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
        if (atEnd()) {
            throw unexpected();
        }
        return tokens.get(position++);
    }

    boolean is(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    boolean isSymbol(String symbol) {
        return peek().isSymbol(symbol);
    }

    boolean isAny(Set<String> words) {
        return isAnyAt(0, words);
    }

    boolean isAnyAt(int distance, Set<String> words) {
        Token token = peek(distance);
        return token.kind() == Token.Kind.WORD && words.contains(token.text());
    }

    /** Steps over the words when all of them stand here. */
    boolean accept(String... words) {
        boolean found = is(words);
        position += found ? words.length : 0;
        return found;
    }

    boolean acceptAny(Set<String> words) {
        boolean found = isAny(words);
        position += found ? 1 : 0;
        return found;
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

    void expectAny(Set<String> words) {
        if (!acceptAny(words)) {
            throw unexpected();
        }
    }

    void expectSymbol(String symbol) {
        if (!acceptSymbol(symbol)) {
            throw unexpected();
        }
    }

    /** Steps over a whole number. */
    void expectNumber() {
        if (next().kind() != Token.Kind.NUMBER) {
            throw unexpected(peek(-1));
        }
    }

    /** Whether a name stands so far ahead; a variable is none. */
    boolean isNameAt(int distance) {
        Token token = peek(distance);
        return token.kind() == Token.Kind.NAME
                || (token.kind() == Token.Kind.WORD
                        && !syntax.reserved().contains(token.text())
                        && "@$".indexOf(token.text().charAt(0)) < 0);
    }

    boolean isName() {
        return isNameAt(0);
    }

    String name() {
        if (!isName()) {
            throw unexpected();
        }
        return next().text();
    }

    /** A name, with that of its schema before it or without; one of more parts leads elsewhere. */
    TableName table() {
        String first = name();
        TableName table = acceptSymbol(".") ? TableName.of(first, name()) : TableName.of(first);
        if (isSymbol(".") || (table.isQualified() && isOfSession(table.in("")))) {
            throw unexpected();
        }
        return table;
    }

    /**
     * What tells a name here from others that are written otherwise: Oracle has those in quotes by their letter case, and those without
     * in capitals.
     */
    String key() {
        String name = peek().text();
        if (!syntax.isOracle()) {
            return TableName.fold(name);
        }
        return peek().kind() == Token.Kind.NAME ? name : name.toUpperCase(Locale.ROOT);
    }

    /** Whether a table is one of the session's own, which SQL Server tells by its name. */
    static boolean isOfSession(TableName table) {
        return table.name().startsWith("#");
    }

    /** Whether a name stands here that no clause can begin with. */
    boolean isAlias() {
        boolean isClause = isAny(syntax.clauses());
        return isName() && !isClause;
    }

    /** Steps over a list of names in parentheses. */
    Set<String> names() {
        Set<String> names = new HashSet<>();
        expectSymbol("(");
        do {
            names.add(name());
        } while (acceptSymbol(","));
        expectSymbol(")");
        return names;
    }

    /** Where the group in parentheses ends that opens so far ahead: how far behind it the next token is; 0 for none. */
    int behindGroup(int distance) {
        int depth = 0;
        int at = distance;
        do {
            Token token = peek(at);
            if (token == END) {
                return 0;
            }
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            at++;
        } while (depth > 0);
        return at;
    }

    UnreadableTextException unexpected() {
        return unexpected(peek());
    }

    UnreadableTextException unexpected(Token token) {
        boolean isEnd = token == END;
        int end = tokens.isEmpty() ? 0 : tokens.get(tokens.size() - 1).end();
        String what = isEnd ? "the statement ends too soon" : "a form that is not understood";
        return new UnreadableTextException(
                what, isEnd ? end : token.start(), "the database is read by its documentation alone; write it plainly");
    }
}
