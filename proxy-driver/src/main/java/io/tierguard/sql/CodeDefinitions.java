package io.tierguard.sql;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the code in CREATE FUNCTION, PROCEDURE, TRIGGER and RULE of PostgreSQL, where all that will run stands in it.
 *
 * <p>What is not plain is not read: other languages, defaults of parameters, settings of its own, conditions.
 */
final class CodeDefinitions {
    private static final Set<String> LANGUAGES = Set.of("sql", "plpgsql");

    private final StatementTokens statement;
    private final List<Token> tokens;

    private CodeDefinitions(StatementTokens statement) {
        this.statement = statement;
        this.tokens = statement.rest();
    }

    /** The code that is defined from the word for its kind on; empty where it cannot be read. */
    static Optional<DefinedCode> read(Dialect dialect, StatementTokens statement) {
        if (dialect != Dialect.POSTGRESQL) {
            return Optional.empty(); // H2 runs Java
        }
        CodeDefinitions definition = new CodeDefinitions(statement);
        return switch (statement.peek().text()) {
            case "function", "procedure" -> definition.readRoutine();
            case "trigger" -> definition.readTrigger();
            case "rule" -> definition.readRule();
            default -> Optional.empty();
        };
    }

    private Optional<DefinedCode> readRoutine() {
        if (tokens.size() < 3 || !tokens.get(1).isIdentifier()) {
            return Optional.empty();
        }
        DottedName name = DottedName.at(tokens, 1);
        RoutineCall routine = name.routine();
        // A routine called like a harmless built-in could be taken for it.
        boolean shadows = HarmlessRoutines.isHarmless(Dialect.POSTGRESQL, new RoutineCall("", routine.name()));
        int language = only("language", name.end());
        int as = only("as", name.end());
        boolean plain = language > 0 && as > 0 && !holds(name.end(), "default", "set", "begin", "return", "transform");
        if (shadows
                || !plain
                || hasAssignment(name.end())
                || language + 1 >= tokens.size()
                || as + 1 >= tokens.size()) {
            return Optional.empty();
        }
        Token body = tokens.get(as + 1);
        // A second file name may follow, or the rest of a string that goes on in the next line.
        boolean isOnly = as + 2 >= tokens.size()
                || !(tokens.get(as + 2).isSymbol(",") || tokens.get(as + 2).isValue());
        boolean isReadable =
                LANGUAGES.contains(tokens.get(language + 1).text()) && body.kind() == Token.Kind.STRING && isOnly;
        return isReadable ? bound(routine, body.text()) : Optional.empty();
    }

    private Optional<DefinedCode> readTrigger() {
        int execute = only("execute", 1);
        boolean calls = execute > 0
                && execute + 2 < tokens.size()
                && (tokens.get(execute + 1).is("function")
                        || tokens.get(execute + 1).is("procedure"))
                && tokens.get(execute + 2).isIdentifier();
        return !calls || holds(1, "when")
                ? Optional.empty()
                : Optional.of(DefinedCode.of(
                        List.of(DottedName.at(tokens, execute + 2).routine())));
    }

    private Optional<DefinedCode> readRule() {
        int first = only("do", 1) + 1;
        boolean conditional = holds(1, "where") && only("where", 1) < first;
        if (first < tokens.size()
                && (tokens.get(first).is("also") || tokens.get(first).is("instead"))) {
            first++;
        }
        if (first <= 0 || first >= tokens.size() || conditional) {
            return Optional.empty();
        }
        int last = tokens.get(tokens.size() - 1).end();
        return bound(
                new RoutineCall("", ""),
                statement.sql().substring(tokens.get(first).start(), last));
    }

    private static Optional<DefinedCode> bound(RoutineCall routine, String body) {
        StatementEffects effects = new SqlAnalyzer(LexicalModes.defaultsOf(Dialect.POSTGRESQL)).boundOfCode(body);
        return effects instanceof StatementEffects.Bounded bounded
                ? Optional.of(new DefinedCode(routine, body, bounded))
                : Optional.empty();
    }

    /** Where a word stands once and no more; negative where it does not. */
    private int only(String word, int from) {
        int found = -1;
        for (int i = from; i < tokens.size(); i++) {
            if (tokens.get(i).is(word)) {
                if (found >= 0) {
                    return -1;
                }
                found = i;
            }
        }
        return found;
    }

    private boolean holds(int from, String... words) {
        for (int i = from; i < tokens.size(); i++) {
            for (String word : words) {
                if (tokens.get(i).is(word)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean hasAssignment(int from) {
        for (int i = from; i < tokens.size(); i++) {
            if (tokens.get(i).isSymbol("=")
                    || tokens.get(i).isSymbol(":=")
                    || tokens.get(i).isSymbol(":")) {
                return true;
            }
        }
        return false;
    }
}
