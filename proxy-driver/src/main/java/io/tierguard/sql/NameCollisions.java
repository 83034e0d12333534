package io.tierguard.sql;

import io.tierguard.policy.model.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds names that only letter case tells apart, where folding them could mistake a table for a query's own name. */
final class NameCollisions {

    private NameCollisions() {}

    /** Whether a statement with common table expressions holds such names. */
    static boolean areIn(Dialect dialect, List<Token> tokens) {
        boolean with = false;
        boolean quoted = false;
        for (Token token : tokens) {
            with |= token.is("with");
            quoted |= token.kind() == Token.Kind.NAME;
        }
        if (!with || !quoted) {
            return false;
        }
        Map<String, String> exactByFolded = new HashMap<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.isIdentifier() && !startsClause(tokens, i)) {
                String exact = exact(dialect, token);
                String known = exactByFolded.putIfAbsent(TableName.fold(token.text()), exact);
                if (known != null && !known.equals(exact)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** ORDER BY and GROUP BY name nothing, and stand beside tables of these names that are quoted for it. */
    private static boolean startsClause(List<Token> tokens, int index) {
        Token token = tokens.get(index);
        return (token.is("order") || token.is("group"))
                && index + 1 < tokens.size()
                && tokens.get(index + 1).is("by");
    }

    private static String exact(Dialect dialect, Token token) {
        boolean toUpper = dialect == Dialect.H2 && token.kind() == Token.Kind.WORD;
        return toUpper ? token.text().toUpperCase(Locale.ROOT) : token.text();
    }
}
