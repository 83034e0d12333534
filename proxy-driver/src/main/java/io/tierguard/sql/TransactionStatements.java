package io.tierguard.sql;

import io.tierguard.policy.model.Power;
import java.util.List;
import java.util.Locale;

/** Reads the statements that begin and end transactions. */
final class TransactionStatements {

    private TransactionStatements() {}

    static StatementEffects read(StatementTokens statement, int depth) {
        String first = statement.next().text();
        String operation = first.toUpperCase(Locale.ROOT);
        if (statement.is("prepared")) {
            return Readings.power(operation + " PREPARED", Power.ADMINISTER, List.of());
        }
        for (Token token : statement.rest()) {
            if (!token.isIdentifier() && token.kind() != Token.Kind.STRING && !token.isSymbol(",")) {
                return Readings.unreadable(operation, statement, "a form of " + operation + " that is not known", "");
            }
        }
        return switch (first) {
            case "begin", "start" -> Readings.change(operation, new SessionChange.TransactionStart());
            case "savepoint", "release" -> Readings.harmless(operation);
            default -> Readings.change(operation, new SessionChange.TransactionEnd());
        };
    }
}
