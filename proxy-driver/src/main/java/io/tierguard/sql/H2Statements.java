package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;

/** Reads statements that only H2 has and that are another statement in other words. */
final class H2Statements {

    private final StatementReader reader;

    H2Statements(StatementReader reader) {
        this.reader = reader;
    }

    /** {@code DECLARE GLOBAL TEMPORARY TABLE} is CREATE in other words. */
    StatementEffects readDeclare(StatementTokens statement, int depth) {
        Token declare = statement.next();
        boolean isTable = statement.is("global", "temporary", "table") || statement.is("local", "temporary", "table");
        if (!isTable) {
            return Readings.unreadable("DECLARE", statement, "a form of DECLARE that is not known", "");
        }
        return readAs(statement, declare, "create", statement.rest(), depth);
    }

    /** {@code EXEC} calls a routine, with its arguments behind it. */
    StatementEffects readExec(StatementTokens statement, int depth) {
        Token exec = statement.next();
        if (!statement.peek().isIdentifier() || statement.is("immediate")) {
            return Readings.unreadable("EXEC", statement, "a form of EXEC that is not known", "use CALL");
        }
        DottedName name = DottedName.at(statement.rest(), 0);
        List<Token> call = new ArrayList<>(statement.rest().subList(0, name.end()));
        call.add(symbol("(", exec));
        call.addAll(statement.rest().subList(name.end(), statement.rest().size()));
        call.add(symbol(")", exec));
        return Readings.around("CALL", List.of(), readAs(statement, exec, "select", call, depth));
    }

    private StatementEffects readAs(StatementTokens of, Token first, String word, List<Token> rest, int depth) {
        List<Token> tokens = new ArrayList<>(rest.size() + 1);
        tokens.add(new Token(Token.Kind.WORD, word, first.start(), first.end()));
        tokens.addAll(rest);
        return reader.readInner(new StatementTokens(of.sql(), tokens), depth);
    }

    private static Token symbol(String text, Token at) {
        return new Token(Token.Kind.SYMBOL, text, at.start(), at.end());
    }
}
