package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * An assignment of a SET of MySQL or MariaDB by its plain tokens, to a variable of the session or to one of the user.
 *
 * @param name the variable's, folded; one of the user's with its sign
 * @param value what it is set to
 */
record MySqlSetting(String name, List<Token> value) {
    private static final Set<String> SCOPES = Set.of("session", "local");
    private static final Set<String> CHARACTER_SETS = Set.of("names", "charset", "character");

    MySqlSetting {
        value = List.copyOf(value);
    }

    /** Those of a statement in their order; empty where it is no such SET, or not all of it is one of these. */
    static Optional<List<MySqlSetting>> in(List<Token> statement) {
        StatementTokens tokens = new StatementTokens("", statement);
        if (!tokens.accept("set") || tokens.is("statement")) {
            return Optional.empty();
        }
        List<MySqlSetting> settings = new ArrayList<>();
        for (List<Token> item : MySqlLists.items(tokens.rest())) {
            Optional<MySqlSetting> setting = of(new StatementTokens("", item));
            if (setting.isEmpty()) {
                return Optional.empty();
            }
            settings.add(setting.get());
        }
        return Optional.of(settings);
    }

    private static Optional<MySqlSetting> of(StatementTokens item) {
        if (item.isAny(CHARACTER_SETS)) {
            return Optional.of(new MySqlSetting("names", item.rest()));
        }
        if (item.isAny(SCOPES)) {
            item.next();
        }
        Token target = item.next();
        boolean isVariable = target.kind() == Token.Kind.WORD || target.kind() == Token.Kind.PARAMETER;
        boolean isSet = item.acceptSymbol("=") || item.acceptSymbol(":=");
        return isVariable && isSet && !item.atEnd()
                ? Optional.of(new MySqlSetting(nameOf(target), item.rest()))
                : Optional.empty();
    }

    /** Whether it is a variable of the user's whose name no other way of writing gives. */
    boolean isOfUser() {
        return isUser(name);
    }

    /** The variable that alone is its value; empty where that is anything else. */
    Optional<String> valueOfVariable() {
        return value.size() == 1 && value.get(0).kind() == Token.Kind.PARAMETER
                ? Optional.of(nameOf(value.get(0)))
                : Optional.empty();
    }

    /** Whether finding its value runs nothing and sets nothing. */
    boolean isPlain() {
        return value.stream().noneMatch(token -> token.isSymbol("(") || token.isSymbol(":=") || token.is("select"));
    }

    /** By what name a variable is known here, however its scope is written. */
    static String nameOf(Token variable) {
        String text = variable.text().toLowerCase(Locale.ROOT);
        if (!text.startsWith("@@")) {
            return text;
        }
        int dot = text.indexOf('.');
        return dot > 0 && SCOPES.contains(text.substring(2, dot)) ? text.substring(dot + 1) : text.substring(2);
    }

    /** Whether a name is one of the user's that is plain: the server takes names for one that differ in accents or blanks behind. */
    static boolean isUser(String name) {
        return name.length() > 1
                && name.charAt(0) == '@'
                && name.chars()
                        .skip(1)
                        .allMatch(c -> Characters.isAsciiLetter((char) c)
                                || Characters.isDigit((char) c)
                                || c == '_'
                                || c == '$'
                                || c == '.');
    }
}
