package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads H2's SET: the schema path is followed, settings of the session alone pass, and all others belong to the whole
 * database and so are restricted.
 *
 * <p>A change of the compatibility mode may change how text is cut, so that nothing behind it in the same text is read.
 */
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
            "query_statistics",
            // Read for the sake of other databases' scripts, and without a meaning.
            "names",
            "client_encoding",
            "datestyle",
            "statement_timeout");

    private static final Set<String> PATHS = Set.of("schema_search_path", "search_path", "catalog");

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
        String name = variable || setting.kind() != Token.Kind.WORD ? "" : setting.text();
        if (variable || FREE.contains(name)) {
            return isPlain(value) ? plain(name, value) : bound(statement, value);
        }
        if (!isPlain(value)) {
            return Readings.unreadable("SET", statement, "a value that is an expression", "set a literal or a name");
        }
        if (PATHS.contains(name)) {
            return Readings.change("SET", new SessionChange.SchemaPathUnknown());
        }
        if (name.equals("schema")) {
            return Readings.change("SET", schema(statement));
        }
        boolean isFollowed = !name.equals("mode") || !cutsOtherwise(value);
        return Readings.change(
                "SET",
                isFollowed
                        ? new SessionChange.Restricted(setting.text())
                        : new SessionChange.Unfollowed(setting.text()));
    }

    /** Whether what follows in the same text may be cut in another way. */
    static boolean changeMode(List<Token> statement) {
        boolean mayAt = statement.get(0).is("set") || statement.get(0).is("execute");
        return mayAt
                && statement.stream()
                        .anyMatch(token -> token.text().toLowerCase(Locale.ROOT).contains("mode"));
    }

    private static StatementEffects bound(StatementTokens statement, List<Token> value) {
        Problem problem = statement.problem("a value that is an expression", "set a literal");
        return TokenBound.of(Dialect.H2, value, "SET", problem);
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

    /** Whether no query and no call can stand in it: each call has parentheses, each query one of its words. */
    private static boolean isPlain(List<Token> value) {
        for (Token token : value) {
            boolean query = token.kind() == Token.Kind.WORD && WritingWords.FIRST.contains(token.text());
            if (token.isSymbol("(") || query) {
                return false;
            }
        }
        return true;
    }
}
