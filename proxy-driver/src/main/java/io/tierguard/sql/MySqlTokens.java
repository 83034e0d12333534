package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.ArrayList;
import java.util.List;

/** Puts tokens together for parts of statements that are read as a query. */
final class MySqlTokens {

    /** Stands for what is past the end. */
    static final Token END = new Token(Token.Kind.SYMBOL, "", 0, 0);

    private MySqlTokens() {}

    static Token word(String text, Token at) {
        return new Token(Token.Kind.WORD, text, at.start(), at.end());
    }

    static Token symbol(String text, Token at) {
        return new Token(Token.Kind.SYMBOL, text, at.start(), at.end());
    }

    /** {@code SELECT} of expressions. */
    static List<Token> select(List<Token> expressions) {
        List<Token> query = new ArrayList<>(expressions.size() + 1);
        query.add(word("select", expressions.get(0)));
        query.addAll(expressions);
        return List.copyOf(query);
    }

    /** {@code SELECT 0 FROM dual}, before a condition. */
    static List<Token> selectOne(Token at) {
        return List.of(
                word("select", at),
                new Token(Token.Kind.NUMBER, "0", at.start(), at.end()),
                word("from", at),
                word("dual", at));
    }

    /** The value of the strings that stand side by side from an index on; empty where none does. */
    static String joined(List<Token> tokens, int from) {
        StringBuilder joined = new StringBuilder();
        for (int at = from; at < tokens.size() && tokens.get(at).kind() == Token.Kind.STRING; at++) {
            joined.append(tokens.get(at).text());
        }
        return joined.toString();
    }

    static void addName(List<Token> tokens, TableName table, Token at) {
        for (String part : List.of(table.catalog(), table.schema(), table.name())) {
            if (!part.isEmpty()) {
                if (tokens.get(tokens.size() - 1).kind() == Token.Kind.NAME) {
                    tokens.add(symbol(".", at));
                }
                tokens.add(new Token(Token.Kind.NAME, part, at.start(), at.end()));
            }
        }
    }

    /** Steps over the words before VIEW of a view of MySQL that writes the tables behind it in a way of its own. */
    static boolean acceptDuality(StatementTokens statement) {
        if (!statement.accept("json")) {
            return false;
        }
        statement.accept("relational");
        return statement.accept("duality") && statement.is("view");
    }

    /** Steps over MariaDB's {@code WAIT 5} and {@code NOWAIT}. */
    static void acceptWait(StatementTokens statement) {
        if (!statement.accept("nowait") && statement.accept("wait")) {
            statement.next();
        }
    }

    static StatementEffects notKnown(String operation, StatementTokens statement) {
        return Readings.unreadable(operation, statement, "a form of " + operation + " that is not known", "");
    }
}
