package io.tierguard.sql;

import java.util.List;
import java.util.Set;

/** Tells of a change to code of PostgreSQL whether all that runs it runs the same as before. */
final class AlteredCode {
    /** What a routine promises of itself, or is promised, but for the settings that it runs under. */
    private static final Set<String> PROMISES = Set.of(
            "owner",
            "immutable",
            "stable",
            "volatile",
            "leakproof",
            "not",
            "strict",
            "called",
            "returns",
            "cost",
            "rows",
            "parallel",
            "security",
            "external");

    /** Words behind which something else runs, or something is found by another name. */
    private static final Set<String> OTHERWISE = Set.of("set", "reset", "rename", "support", "depends", "no", "schema");

    private AlteredCode() {}

    /** Whether a statement from the word for the kind of code on changes an owner or a promise. */
    static boolean runsAsBefore(Dialect dialect, StatementTokens statement) {
        if (dialect != Dialect.POSTGRESQL) {
            return false;
        }
        List<Token> tokens = statement.rest();
        if (!(statement.is("function") || statement.is("procedure") || statement.is("routine"))) {
            return false;
        }
        int at = 2;
        while (at + 1 < tokens.size() && tokens.get(at).isSymbol(".")) {
            at += 2;
        }
        int depth = 0;
        while (at < tokens.size() && (depth > 0 || tokens.get(at).isSymbol("("))) {
            depth += tokens.get(at).isSymbol("(") ? 1 : tokens.get(at).isSymbol(")") ? -1 : 0;
            at++;
        }
        List<Token> actions = tokens.subList(Math.min(at, tokens.size()), tokens.size());
        return !actions.isEmpty()
                && PROMISES.contains(actions.get(0).text())
                && actions.stream()
                        .noneMatch(token -> token.kind() == Token.Kind.WORD && OTHERWISE.contains(token.text()));
    }
}
