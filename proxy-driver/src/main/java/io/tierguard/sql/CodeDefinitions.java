package io.tierguard.sql;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the code in CREATE FUNCTION, PROCEDURE, TRIGGER and RULE of PostgreSQL, where all that will run stands in it.
 *
 * <p>What is not plain is not read: other languages, defaults of parameters, settings of its own, conditions of rules.
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
        if (shadows) {
            return Optional.empty();
        }
        int standing = holds(name.end(), "atomic") ? first("begin", name.end()) : only("return", name.end());
        if (standing > 0) {
            note(standing);
            return isPlainHead(tokens.subList(name.end(), standing))
                    ? standingBody(standing).flatMap(body -> bound(routine, body))
                    : Optional.empty();
        }
        int language = only("language", name.end());
        int as = only("as", name.end());
        boolean plain = language > 0 && as > 0 && !holds(name.end(), "default", "set", "begin", "return", "transform");
        if (!plain || hasAssignment(name.end()) || language + 1 >= tokens.size() || as + 1 >= tokens.size()) {
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

    /** Nothing before the body runs anything, or says that it is in another language. */
    private boolean isPlainHead(List<Token> head) {
        for (int i = 0; i < head.size(); i++) {
            Token token = head.get(i);
            boolean isOther = token.is("language")
                    && (i + 1 == head.size() || !head.get(i + 1).is("sql"));
            if (isOther || token.is("default") || token.is("set") || token.is("transform") || isAssignment(token)) {
                return false;
            }
        }
        return true;
    }

    /** The text of a body that stands in the definition as statements or as one expression. */
    private Optional<String> standingBody(int at) {
        List<Token> all = statement.all();
        int last = all.size() - 1;
        if (tokens.get(at).is("return")) {
            return at + 1 < tokens.size()
                    ? Optional.of("SELECT "
                            + statement
                                    .sql()
                                    .substring(
                                            tokens.get(at + 1).start(),
                                            all.get(last).end()))
                    : Optional.empty();
        }
        int start = AtomicBodies.startOf(all, 0);
        boolean isWhole = start > 0 && AtomicBodies.endOf(all, 0) == last;
        return isWhole
                ? Optional.of(statement
                        .sql()
                        .substring(all.get(start).start(), all.get(last).start()))
                : Optional.empty();
    }

    private Optional<DefinedCode> readTrigger() {
        int execute = only("execute", 1);
        boolean calls = execute > 0
                && execute + 2 < tokens.size()
                && (tokens.get(execute + 1).is("function")
                        || tokens.get(execute + 1).is("procedure"))
                && tokens.get(execute + 2).isIdentifier();
        if (!calls) {
            return Optional.empty();
        }
        RoutineCall called = DottedName.at(tokens, execute + 2).routine();
        if (!holds(1, "when")) {
            return Optional.of(DefinedCode.of(List.of(called)));
        }
        note(1);
        return condition(execute)
                .flatMap(condition -> bound(new RoutineCall("", ""), "SELECT " + condition))
                .map(code -> code.with(called));
    }

    /** What a trigger asks before it calls its function, with its parentheses. */
    private Optional<String> condition(int execute) {
        int when = only("when", 1);
        boolean isOneGroup = when > 0
                && when + 1 < execute
                && tokens.get(when + 1).isSymbol("(")
                && tokens.get(execute - 1).isSymbol(")");
        return isOneGroup
                ? Optional.of(statement
                        .sql()
                        .substring(
                                tokens.get(when + 1).start(),
                                tokens.get(execute - 1).end()))
                : Optional.empty();
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
        note(first);
        return bound(
                new RoutineCall("", ""),
                statement.sql().substring(tokens.get(first).start(), last));
    }

    /** What is defined rests on the constants in it, which are read again with its text. */
    private void note(int from) {
        tokens.subList(from, tokens.size()).forEach(Token::text);
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
        return tokens.subList(from, tokens.size()).stream().anyMatch(CodeDefinitions::isAssignment);
    }

    private static boolean isAssignment(Token token) {
        return token.isSymbol("=") || token.isSymbol(":=") || token.isSymbol(":");
    }

    private int first(String word, int from) {
        for (int i = from; i < tokens.size(); i++) {
            if (tokens.get(i).is(word)) {
                return i;
            }
        }
        return -1;
    }
}
