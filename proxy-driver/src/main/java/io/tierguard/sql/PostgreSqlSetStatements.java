package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads PostgreSQL's SET and RESET. */
final class PostgreSqlSetStatements {

    private static final Set<String> FREE_HEADS = Set.of("transaction", "constraints", "time", "xml");

    private PostgreSqlSetStatements() {}

    static StatementEffects readSet(StatementTokens statement, int depth) {
        statement.next();
        if (statement.is("session", "characteristics")) {
            return Readings.harmless("SET");
        }
        if (statement.is("session", "authorization") || statement.is("local", "session", "authorization")) {
            return restricted("session_authorization");
        }
        boolean local = statement.is("local") && !isAssignment(statement.peek(1));
        boolean scoped = local || (statement.is("session") && !isAssignment(statement.peek(1)));
        if (scoped) {
            statement.next();
        }
        if (statement.is("session", "authorization")) {
            return restricted("session_authorization");
        }
        boolean word = !isAssignment(statement.peek(1)) && !statement.peek(1).isSymbol(".");
        if (word && statement.isAny(FREE_HEADS)) {
            return Readings.harmless("SET");
        }
        if (word && statement.accept("role")) {
            return Readings.change("SET", new SessionChange.SchemaPathUnknown());
        }
        if (word && statement.accept("schema")) {
            return set("search_path", values(statement), local);
        }
        if (word && statement.accept("names")) {
            return set("client_encoding", statement.atEnd() ? Optional.of(List.of("utf8")) : values(statement), local);
        }
        return readAssignment(statement, local);
    }

    private static StatementEffects readAssignment(StatementTokens statement, boolean local) {
        if (!statement.peek().isIdentifier()) {
            return notKnown(statement);
        }
        DottedName name = DottedName.at(statement.rest(), 0);
        for (int i = 0; i < name.end(); i++) {
            statement.next();
        }
        if (!isAssignment(statement.peek())) {
            return notKnown(statement);
        }
        statement.next();
        return set(String.join(".", name.parts()), values(statement), local);
    }

    private static StatementEffects set(String setting, Optional<List<String>> values, boolean local) {
        boolean uncertain = local || values.isEmpty();
        return PostgreSqlSettings.change(setting, values.orElse(List.of()), uncertain)
                .map(change -> Readings.change("SET", change))
                .orElseGet(() -> Readings.harmless("SET"));
    }

    static StatementEffects readReset(StatementTokens statement, int depth) {
        statement.next();
        if (statement.is("session", "authorization") || statement.is("standard_conforming_strings")) {
            return Readings.change(
                    "RESET", new SessionChange.Restricted(statement.peek().text()));
        }
        if (statement.is("all") || statement.is("role") || statement.is("search_path")) {
            return Readings.change("RESET", new SessionChange.SchemaPathUnknown());
        }
        if (!statement.peek().isIdentifier()) {
            return notKnown(statement);
        }
        String setting = String.join(".", DottedName.at(statement.rest(), 0).parts());
        return PostgreSqlSettings.change(setting, List.of(), true)
                .map(change -> Readings.change("RESET", change))
                .orElseGet(() -> Readings.harmless("RESET"));
    }

    /** The values up to the end; empty when one of them is no plain name or literal. */
    private static Optional<List<String>> values(StatementTokens statement) {
        List<String> values = new ArrayList<>();
        do {
            Token token = statement.next();
            boolean plain = token.kind() == Token.Kind.STRING
                    || token.kind() == Token.Kind.NUMBER
                    || (token.isIdentifier() && !token.is("default"));
            if (!plain) {
                return Optional.empty();
            }
            values.add(token.text());
        } while (statement.acceptSymbol(","));
        return statement.atEnd() ? Optional.of(values) : Optional.empty();
    }

    private static boolean isAssignment(Token token) {
        return token.isSymbol("=") || token.is("to");
    }

    private static StatementEffects restricted(String setting) {
        return Readings.change("SET", new SessionChange.Restricted(setting));
    }

    private static StatementEffects notKnown(StatementTokens statement) {
        return Readings.unreadable("SET", statement, "a form of SET that is not known", "");
    }
}
