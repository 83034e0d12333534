package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * PostgreSQL's changes of rows in a WITH that begin with a WITH of their own, or are a MERGE.
 *
 * <p>Each change is read as the statement that it is, with the names of the WITH around it that it sees, and the rest as if a
 * query without a table stood in its place.
 *
 * @param rest the statement without its changes
 * @param changes the changes, each a whole statement
 */
record WritesInWith(List<Token> rest, List<List<Token>> changes) {

    private static final Set<String> CHANGES = Set.of("insert", "update", "delete", "merge");

    WritesInWith {
        rest = List.copyOf(rest);
        changes = List.copyOf(changes);
    }

    /** The changes in a statement; empty when there is none. */
    static Optional<WritesInWith> in(List<Token> tokens) {
        List<Token> rest = new ArrayList<>();
        List<List<Token>> changes = new ArrayList<>();
        List<Token> names = new ArrayList<>();
        int copied = 0;
        for (Expression each : expressions(tokens)) {
            List<Token> body = tokens.subList(each.open() + 1, each.close());
            if (isChange(body)) {
                changes.add(withNames(names, body));
                rest.addAll(tokens.subList(copied, each.open()));
                rest.addAll(emptyQuery(tokens.get(each.open())));
                copied = each.close() + 1;
            }
            names.add(each.name());
        }
        rest.addAll(tokens.subList(copied, tokens.size()));
        return changes.isEmpty() ? Optional.empty() : Optional.of(new WritesInWith(rest, changes));
    }

    /** One of the queries that a WITH names, which stands between two parentheses. */
    private record Expression(Token name, int open, int close) {}

    /** Those of the WITH that a statement begins with; up to the first that is not plain. */
    private static List<Expression> expressions(List<Token> tokens) {
        List<Expression> found = new ArrayList<>();
        int at = headOf(tokens);
        boolean goesOn = at > 0;
        while (goesOn && at < tokens.size() && tokens.get(at).isIdentifier()) {
            Token name = tokens.get(at);
            int open = openingOf(tokens, at + 1);
            int close = open < 0 ? -1 : closing(tokens, open);
            if (close < 0) {
                break;
            }
            found.add(new Expression(name, open, close));
            at = close + 1;
            goesOn = at < tokens.size() && tokens.get(at).isSymbol(",");
            at++;
        }
        return found;
    }

    /** How many words a WITH begins with; 0 where none begins. */
    private static int headOf(List<Token> tokens) {
        if (tokens.isEmpty() || !tokens.get(0).is("with")) {
            return 0;
        }
        return tokens.size() > 1 && tokens.get(1).is("recursive") ? 2 : 1;
    }

    /** Where the query of a name opens, behind its columns and AS; negative where it is not so. */
    private static int openingOf(List<Token> tokens, int behindName) {
        int at = behindName;
        if (at < tokens.size() && tokens.get(at).isSymbol("(")) {
            at = closing(tokens, at) + 1;
        }
        if (at <= 0 || at >= tokens.size() || !tokens.get(at).is("as")) {
            return -1;
        }
        at++;
        at += at < tokens.size() && tokens.get(at).is("not") ? 1 : 0;
        at += at < tokens.size() && tokens.get(at).is("materialized") ? 1 : 0;
        return at < tokens.size() && tokens.get(at).isSymbol("(") ? at : -1;
    }

    private static boolean isChange(List<Token> body) {
        List<Expression> own = expressions(body);
        int main = own.isEmpty() ? 0 : own.get(own.size() - 1).close() + 1;
        return main < body.size()
                && body.get(main).kind() == Token.Kind.WORD
                && CHANGES.contains(body.get(main).text())
                && (main > 0 || body.get(0).is("merge"));
    }

    /** A change before which the names that it sees stand for queries without a table, but for those that it gives itself. */
    private static List<Token> withNames(List<Token> names, List<Token> body) {
        List<String> own =
                expressions(body).stream().map(each -> each.name().text()).toList();
        List<Token> seen =
                names.stream().filter(name -> !own.contains(name.text())).toList();
        if (seen.isEmpty()) {
            return List.copyOf(body);
        }
        int head = headOf(body);
        Token place = body.get(0);
        List<Token> whole = new ArrayList<>();
        whole.add(word("with", place));
        whole.addAll(body.subList(Math.min(head, 1), head));
        for (int i = 0; i < seen.size(); i++) {
            if (i > 0) {
                whole.add(symbol(",", place));
            }
            whole.add(seen.get(i));
            whole.add(word("as", place));
            whole.addAll(emptyQuery(place));
        }
        if (head > 0) {
            whole.add(symbol(",", place));
        }
        whole.addAll(body.subList(head, body.size()));
        return whole;
    }

    private static List<Token> emptyQuery(Token place) {
        return List.of(
                symbol("(", place),
                word("select", place),
                new Token(Token.Kind.NUMBER, "0", place.start(), place.end()),
                symbol(")", place));
    }

    private static Token word(String text, Token place) {
        return new Token(Token.Kind.WORD, text, place.start(), place.end());
    }

    private static Token symbol(String text, Token place) {
        return new Token(Token.Kind.SYMBOL, text, place.start(), place.end());
    }

    private static int closing(List<Token> tokens, int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += tokens.get(i).isSymbol("(") ? 1 : tokens.get(i).isSymbol(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
