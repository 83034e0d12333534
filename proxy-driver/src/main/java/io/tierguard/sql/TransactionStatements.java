package io.tierguard.sql;

import io.tierguard.policy.model.Power;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the statements that begin and end transactions. */
final class TransactionStatements {
    /** What may stand after a ROLLBACK of the whole transaction. */
    private static final Set<String> OF_ALL = Set.of("work", "transaction", "and", "no", "chain", "release");

    private TransactionStatements() {}

    static StatementEffects read(StatementTokens statement, int depth) {
        String first = statement.next().text();
        String operation = first.toUpperCase(Locale.ROOT);
        if (statement.is("prepared")) {
            return Readings.power(operation + " PREPARED", Power.ADMINISTER, List.of());
        }
        List<String> words = new ArrayList<>();
        for (Token token : statement.rest()) {
            if (!token.isIdentifier() && token.kind() != Token.Kind.STRING && !token.isSymbol(",")) {
                return Readings.unreadable(operation, statement, "a form of " + operation + " that is not known", "");
            }
            words.add(token.text().toLowerCase(Locale.ROOT));
        }
        return switch (first) {
            case "begin", "start" -> Readings.change(operation, new SessionChange.TransactionStart());
            case "savepoint", "release" -> Readings.harmless(operation);
            case "rollback", "abort" -> end(operation, undone(words), words);
            default -> end(operation, SessionChange.Ending.KEPT, words);
        };
    }

    /**
     * Whether a statement of code in PL/pgSQL does nothing but to end the transaction, which the server lets only code do that a statement in
     * auto-commit calls: nothing of the session hangs on that transaction, and what the code does before and behind is done all the same.
     */
    static boolean isEndInCode(StatementEffects statement) {
        return statement instanceof StatementEffects.Understood understood
                && (understood.operation().equals("COMMIT")
                        || understood.operation().equals("ROLLBACK"))
                && understood.effects().isEmpty()
                && understood.powers().isEmpty()
                && understood.sessionChanges().stream()
                        .allMatch(change -> change instanceof SessionChange.TransactionStart
                                || (change instanceof SessionChange.TransactionEnd end
                                        && end.ending() != SessionChange.Ending.UNDONE_TO_SAVEPOINT));
    }

    private static SessionChange.Ending undone(List<String> words) {
        int to = words.indexOf("to");
        if (to >= 0 && to < words.size() - 1 && OF_ALL.containsAll(words.subList(0, to))) {
            return SessionChange.Ending.UNDONE_TO_SAVEPOINT;
        }
        // H2's ROLLBACK TRANSACTION x undoes another one.
        return OF_ALL.containsAll(words) ? SessionChange.Ending.UNDONE : SessionChange.Ending.KEPT;
    }

    /** With AND CHAIN the next transaction has begun with the end of this one. */
    private static StatementEffects end(String operation, SessionChange.Ending ending, List<String> words) {
        StatementEffects end = Readings.change(operation, new SessionChange.TransactionEnd(ending));
        int chain = words.indexOf("chain");
        boolean chains = chain > 0 && words.get(chain - 1).equals("and");
        return chains ? Readings.changing(end, new SessionChange.TransactionStart()) : end;
    }
}
