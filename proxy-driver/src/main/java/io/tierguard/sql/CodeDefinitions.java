package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Reads the code in CREATE FUNCTION, PROCEDURE, TRIGGER, RULE, POLICY and AGGREGATE of PostgreSQL, where all that will run stands in it.
 *
 * <p>What is not plain is not read: other languages, settings that give a body another meaning.
 */
final class CodeDefinitions {
    private static final String SQL = "sql";
    private static final String PROCEDURAL = "plpgsql";
    private static final Set<String> LANGUAGES = Set.of(SQL, PROCEDURAL);
    private static final RoutineCall NO_ROUTINE = new RoutineCall("", "");

    /** By which words an aggregate names its functions. */
    private static final Set<String> OF_AGGREGATE = Set.of(
            "sfunc",
            "sfunc1",
            "finalfunc",
            "combinefunc",
            "serialfunc",
            "deserialfunc",
            "msfunc",
            "minvfunc",
            "mfinalfunc");

    private final StatementTokens statement;
    private final List<Token> tokens;

    /** What was found first to be against reading it. */
    private String obstacle = "";

    private CodeDefinitions(StatementTokens statement) {
        this.statement = statement;
        this.tokens = statement.rest();
    }

    /** The code that is defined from the word for its kind on, or what is against reading it; empty where neither can be told. */
    static Optional<DefinedCode> read(Dialect dialect, StatementTokens statement) {
        if (dialect != Dialect.POSTGRESQL) {
            return Optional.empty(); // H2 runs Java
        }
        CodeDefinitions definition = new CodeDefinitions(statement);
        Optional<DefinedCode> code = switch (statement.peek().text()) {
            case "function", "procedure" -> definition.readRoutine();
            case "trigger" -> definition.readTrigger();
            case "rule" -> definition.readRule();
            case "policy" -> definition.readPolicy();
            case "aggregate" -> definition.readAggregate();
            default -> Optional.empty();
        };
        return code.isPresent() || definition.obstacle.isEmpty()
                ? code
                : Optional.of(DefinedCode.unread(definition.obstacle));
    }

    /** Notes why it is not read, if nothing before was against it. */
    private Optional<DefinedCode> refuse(String found) {
        obstacle = obstacle.isEmpty() ? found : obstacle;
        return Optional.empty();
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
            return refuse("it has the name of a function of the server");
        }
        int options = endOfGroup(name.end());
        if (options < 0) {
            return Optional.empty();
        }
        int atomic = AtomicBodies.startOf(statement.all(), 0) - (statement.all().size() - tokens.size()) - 2;
        int standing = atomic > 0 ? atomic : only("return", options);
        int string = string(options);
        Optional<DefinedCode> code = string > 0
                ? quoted(routine, options, string)
                : standing > 0 ? standing(routine, options, standing) : Optional.empty();
        List<List<Token>> defaults = RoutineHead.defaults(tokens.subList(name.end() + 1, options - 1));
        for (List<Token> each : defaults) {
            code = code.flatMap(known -> expression(each).map(known::with));
        }
        return code;
    }

    /** Code whose body stands in the definition, as statements or as one expression. */
    private Optional<DefinedCode> standing(RoutineCall routine, int options, int standing) {
        note(options);
        List<Token> head = tokens.subList(options, standing);
        boolean isSql = IntStream.range(0, head.size())
                .filter(at -> head.get(at).is("language"))
                .allMatch(at -> at + 1 < head.size() && head.get(at + 1).is("sql"));
        return isSql
                ? RoutineHead.sight(head)
                        .flatMap(sight -> standingBody(standing)
                                .flatMap(body ->
                                        bound(routine, SQL, body).or(() -> refuse(BodyObstacles.of(SQL, body, false))))
                                .map(code -> code.lookingIn(sight.schemas())))
                : Optional.empty();
    }

    /** Code whose body is a string. */
    private Optional<DefinedCode> quoted(RoutineCall routine, int options, int string) {
        int language = only("language", options);
        if (language < 0 || language + 1 >= tokens.size()) {
            return Optional.empty();
        }
        Token body = tokens.get(string);
        // A second file name may follow, the rest of a string that goes on in the next line, or another body.
        boolean isOnly = (string + 1 >= tokens.size()
                        || !(tokens.get(string + 1).isSymbol(",")
                                || tokens.get(string + 1).isValue()))
                && string(string) < 0;
        String written = tokens.get(language + 1).text();
        if (!LANGUAGES.contains(written)) {
            return refuse("it is not in SQL or PL/pgSQL");
        }
        boolean isReadable = LANGUAGES.contains(written) && body.kind() == Token.Kind.STRING && isOnly;
        if (!isReadable) {
            return Optional.empty();
        }
        Optional<RoutineHead.Sight> sight = RoutineHead.sight(tokens.subList(options, tokens.size()));
        return sight.isEmpty()
                ? refuse("a setting of its own could give it another meaning")
                : bound(routine, written, body.text())
                        .filter(code -> code.own().isEmpty() || !isOfTrigger())
                        .or(() -> structural(routine, written, body.text()))
                        .map(code -> code.lookingIn(sight.get().schemas()))
                        .or(() -> refuse(BodyObstacles.of(written, body.text(), isOfTrigger())));
    }

    /** Code that changes the structure of tables too, and that no trigger runs: who sets one off does not ask for that. */
    private Optional<DefinedCode> structural(RoutineCall routine, String language, String body) {
        return language.equals(PROCEDURAL) && !isOfTrigger()
                ? new SqlAnalyzer(LexicalModes.defaultsOf(Dialect.POSTGRESQL))
                        .calledCode(routine, body)
                        .map(code -> DefinedCode.of(routine, body, code.statement()))
                : Optional.empty();
    }

    private boolean isOfTrigger() {
        return tokens.stream()
                .anyMatch(token -> token.isIdentifier() && token.text().contains("trigger"));
    }

    /** Where the string behind an AS stands, of which no column or expression has one; negative where there is none. */
    private int string(int from) {
        for (int at = from; at + 1 < tokens.size(); at++) {
            if (tokens.get(at).is("as") && tokens.get(at + 1).isValue()) {
                return at + 1;
            }
        }
        return -1;
    }

    /** What an expression of the definition does when it is computed; its constants are noted as read. */
    private Optional<StatementEffects.Bounded> expression(List<Token> expression) {
        if (expression.isEmpty()) {
            return Optional.empty();
        }
        expression.forEach(Token::text);
        int start = expression.get(0).start();
        int end = expression.get(expression.size() - 1).end();
        return bound(NO_ROUTINE, SQL, "SELECT " + statement.sql().substring(start, end))
                .map(DefinedCode::bound);
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
        // One of the server's own changes no more than the row at hand, but a path may lead to another of its name.
        DefinedCode calling = DefinedCode.of(List.of(called));
        return holds(1, "when")
                ? condition(execute).flatMap(this::expression).map(calling::with)
                : Optional.of(calling);
    }

    /** What a trigger asks before it calls its function, with its parentheses. */
    private Optional<List<Token>> condition(int execute) {
        int when = only("when", 1);
        boolean isOneGroup = when > 0
                && when + 1 < execute
                && tokens.get(when + 1).isSymbol("(")
                && tokens.get(execute - 1).isSymbol(")");
        return isOneGroup ? Optional.of(tokens.subList(when + 1, execute)) : Optional.empty();
    }

    private Optional<DefinedCode> readRule() {
        int action = only("do", 1);
        int first = action + 1;
        if (first < tokens.size()
                && (tokens.get(first).is("also") || tokens.get(first).is("instead"))) {
            first++;
        }
        if (action < 0 || first >= tokens.size()) {
            return Optional.empty();
        }
        note(first);
        Optional<DefinedCode> code = action(tokens.subList(first, tokens.size()));
        int where = first("where", 1);
        return where < 0 || where > action
                ? code
                : code.flatMap(
                        known -> expression(tokens.subList(where + 1, action)).map(known::with));
    }

    /** What a policy of rows asks, behind USING and WITH CHECK, whenever its table is read or written. */
    private Optional<DefinedCode> readPolicy() {
        Optional<DefinedCode> code = Optional.of(DefinedCode.NONE);
        int at = 1;
        while (at < tokens.size()) {
            boolean isCheck = at + 1 < tokens.size()
                    && tokens.get(at).is("with")
                    && tokens.get(at + 1).is("check");
            int group = at + (isCheck ? 2 : 1);
            int end = isCheck || tokens.get(at).is("using") ? endOfGroup(Math.min(group, tokens.size())) : 0;
            if (end < 0) {
                return Optional.empty();
            }
            if (end > 0) {
                List<Token> condition = tokens.subList(group, end);
                code = code.flatMap(known -> expression(condition).map(known::with));
            }
            at = Math.max(at + 1, end);
        }
        return code;
    }

    /** The functions of which an aggregate is made; what its types and its operator bring with them is looked at when it is called. */
    private Optional<DefinedCode> readAggregate() {
        if (tokens.size() < 3 || !tokens.get(1).isIdentifier()) {
            return Optional.empty();
        }
        RoutineCall aggregate = DottedName.at(tokens, 1).routine();
        if (HarmlessRoutines.isHarmless(Dialect.POSTGRESQL, new RoutineCall("", aggregate.name()))) {
            return refuse("it has the name of a function of the server");
        }
        note(1);
        List<RoutineCall> calls = new ArrayList<>();
        for (int at = 2; at + 2 < tokens.size(); at++) {
            boolean isFunction = tokens.get(at).isIdentifier()
                    && OF_AGGREGATE.contains(tokens.get(at).text())
                    && tokens.get(at + 1).isSymbol("=");
            if (isFunction && !tokens.get(at + 2).isIdentifier()) {
                return Optional.empty();
            }
            if (isFunction) {
                calls.add(DottedName.at(tokens, at + 2).routine());
            }
        }
        return calls.isEmpty() ? Optional.empty() : Optional.of(DefinedCode.of(calls));
    }

    /** What a rule does in place of a statement or beside it: nothing, one statement, or several in parentheses. */
    private Optional<DefinedCode> action(List<Token> action) {
        boolean isGroup =
                action.get(0).isSymbol("(") && action.get(action.size() - 1).isSymbol(")");
        List<Token> inner = isGroup ? action.subList(1, action.size() - 1) : action;
        if (inner.isEmpty()) {
            return Optional.empty();
        }
        int start = inner.get(0).start();
        int end = inner.get(inner.size() - 1).end();
        return inner.size() == 1 && inner.get(0).is("nothing")
                ? Optional.of(DefinedCode.NONE)
                : bound(NO_ROUTINE, SQL, statement.sql().substring(start, end));
    }

    /** What is defined rests on the constants in it, which are read again with its text. */
    private void note(int from) {
        tokens.subList(from, tokens.size()).forEach(Token::text);
    }

    /** Code as it is read when it runs; one with a backslash in both ways in which the session that runs it may cut it. */
    private static Optional<DefinedCode> bound(RoutineCall routine, String language, String body) {
        LexicalModes modes = LexicalModes.defaultsOf(Dialect.POSTGRESQL);
        Optional<DefinedCode> plain = bound(routine, language, body, new SqlAnalyzer(modes));
        return body.indexOf('\\') < 0
                ? plain
                : plain.flatMap(code -> bound(routine, language, body, new SqlAnalyzer(modes.with(Backslashes.ESCAPE)))
                        .filter(other -> other.own().equals(code.own()))
                        .map(DefinedCode::bound)
                        .map(code::with));
    }

    private static Optional<DefinedCode> bound(
            RoutineCall routine, String language, String body, SqlAnalyzer analyzer) {
        CodeEffects code = language.equals(PROCEDURAL)
                ? analyzer.procedure(body)
                : CodeEffects.of(analyzer.analyze(body, Placeholders.NONE).statements());
        return code.obstacle().isEmpty() ? Optional.of(DefinedCode.of(routine, body, code)) : Optional.empty();
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

    /** Behind the parenthesis that closes a group; negative where none opens there, or none closes it. */
    private int endOfGroup(int start) {
        int depth = 0;
        for (int at = start; at < tokens.size() && (depth > 0 || at == start); at++) {
            depth += tokens.get(at).isSymbol("(") ? 1 : tokens.get(at).isSymbol(")") ? -1 : 0;
            if (depth == 0) {
                return at > start ? at + 1 : -1;
            }
        }
        return -1;
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
