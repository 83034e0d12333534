package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The calls of PostgreSQL's {@code set_config} in a statement, which are a SET in the shape of a function.
 *
 * @param areLiteral whether each names its setting by a literal
 * @param changes what they change; what nobody can follow in a query of more rows than one, which makes a call when
 *     its rows are fetched, and that may be long after
 */
record SetConfigCalls(boolean areLiteral, List<SessionChange> changes) {

    /** Words of a query that may have more rows than one. */
    private static final Set<String> OF_ROWS =
            Set.of("from", "union", "intersect", "except", "values", "table", "with", "into");

    SetConfigCalls {
        changes = List.copyOf(changes);
    }

    static SetConfigCalls in(List<Token> tokens) {
        List<SessionChange> changes = new ArrayList<>();
        boolean areAtOnce = areAtOnce(tokens);
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).isIdentifier() && tokens.get(i).text().equals("set_config") && isCall(tokens, i)) {
                if (!hasLiteralSetting(tokens, i)) {
                    return new SetConfigCalls(false, List.of());
                }
                Token value = tokens.get(i + 4);
                String setting = tokens.get(i + 2).text();
                boolean isLiteral = value.kind() == Token.Kind.STRING
                        && i + 5 < tokens.size()
                        && tokens.get(i + 5).isSymbol(",");
                String literal = isLiteral ? value.text() : "?";
                PostgreSqlSettings.change(setting, values(setting, literal), lasting(tokens, i))
                        .map(change -> areAtOnce ? change : later(change, setting))
                        .ifPresent(changes::add);
            }
        }
        return new SetConfigCalls(true, changes);
    }

    private static SessionChange later(SessionChange change, String setting) {
        return change instanceof SessionChange.Restricted ? change : new SessionChange.Unfollowed(setting);
    }

    /** Whether a statement is a query of one row, so that it makes its calls when it runs. */
    private static boolean areAtOnce(List<Token> tokens) {
        if (tokens.isEmpty() || !tokens.get(0).is("select")) {
            return false;
        }
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean mayHaveRows = token.kind() == Token.Kind.WORD && OF_ROWS.contains(token.text());
            boolean mayGiveRows = token.isIdentifier()
                    && isCall(tokens, i)
                    && !token.text().equals("set_config")
                    && !WritingWords.isReserved(token.text());
            if (mayHaveRows || mayGiveRows) {
                return false;
            }
        }
        return true;
    }

    static boolean isSetConfig(RoutineCall call) {
        return call.name().equals("set_config")
                && (call.schema().isEmpty() || call.schema().equals("pg_catalog"));
    }

    /** A call that is all that a statement does is made; whether another one is, its rows tell. */
    private static SessionChange.Lasting lasting(List<Token> tokens, int name) {
        int start = name >= 2
                        && tokens.get(name - 1).isSymbol(".")
                        && tokens.get(name - 2).is("pg_catalog")
                ? name - 2
                : name;
        boolean isAlone = start == 1
                && tokens.get(0).is("select")
                && tokens.size() == name + 8
                && tokens.get(name + 4).kind() == Token.Kind.STRING
                && tokens.get(name + 5).isSymbol(",")
                && tokens.get(name + 7).isSymbol(")");
        if (!isAlone) {
            return SessionChange.Lasting.UNCERTAIN;
        }
        Token isLocal = tokens.get(name + 6);
        return isLocal.is("false")
                ? SessionChange.Lasting.SESSION
                : isLocal.is("true") ? SessionChange.Lasting.TRANSACTION : SessionChange.Lasting.UNCERTAIN;
    }

    /** A list of schemas is given as one text. */
    private static List<String> values(String setting, String literal) {
        if (!setting.equalsIgnoreCase("search_path")) {
            return List.of(literal);
        }
        List<String> schemas = new ArrayList<>();
        for (String item : literal.split(",", -1)) {
            schemas.add(item.replace("\"", "").strip());
        }
        return schemas;
    }

    private static boolean isCall(List<Token> tokens, int index) {
        return index + 1 < tokens.size() && tokens.get(index + 1).isSymbol("(");
    }

    private static boolean hasLiteralSetting(List<Token> tokens, int index) {
        return index + 4 < tokens.size()
                && tokens.get(index + 2).kind() == Token.Kind.STRING
                && tokens.get(index + 3).isSymbol(",");
    }
}
