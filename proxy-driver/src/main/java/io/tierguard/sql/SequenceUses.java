package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the sequences that an expression of H2 takes numbers from. */
final class SequenceUses {
    private static final Set<String> CALLS = Set.of("nextval", "currval");
    private static final Set<String> WHICH = Set.of("next", "current");

    private SequenceUses() {}

    static List<TableName> in(List<Token> expression) {
        List<TableName> sequences = new ArrayList<>();
        for (int at = 0; at + 2 < expression.size(); at++) {
            Token token = expression.get(at);
            if (token.kind() != Token.Kind.WORD) {
                continue;
            }
            boolean isValue = WHICH.contains(token.text())
                    && at + 3 < expression.size()
                    && expression.get(at + 1).is("value")
                    && expression.get(at + 2).is("for")
                    && expression.get(at + 3).isIdentifier();
            if (isValue) {
                sequences.add(DottedName.at(expression, at + 3).table());
            } else if (CALLS.contains(token.text()) && expression.get(at + 1).isSymbol("(")) {
                sequences.add(named(expression, at + 2));
            }
        }
        return sequences;
    }

    /** The sequence of {@code nextval('s')}, {@code nextval('a.s')} or {@code nextval('a', 's')}. */
    private static TableName named(List<Token> expression, int start) {
        String name = expression.get(start).text();
        boolean hasSchema = start + 2 < expression.size()
                && expression.get(start + 1).isSymbol(",")
                && expression.get(start + 2).kind() == Token.Kind.STRING;
        if (hasSchema) {
            return TableName.of(name, expression.get(start + 2).text());
        }
        int dot = name.indexOf('.');
        return dot < 0 ? TableName.of(name) : TableName.of(name.substring(0, dot), name.substring(dot + 1));
    }
}
