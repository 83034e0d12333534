package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads PostgreSQL's SET and RESET. */
final class PostgreSqlSetStatements {

    private static final Set<String> FREE_HEADS = Set.of("transaction", "constraints", "time", "xml");

    /** A value that the text does not tell; no setting has it. */
    private static final List<String> NOT_TOLD = List.of("?");

    private PostgreSqlSetStatements() {}

    static StatementEffects readSet(StatementTokens statement, int depth) {
        statement.next();
        if (statement.is("session", "characteristics")) {
            return Readings.harmless("SET");
        }
        boolean local = statement.is("local") && !isAssignment(statement.peek(1));
        boolean scoped = local || (statement.is("session") && !isAssignment(statement.peek(1)));
        if (scoped && !statement.is("session", "authorization")) {
            statement.next();
        }
        boolean word = !isAssignment(statement.peek(1)) && !statement.peek(1).isSymbol(".");
        if (word && statement.isAny(FREE_HEADS)) {
            return Readings.harmless("SET");
        }
        if (word && (statement.accept("role") || statement.accept("session", "authorization"))) {
            return Readings.change("SET", PostgreSqlSettings.user(values(statement)));
        }
        if (word && statement.accept("schema")) {
            return set("search_path", values(statement), local);
        }
        if (word && statement.accept("names")) {
            return set("client_encoding", statement.atEnd() ? List.of() : values(statement), local);
        }
        return readAssignment(statement, local);
    }

    private static StatementEffects readAssignment(StatementTokens statement, boolean local) {
        if (!statement.peek().isIdentifier()) {
            return notKnown(statement);
        }
        DottedName name = DottedName.at(statement.rest(), 0);
        statement.skip(name.end());
        if (!isAssignment(statement.peek())) {
            return notKnown(statement);
        }
        statement.next();
        return set(String.join(".", name.parts()), values(statement), local);
    }

    private static StatementEffects set(String setting, List<String> values, boolean local) {
        SessionChange.Lasting lasting = local ? SessionChange.Lasting.TRANSACTION : SessionChange.Lasting.SESSION;
        return PostgreSqlSettings.change(setting, values, lasting)
                .map(change -> Readings.change("SET", change))
                .orElseGet(() -> Readings.harmless("SET"));
    }

    static StatementEffects readReset(StatementTokens statement, int depth) {
        statement.next();
        if (statement.is("all")) {
            return allSettings("RESET");
        }
        if (statement.is("session", "authorization")) {
            return Readings.change("RESET", new SessionChange.SchemaPathUnknown());
        }
        if (!statement.peek().isIdentifier()) {
            return notKnown(statement);
        }
        String setting = String.join(".", DottedName.at(statement.rest(), 0).parts());
        return PostgreSqlSettings.change(setting, List.of(), SessionChange.Lasting.SESSION)
                .map(change -> Readings.change("RESET", change))
                .orElseGet(() -> Readings.harmless("RESET"));
    }

    static StatementEffects readDiscard(StatementTokens statement, int depth) {
        statement.next();
        boolean isOne = statement.rest().size() == 1;
        if (isOne && (statement.is("plans") || statement.is("sequences"))) {
            return Readings.harmless("DISCARD");
        }
        return isOne && (statement.is("temp") || statement.is("temporary"))
                ? Readings.change("DISCARD", new SessionChange.TemporaryDiscarded())
                : Readings.changing(allSettings("DISCARD"), new SessionChange.AllDeallocated());
    }

    /** The reading of what sets every setting back. */
    private static StatementEffects allSettings(String operation) {
        return Readings.changing(
                Readings.change(operation, new SessionChange.SchemaPathUnknown()),
                new SessionChange.StringSyntax(Backslashes.UNKNOWN));
    }

    /** The values up to the end: none for the default, {@link #NOT_TOLD} when one of them is no plain name or literal. */
    private static List<String> values(StatementTokens statement) {
        if (statement.is("default") && statement.rest().size() == 1) {
            return List.of();
        }
        List<String> values = new ArrayList<>();
        do {
            Token token = statement.next();
            boolean plain =
                    token.kind() == Token.Kind.STRING || token.kind() == Token.Kind.NUMBER || token.isIdentifier();
            if (!plain) {
                return NOT_TOLD;
            }
            values.add(token.text());
        } while (statement.acceptSymbol(","));
        return statement.atEnd() ? values : NOT_TOLD;
    }

    private static boolean isAssignment(Token token) {
        return token.isSymbol("=") || token.is("to");
    }

    private static StatementEffects notKnown(StatementTokens statement) {
        return Readings.unreadable("SET", statement, "a form of SET that is not known", "");
    }
}
