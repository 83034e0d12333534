package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.List;
import java.util.Set;

/** Reads H2's SET: most of its settings belong to the whole database, so only those of the session pass. */
final class H2SetStatements {

    private static final Set<String> FREE = Set.of(
            "lock_timeout",
            "query_timeout",
            "throttle",
            "time",
            "autocommit",
            "session",
            "optimize_reuse_results",
            "variable_binary",
            "truncate_large_length",
            "lazy_query_execution",
            "transaction",
            "query_statistics");

    /** What leaves each statement a transaction of its own. */
    private static final Set<String> ON = Set.of("on", "true");

    private H2SetStatements() {}

    static StatementEffects read(StatementTokens statement, int depth) {
        statement.next();
        boolean variable = statement.acceptSymbol("@");
        if (!statement.peek().isIdentifier()) {
            return Readings.unreadable("SET", statement, "a form of SET that is not known", "");
        }
        Token setting = statement.next();
        List<Token> value = statement.rest();
        if (variable || (setting.kind() == Token.Kind.WORD && FREE.contains(setting.text()))) {
            return isPlain(value)
                    ? plain(variable ? "" : setting.text(), value)
                    : TokenBound.of(
                            Dialect.H2,
                            value,
                            "SET",
                            statement.problem("a value that is an expression", "set a literal"));
        }
        boolean path = setting.is("schema_search_path")
                || setting.is("search_path")
                || setting.is("catalog")
                || setting.is("schema");
        if (path && !isPlain(value)) {
            return Readings.unreadable("SET", statement, "a value that is an expression", "set a name");
        }
        if (setting.is("schema_search_path") || setting.is("search_path") || setting.is("catalog")) {
            return Readings.change("SET", new SessionChange.SchemaPathUnknown());
        }
        if (setting.is("schema")) {
            return Readings.change("SET", schema(statement));
        }
        boolean isFollowed = !setting.text().equals("mode") || (isPlain(value) && !cutsOtherwise(value));
        return Readings.change(
                "SET",
                isFollowed
                        ? new SessionChange.Restricted(setting.text())
                        : new SessionChange.Unfollowed(setting.text()));
    }

    private static StatementEffects plain(String setting, List<Token> value) {
        boolean beginsTransaction = setting.equals("autocommit")
                && !value.isEmpty()
                && !ON.contains(value.get(value.size() - 1).text());
        return beginsTransaction
                ? Readings.change("SET", new SessionChange.TransactionStart())
                : Readings.harmless("SET");
    }

    private static SessionChange schema(StatementTokens statement) {
        statement.acceptSymbol("=");
        statement.accept("to");
        Token name = statement.next();
        boolean plain = name.isIdentifier() || name.kind() == Token.Kind.STRING;
        return plain && statement.atEnd()
                ? new SessionChange.SchemaPath(List.of(TableName.fold(name.text())))
                : new SessionChange.SchemaPathUnknown();
    }

    /** In one mode square brackets quote names. */
    private static boolean cutsOtherwise(List<Token> value) {
        return value.stream().anyMatch(token -> token.text().equalsIgnoreCase("MSSQLServer"));
    }

    private static boolean isPlain(List<Token> value) {
        for (Token token : value) {
            if (token.isSymbol("(")) {
                return false;
            }
        }
        return true;
    }
}
