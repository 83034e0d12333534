package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The calls of PostgreSQL's {@code setval} in a statement, which alter the sequence that they name.
 *
 * <p>The sequence is named by a literal, or as the one of a column: {@code pg_get_serial_sequence('orders', 'id')}.
 */
final class SetvalCalls {
    private static final String NAME = "setval";
    private static final String OF_COLUMN = "pg_get_serial_sequence";

    private SetvalCalls() {}

    static boolean isSetval(RoutineCall call) {
        return call.name().equals(NAME)
                && (call.schema().isEmpty() || call.schema().equals("pg_catalog"));
    }

    /** What the calls need on the sequences, or the tables of their columns; empty where one does not tell which it is. */
    static Optional<List<Effect>> in(List<Token> tokens) {
        List<Effect> effects = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (isCallOf(tokens, i, NAME)) {
                Optional<TableName> altered = argument(tokens, i + 2);
                if (altered.isEmpty()) {
                    return Optional.empty();
                }
                effects.add(Effect.of(Verb.ALTER, altered.get()));
            }
        }
        return Optional.of(effects);
    }

    private static Optional<TableName> argument(List<Token> tokens, int start) {
        int name = start;
        boolean qualified =
                at(tokens, name).is("pg_catalog") && at(tokens, name + 1).isSymbol(".");
        name += qualified ? 2 : 0;
        if (isCallOf(tokens, name, OF_COLUMN)) {
            boolean isLiteral = isString(at(tokens, name + 2))
                    && at(tokens, name + 3).isSymbol(",")
                    && isString(at(tokens, name + 4))
                    && at(tokens, name + 5).isSymbol(")")
                    && at(tokens, name + 6).isSymbol(",");
            return isLiteral ? table(at(tokens, name + 2).text()) : Optional.empty();
        }
        boolean cast =
                at(tokens, start + 1).isSymbol("::") && at(tokens, start + 2).is("regclass");
        boolean isLiteral = isString(at(tokens, start))
                && at(tokens, start + (cast ? 3 : 1)).isSymbol(",");
        return isLiteral ? table(at(tokens, start).text()) : Optional.empty();
    }

    /** The name in a text, as the server cuts it there: the same tokens as in a statement. */
    private static Optional<TableName> table(String text) {
        try {
            List<Token> tokens = Tokenizer.of(LexicalModes.defaultsOf(Dialect.POSTGRESQL), Placeholders.NONE, text)
                    .tokenize();
            if (tokens.isEmpty() || !tokens.get(0).isIdentifier()) {
                return Optional.empty();
            }
            DottedName name = DottedName.at(tokens, 0);
            return name.end() == tokens.size() ? Optional.of(name.table()) : Optional.empty();
        } catch (UnreadableTextException notAName) {
            return Optional.empty();
        }
    }

    private static boolean isCallOf(List<Token> tokens, int index, String name) {
        return at(tokens, index).isIdentifier()
                && at(tokens, index).text().equals(name)
                && at(tokens, index + 1).isSymbol("(");
    }

    private static boolean isString(Token token) {
        return token.kind() == Token.Kind.STRING;
    }

    private static Token at(List<Token> tokens, int index) {
        return index < tokens.size() ? tokens.get(index) : new Token(Token.Kind.SYMBOL, "", 0, 0);
    }
}
