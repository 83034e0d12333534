package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the statements of MySQL and MariaDB that prepare, run and forget a statement by a name, or run a text. */
final class MySqlPreparedStatements {

    private final Dialect dialect;
    private final StatementReader reader;

    MySqlPreparedStatements(Dialect dialect, StatementReader reader) {
        this.dialect = dialect;
        this.reader = reader;
    }

    StatementEffects readPrepare(StatementTokens statement, int depth) {
        statement.next();
        Token name = statement.next();
        boolean from = statement.accept("from");
        if (!name.isIdentifier() || !from) {
            return MySqlTokens.notKnown("PREPARE", statement);
        }
        if (RoutineCall.isTakenForOthers(dialect, name.text())) {
            return ambiguous("PREPARE", statement);
        }
        String literal = literal(statement);
        Optional<List<Token>> inner = text(statement);
        if (inner.isEmpty() || !statement.atEnd()) {
            return hidden("PREPARE", literal);
        }
        StatementEffects effects = reader.readInner(new StatementTokens(statement.sql(), inner.get()), depth);
        if (effects instanceof StatementEffects.Unreadable || effects instanceof StatementEffects.Executed) {
            return Readings.around("PREPARE", List.of(), effects);
        }
        SessionChange change =
                new SessionChange.Prepared(TableName.fold(name.text()), effects, Mentions.of(inner.get()));
        // What it changes in the session it changes when it runs.
        return effects instanceof StatementEffects.Understood understood
                ? new StatementEffects.Understood(
                        "PREPARE",
                        understood.effects(),
                        understood.unknownRoutines(),
                        List.of(change),
                        understood.powers())
                : Readings.change("PREPARE", change);
    }

    StatementEffects readExecute(StatementTokens statement, int depth) {
        statement.next();
        if (statement.is("immediate")
                && !statement.peek(1).is("using")
                && statement.rest().size() > 1) {
            statement.next();
            String literal = literal(statement);
            Optional<List<Token>> inner = text(statement);
            if (inner.isEmpty()) {
                return hidden("EXECUTE IMMEDIATE", literal);
            }
            StatementEffects run = reader.readInner(new StatementTokens(statement.sql(), inner.get()), depth);
            return arguments(statement) instanceof StatementEffects.Understood values
                    ? values.equals(Readings.harmless("USING")) ? run : Readings.both("EXECUTE IMMEDIATE", values, run)
                    : hidden("EXECUTE IMMEDIATE", "");
        }
        Token name = statement.next();
        if (RoutineCall.isTakenForOthers(dialect, name.text())) {
            return ambiguous("EXECUTE", statement);
        }
        return name.isIdentifier() && arguments(statement) instanceof StatementEffects.Understood values
                ? new StatementEffects.Executed(
                        "EXECUTE",
                        TableName.fold(name.text()),
                        (StatementEffects.Understood) Readings.around("EXECUTE", List.of(), values),
                        false)
                : MySqlTokens.notKnown("EXECUTE", statement);
    }

    /** What stands behind {@code USING}, which is computed before the statement runs. */
    private StatementEffects arguments(StatementTokens statement) {
        if (statement.atEnd()) {
            return Readings.harmless("USING");
        }
        if (!statement.accept("using") || statement.atEnd()) {
            return MySqlTokens.notKnown("EXECUTE", statement);
        }
        boolean isPlain = statement.rest().stream()
                .allMatch(token -> token.isValue()
                        || token.isSymbol(",")
                        || token.is("default")
                        || token.is("ignore")
                        || token.is("null"));
        return isPlain
                ? Readings.harmless("USING")
                : reader.readQuery(new StatementTokens(statement.sql(), MySqlTokens.select(statement.rest())));
    }

    StatementEffects readDeallocate(StatementTokens statement, int depth) {
        statement.next();
        boolean isPrepared = statement.accept("prepare");
        Token name = statement.next();
        if (RoutineCall.isTakenForOthers(dialect, name.text())) {
            return ambiguous("DEALLOCATE", statement);
        }
        return isPrepared && name.isIdentifier() && statement.atEnd()
                ? Readings.change("DEALLOCATE", new SessionChange.Deallocated(TableName.fold(name.text())))
                : MySqlTokens.notKnown("DEALLOCATE", statement);
    }

    /** The tokens of a statement, and behind them those of each literal text in it that is run or prepared. */
    static List<Token> inside(Dialect dialect, List<Token> statement) {
        List<Token> all = new ArrayList<>(statement);
        for (int at = 2; at < statement.size(); at++) {
            Token before = statement.get(at - 1);
            boolean runs = before.is("immediate") && statement.get(at - 2).is("execute");
            boolean prepares =
                    at > 2 && before.is("from") && statement.get(at - 3).is("prepare");
            if (runs || prepares) {
                statementIn(dialect, MySqlTokens.joined(statement, at), statement.get(at))
                        .ifPresent(inner -> all.addAll(inside(dialect, inner)));
            }
        }
        return all;
    }

    /** The one statement of a literal text that means the same in every sql_mode, with constants for what it is given. */
    private Optional<List<Token>> text(StatementTokens statement) {
        Token text = statement.peek();
        StringBuilder joined = new StringBuilder();
        while (statement.peek().kind() == Token.Kind.STRING) {
            joined.append(statement.next().text());
        }
        if (text.kind() != Token.Kind.STRING || !(statement.atEnd() || statement.is("using"))) {
            return Optional.empty();
        }
        return statementIn(dialect, joined.toString(), text);
    }

    /**
     * The one statement of a text, which means the same in every sql_mode.
     *
     * @param at where it stands, which is told of each of its tokens
     */
    static Optional<List<Token>> statementIn(Dialect dialect, String inner, Token at) {
        if (isReadByModes(inner)) {
            return Optional.empty();
        }
        try {
            List<Token> tokens = Tokenizer.of(LexicalModes.defaultsOf(dialect), Placeholders.NONE, inner)
                    .tokenize();
            List<List<Token>> statements = StatementSplitter.split(dialect, tokens);
            return statements.size() == 1 ? Optional.of(placed(statements.get(0), at)) : Optional.empty();
        } catch (UnreadableTextException notCut) {
            return Optional.empty();
        }
    }

    /** Whether something is in a text whose meaning a mode decides, which may be another one by the time that it runs. */
    private static boolean isReadByModes(String text) {
        return text.indexOf('"') >= 0 || text.indexOf('\\') >= 0 || text.contains("/*");
    }

    /** The text where it is a literal one and nothing else. */
    private static String literal(StatementTokens statement) {
        StringBuilder joined = new StringBuilder();
        for (Token token : statement.rest()) {
            if (token.kind() != Token.Kind.STRING) {
                break;
            }
            joined.append(token.text());
        }
        return joined.toString();
    }

    /** The same tokens where the text stands in the statement around it. */
    private static List<Token> placed(List<Token> tokens, Token text) {
        return tokens.stream()
                .map(token -> new Token(token.kind(), token.text(), text.start(), text.end()))
                .toList();
    }

    private static StatementEffects ambiguous(String operation, StatementTokens statement) {
        return Readings.unreadable(
                operation,
                statement,
                operation + " of a name that the server may take for another",
                "call it by letters of ASCII, digits and _");
    }

    /** Without a place: the text of a variable stands nowhere in what is run. */
    private static StatementEffects hidden(String operation, String literal) {
        Problem problem = isReadByModes(literal)
                ? Problem.ofWholeText(
                        operation
                                + " of a text with a double quote, a backslash or a /* comment in it, which means another thing in"
                                + " another sql_mode",
                        "run the statement itself, or leave these out of the text, which may have ? for values behind USING")
                : Problem.ofWholeText(
                        operation + " of a text that is computed, or is not one statement",
                        "run the statement itself, or let a variable hold the whole text and run this by itself");
        return new StatementEffects.Unreadable(operation, problem);
    }
}
