package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * The calls of PostgreSQL's {@code set_config} in a statement, which are a SET in the shape of a function.
 *
 * @param areLiteral whether each names its setting by a literal
 * @param changes what they change, which may be skipped unless the call is all that the statement does
 */
record SetConfigCalls(boolean areLiteral, List<SessionChange> changes) {

    SetConfigCalls {
        changes = List.copyOf(changes);
    }

    static SetConfigCalls in(List<Token> tokens) {
        List<SessionChange> changes = new ArrayList<>();
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
                        .ifPresent(changes::add);
            }
        }
        return new SetConfigCalls(true, changes);
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
