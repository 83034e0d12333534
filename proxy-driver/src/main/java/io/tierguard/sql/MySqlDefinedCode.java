package io.tierguard.sql;

import io.tierguard.policy.model.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the code in CREATE PROCEDURE, FUNCTION, TRIGGER and EVENT of MySQL and MariaDB.
 *
 * <p>INVARIANT: all that can ever run of a definition is in what is read of it, or it is not read at all.
 */
final class MySqlDefinedCode {
    /** What may stand between a procedure's parameters and its body, beside a comment. */
    private static final Set<String> CHARACTERISTICS = Words.of("""
            comment language sql not deterministic contains no reads modifies data security definer invoker
            """);

    private static final Set<String> KINDS = Set.of("procedure", "function", "trigger", "event");

    private final StatementReader reader;
    private final String sql;
    private final List<Token> tokens;

    /** What is against reading it. */
    private String obstacle = "";

    private MySqlDefinedCode(StatementReader reader, StatementTokens statement) {
        this.reader = reader;
        this.sql = statement.sql();
        List<Token> rest = statement.rest();
        this.tokens = statement.is("aggregate") ? rest.subList(1, rest.size()) : rest;
    }

    /** The code that is defined from the word for its kind on, or what is against reading it; empty where neither can be told. */
    static Optional<DefinedCode> read(StatementReader reader, StatementTokens statement) {
        MySqlDefinedCode code = new MySqlDefinedCode(reader, statement);
        String kind = code.tokens.isEmpty() ? "" : code.tokens.get(0).text();
        Optional<DefinedCode> read = switch (kind) {
            case "procedure", "function" -> code.routine();
            case "trigger" -> code.trigger();
            case "event" -> code.event();
            default -> Optional.empty();
        };
        return read.isPresent() || code.obstacle.isEmpty() ? read : Optional.of(DefinedCode.unread(code.obstacle));
    }

    /** The text of the code that a statement defines; empty where it is not told from its head. */
    static Optional<String> bodyIn(StatementReader reader, String sql, List<Token> tokens) {
        int kind = 0;
        while (kind < tokens.size()
                && !(tokens.get(kind).kind() == Token.Kind.WORD
                        && KINDS.contains(tokens.get(kind).text()))) {
            kind++;
        }
        if (kind == tokens.size()) {
            return Optional.empty();
        }
        MySqlDefinedCode code =
                new MySqlDefinedCode(reader, new StatementTokens(sql, tokens.subList(kind, tokens.size())));
        int start = switch (code.tokens.get(0).text()) {
            case "trigger" -> code.behindRow();
            case "event" -> code.behindDo();
            default -> code.behindParameters();
        };
        return start > 0 && start < code.tokens.size()
                ? Optional.of(sql.substring(code.tokens.get(start).start()))
                : Optional.empty();
    }

    /** Where the body of a routine begins; -1 where that is not told. */
    private int behindParameters() {
        int start = name();
        int parameters =
                start < 0 ? tokens.size() : DottedName.at(tokens, start).end();
        int end = parameters < tokens.size() && tokens.get(parameters).isSymbol("(") ? closing(parameters) : -1;
        return end < 0 ? -1 : body(end + 1);
    }

    private Optional<DefinedCode> routine() {
        int start = name();
        if (start < 0) {
            return Optional.empty();
        }
        DottedName name = DottedName.at(tokens, start);
        int parameters = name.end();
        int end = parameters < tokens.size() && tokens.get(parameters).isSymbol("(") ? closing(parameters) : -1;
        int body = end < 0 ? -1 : body(end + 1);
        boolean isPlain = body > 0
                && tokens.subList(parameters, end).stream().noneMatch(token -> token.is("default") || isSign(token))
                && (tokens.get(0).is("function")
                        || tokens.subList(end + 1, body).stream().allMatch(this::isCharacteristic));
        return isPlain ? read(name.routine(), body) : Optional.empty();
    }

    /** Where the body begins behind the parameters; one of a procedure may be a query in parentheses. */
    private int body(int from) {
        int at = from;
        while (tokens.get(0).is("procedure") && at < tokens.size() && isCharacteristic(tokens.get(at))) {
            at++;
        }
        return tokens.get(0).is("procedure")
                        && at < tokens.size()
                        && tokens.get(at).isSymbol("(")
                ? at
                : MySqlBlocks.bodyFrom(tokens, from);
    }

    private static boolean isSign(Token token) {
        return token.isSymbol("=") || token.isSymbol(":=");
    }

    private boolean isCharacteristic(Token token) {
        return token.kind() == Token.Kind.STRING
                || (token.kind() == Token.Kind.WORD && CHARACTERISTICS.contains(token.text()));
    }

    private Optional<DefinedCode> trigger() {
        int start = behindRow();
        return start < 0 ? Optional.empty() : read(new RoutineCall("", ""), start);
    }

    /** Where the body of a trigger begins; -1 where that is not told. */
    private int behindRow() {
        int row = -1;
        for (int i = 1; i + 2 < tokens.size() && row < 0; i++) {
            row = tokens.get(i).is("for")
                            && tokens.get(i + 1).is("each")
                            && tokens.get(i + 2).is("row")
                    ? i + 3
                    : -1;
        }
        if (row < 0 || row >= tokens.size()) {
            return -1;
        }
        boolean isOrdered = tokens.get(row).is("follows") || tokens.get(row).is("precedes");
        return isOrdered ? row + 2 : row;
    }

    /** What computes when an event is to happen could call something at once. */
    private Optional<DefinedCode> event() {
        int start = behindDo();
        return start < 0 ? Optional.empty() : read(new RoutineCall("", ""), start);
    }

    /** Where the body of an event begins; -1 where that is not told. */
    private int behindDo() {
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.get(i).is("do")) {
                return i + 1;
            }
            if (tokens.get(i).isSymbol("(")) {
                return -1;
            }
        }
        return -1;
    }

    /** Where the name stands; -1 where none does. */
    private int name() {
        int at = tokens.size() > 4
                        && tokens.get(1).is("if")
                        && tokens.get(2).is("not")
                        && tokens.get(3).is("exists")
                ? 4
                : 1;
        return at < tokens.size() && tokens.get(at).isIdentifier() ? at : -1;
    }

    private int closing(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += tokens.get(i).isSymbol("(") ? 1 : tokens.get(i).isSymbol(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private Optional<DefinedCode> read(RoutineCall routine, int start) {
        // One that is called like a harmless built-in, or like one of the schema sys, could be taken for it.
        RoutineCall unqualified = new RoutineCall("", routine.name());
        RoutineCall ofServer = new RoutineCall("sys", routine.name());
        boolean shadows = HarmlessRoutines.isHarmless(reader.dialect(), unqualified)
                || HarmlessRoutines.isHarmless(reader.dialect(), ofServer)
                || unqualified.isHarmlessUnlessDefined(reader.dialect());
        if (shadows || start >= tokens.size()) {
            obstacle = shadows ? "it has the name of a function of the server" : "";
            return Optional.empty();
        }
        List<Token> code = tokens.subList(start, tokens.size());
        String body = sql.substring(
                tokens.get(start).start(), tokens.get(tokens.size() - 1).end());
        return rowsAlone(code)
                .or(() -> tokens.get(0).is("procedure") ? more(code) : Optional.empty())
                .map(bound -> new DefinedCode(routine, body, inHome(bound)));
    }

    /** Code that changes rows and nothing else. */
    private Optional<StatementEffects.Bounded> rowsAlone(List<Token> code) {
        List<Effect> effects = new ArrayList<>();
        List<RoutineCall> calls = new ArrayList<>();
        for (CodeStep step : MySqlProcedure.read(reader, sql, code)) {
            StatementEffects statement = step.effects();
            if (statement instanceof StatementEffects.Bounded bounded) {
                effects.addAll(bounded.effects());
                calls.addAll(bounded.unknownRoutines());
            } else if (statement instanceof StatementEffects.Understood understood && changesRowsAlone(understood)) {
                effects.addAll(understood.effects());
                calls.addAll(understood.unknownRoutines());
            } else {
                obstacle = step.place();
                return Optional.empty();
            }
        }
        return Optional.of(bound(effects, calls));
    }

    /** Code of a procedure that changes tables or transactions besides. */
    private Optional<StatementEffects.Bounded> more(List<Token> code) {
        String ofTables = MySqlProcedureCode.obstacle(reader, sql, code);
        obstacle = ofTables.isEmpty() ? obstacle : ofTables;
        return MySqlProcedureCode.defined(reader, sql, code).map(all -> bound(all.effects(), all.unknownRoutines()));
    }

    private static StatementEffects.Bounded bound(List<Effect> effects, List<RoutineCall> calls) {
        Problem problem = Problem.ofWholeText("code is read statement by statement", "");
        return new StatementEffects.Bounded("CODE", effects, calls, problem);
    }

    private StatementEffects.Bounded inHome(StatementEffects.Bounded code) {
        int named = name();
        HomeNames names = new HomeNames(
                named < 0 ? "" : DottedName.at(tokens, named).table().schema());
        return bound(names.effects(code.effects()), names.calls(code.unknownRoutines()));
    }

    private static boolean changesRowsAlone(StatementEffects.Understood statement) {
        return statement.sessionChanges().isEmpty()
                && statement.powers().isEmpty()
                && statement.sweeps().isEmpty()
                && statement.code().isEmpty();
    }
}
