package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import io.tierguard.policy.model.Reach;
import io.tierguard.policy.model.TableName;
import io.tierguard.policy.model.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The calls of PostgreSQL's {@code setval} in a statement, which alter the sequence that they name.
 *
 * <p>The sequence is named by a literal, by {@code to_regclass} of one, or as that of a column: {@code pg_get_serial_sequence('orders',
 * 'id')}.
 */
final class SetvalCalls {
    private static final String NAME = "setval";
    private static final String OF_COLUMN = "pg_get_serial_sequence";
    private static final String OF_TEXT = "to_regclass";

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
                Optional<Effect> altered = argument(tokens, i + 2);
                if (altered.isEmpty()) {
                    return Optional.empty();
                }
                effects.add(altered.get());
            }
        }
        return Optional.of(effects);
    }

    /** What names the sequence, or the table of its column, and where that ends. */
    private record Named(String text, boolean isOfColumn, int end) {
        private Named to(int other) {
            return new Named(text, isOfColumn, other);
        }
    }

    private static Optional<Effect> argument(List<Token> tokens, int start) {
        boolean isCast = at(tokens, start).is("cast") && at(tokens, start + 1).isSymbol("(");
        boolean isTyped = at(tokens, start).is("regclass") && isString(at(tokens, start + 1));
        return named(tokens, isCast ? start + 2 : isTyped ? start + 1 : start)
                .flatMap(name -> isCast ? behindCast(tokens, name) : Optional.of(name))
                .map(name -> behindTypes(tokens, name))
                .filter(name -> at(tokens, name.end()).isSymbol(","))
                .flatMap(name -> table(name.text())
                        .map(table -> Effect.of(Verb.ALTER, table)
                                .reaching(name.isOfColumn() ? Reach.NUMBERS : Reach.TABLE)));
    }

    /** A literal, or the call that tells the sequence of a column that is named by literals. */
    private static Optional<Named> named(List<Token> tokens, int start) {
        if (isString(at(tokens, start))) {
            return Optional.of(new Named(at(tokens, start).text(), false, start + 1));
        }
        boolean isQualified =
                at(tokens, start).is("pg_catalog") && at(tokens, start + 1).isSymbol(".");
        int name = start + (isQualified ? 2 : 0);
        if (isCallOf(tokens, name, OF_TEXT) && isString(at(tokens, name + 2))) {
            Named text = behindTypes(tokens, new Named(at(tokens, name + 2).text(), false, name + 3));
            return at(tokens, text.end()).isSymbol(")") ? Optional.of(text.to(text.end() + 1)) : Optional.empty();
        }
        boolean isOfColumn = isCallOf(tokens, name, OF_COLUMN)
                && isString(at(tokens, name + 2))
                && at(tokens, name + 3).isSymbol(",")
                && isString(at(tokens, name + 4))
                && at(tokens, name + 5).isSymbol(")");
        return isOfColumn ? Optional.of(new Named(at(tokens, name + 2).text(), true, name + 6)) : Optional.empty();
    }

    private static Optional<Named> behindCast(List<Token> tokens, Named name) {
        Named value = behindTypes(tokens, name);
        boolean isOfSequence = at(tokens, value.end()).is("as")
                && at(tokens, value.end() + 1).is("regclass")
                && at(tokens, value.end() + 2).isSymbol(")");
        return isOfSequence ? Optional.of(value.to(value.end() + 3)) : Optional.empty();
    }

    /** Behind types that leave a name what it is. */
    private static Named behindTypes(List<Token> tokens, Named name) {
        int end = name.end();
        while (at(tokens, end).isSymbol("::")
                && (at(tokens, end + 1).is("text") || at(tokens, end + 1).is("regclass"))) {
            end += 2;
        }
        return name.to(end);
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
