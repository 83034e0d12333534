package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * The calls of PostgreSQL's {@code set_config} in a statement, which are a SET in the shape of a function.
 *
 * @param areLiteral whether each names its setting by a literal
 * @param changes what they change; of the schema path only that it changes, as a call may be skipped
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
                String literal = value.kind() == Token.Kind.STRING ? value.text() : "?";
                PostgreSqlSettings.change(setting, values(setting, literal), false)
                        .ifPresent(changes::add);
            }
        }
        changes.replaceAll(
                change -> change instanceof SessionChange.SchemaPath ? new SessionChange.SchemaPathUnknown() : change);
        return new SetConfigCalls(true, changes);
    }

    static boolean isSetConfig(RoutineCall call) {
        return call.name().equals("set_config")
                && (call.schema().isEmpty() || call.schema().equals("pg_catalog"));
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
