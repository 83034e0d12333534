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
    static boolean areIn(Dialect dialect, String sql, List<Token> tokens) {
        return dialect.isOfMySqlFamily() ? differByCase(sql, tokens) : areIn(dialect, tokens);
    }

    /** MySQL may tell a common table expression from a table by letter case alone, in quotes or not. */
    private static boolean differByCase(String sql, List<Token> tokens) {
        Map<String, String> exactByFolded = new HashMap<>();
        boolean with = false;
        for (int i = 0; i < tokens.size(); i++) {
            with |= tokens.get(i).is("with");
            if (with && tokens.get(i).isIdentifier() && isDefined(tokens, i + 1)) {
                Token name = tokens.get(i);
                String known = exactByFolded.putIfAbsent(TableName.fold(name.text()), written(sql, name));
                if (known != null && !known.equals(written(sql, name))) {
                    return true;
                }
            }
        }
        for (Token token : exactByFolded.isEmpty() ? List.<Token>of() : tokens) {
            String defined = token.isIdentifier() ? exactByFolded.get(TableName.fold(token.text())) : null;
            if (defined != null && !defined.equals(written(sql, token))) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code AS (} follows, behind a list of columns or at once. */
    private static boolean isDefined(List<Token> tokens, int behind) {
        int at = behind;
        if (at < tokens.size() && tokens.get(at).isSymbol("(")) {
            while (at < tokens.size() && !tokens.get(at).isSymbol(")")) {
                at++;
            }
            at++;
        }
        return at + 1 < tokens.size()
                && tokens.get(at).is("as")
                && tokens.get(at + 1).isSymbol("(");
    }

    private static String written(String sql, Token token) {
        boolean isInText = token.kind() == Token.Kind.WORD && token.end() <= sql.length();
        String raw = isInText ? sql.substring(token.start(), token.end()) : token.text();
        return raw.equalsIgnoreCase(token.text()) ? raw : token.text();
    }

    private static boolean areIn(Dialect dialect, List<Token> tokens) {
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
