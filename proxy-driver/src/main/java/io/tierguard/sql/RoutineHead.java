package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what PostgreSQL's CREATE FUNCTION or PROCEDURE says beside the body: what is computed for parameters without a value, and
 * where names are looked for.
 *
 * <p>For one thread.
 */
final class RoutineHead {
    private static final String PATH = "search_path";
    private static final List<String> DEFAULT = List.of("default");
    private static final List<String> EVERYWHERE = List.of();
    private static final List<String> OF_SERVER = List.of("pg_catalog");

    private final StatementTokens options;
    private Optional<List<String>> schemas = Optional.empty();

    private RoutineHead(List<Token> options) {
        this.options = new StatementTokens("", options);
    }

    /**
     * Where the body looks for names.
     *
     * @param schemas those of its own path, of which an empty list stands for everywhere; nothing where it has none
     */
    record Sight(Optional<List<String>> schemas) {}

    /**
     * Reads the words between the parameters and the body, or around it.
     *
     * @return empty where one of them changes how the body is read, or is not known
     */
    static Optional<Sight> sight(List<Token> options) {
        RoutineHead head = new RoutineHead(options);
        return head.isRead() ? Optional.of(new Sight(head.schemas)) : Optional.empty();
    }

    /** The expressions that parameters have in place of a value, from what stands between the parentheses. */
    static List<List<Token>> defaults(List<Token> parameters) {
        List<List<Token>> defaults = new ArrayList<>();
        int depth = 0;
        int start = -1;
        for (int at = 0; at <= parameters.size(); at++) {
            Token token = at < parameters.size() ? parameters.get(at) : null;
            boolean isOver = token == null || (depth == 0 && token.isSymbol(","));
            if (isOver && start >= 0) {
                defaults.add(parameters.subList(start, at));
                start = -1;
            } else if (token != null && depth == 0 && start < 0 && (token.is("default") || token.isSymbol("="))) {
                start = at + 1;
            }
            if (token != null) {
                depth += token.isSymbol("(") || token.isSymbol("[") ? 1 : 0;
                depth -= token.isSymbol(")") || token.isSymbol("]") ? 1 : 0;
            }
        }
        return defaults;
    }

    private boolean isRead() {
        while (!options.atEnd()) {
            if (options.peek().isSymbol("(")) {
                options.acceptGroup(); // the columns of a table that it returns
            } else if (options.accept("set")) {
                if (!isSettingRead()) {
                    return false;
                }
            } else if (options.is("transform") || options.is("reset") || options.is("default") || isAssignment()) {
                return false;
            } else {
                options.next();
            }
        }
        return true;
    }

    private boolean isSettingRead() {
        if (!options.peek().isIdentifier()) {
            return false;
        }
        DottedName name = DottedName.at(options.rest(), 0);
        options.skip(name.end());
        String setting = String.join(".", name.parts());
        if (options.accept("from", "current")) {
            // As the session has it that defines the routine, whatever was said before.
            schemas = setting.equalsIgnoreCase(PATH) ? Optional.empty() : schemas;
            return !BodySettings.changeMeaning(setting);
        }
        if (!options.acceptSymbol("=") && !options.accept("to")) {
            return false;
        }
        List<String> values = new ArrayList<>();
        do {
            options.acceptSymbol("-");
            Token value = options.next();
            if (!(value.kind() == Token.Kind.STRING || value.kind() == Token.Kind.NUMBER || value.isIdentifier())) {
                return false;
            }
            values.add(value.text());
        } while (options.acceptSymbol(","));
        return isHarmless(setting, values);
    }

    private boolean isHarmless(String setting, List<String> values) {
        if (!setting.equalsIgnoreCase(PATH)) {
            return !BodySettings.changeMeaning(setting)
                    && PostgreSqlSettings.change(setting, values, SessionChange.Lasting.SESSION)
                            .isEmpty();
        }
        List<String> named = values.stream().filter(value -> !value.isEmpty()).toList();
        if (named.isEmpty()) {
            schemas = Optional.of(OF_SERVER);
            return true;
        }
        List<String> told = named.equals(DEFAULT) ? List.of() : named;
        schemas = Optional.of(
                PostgreSqlSettings.schemaPath(told) instanceof SessionChange.SchemaPath path
                        ? path.schemas()
                        : EVERYWHERE);
        return true;
    }

    private boolean isAssignment() {
        Token token = options.peek();
        return token.isSymbol("=") || token.isSymbol(":=") || token.isSymbol(":");
    }
}
