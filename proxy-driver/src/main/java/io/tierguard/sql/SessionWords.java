package io.tierguard.sql;

import java.util.List;
import java.util.Set;

/**
 * Tells whether code changes its session, after which neither names nor texts need mean what they meant.
 *
 * <p>Only at the beginning of a statement is {@code SET} such a word: that of an UPDATE follows its table.
 */
final class SessionWords {
    private static final Set<String> CHANGES =
            Set.of("set", "reset", "discard", "commit", "rollback", "abort", "load", "deallocate");
    private static final Set<String> BEFORE_STATEMENT =
            Set.of("begin", "atomic", "then", "else", "loop", "declare", "exception");

    private SessionWords() {}

    /** Whether a statement of some code begins with such a word. */
    static boolean begin(List<Token> code) {
        for (int at = 0; at < code.size(); at++) {
            Token token = code.get(at);
            boolean changes = token.kind() == Token.Kind.WORD && CHANGES.contains(token.text());
            if (changes && (at == 0 || endsBefore(code.get(at - 1)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsBefore(Token previous) {
        return previous.kind() == Token.Kind.WORD
                ? BEFORE_STATEMENT.contains(previous.text())
                : !previous.isIdentifier() && !previous.isSymbol(")") && !previous.isSymbol("*");
    }
}
