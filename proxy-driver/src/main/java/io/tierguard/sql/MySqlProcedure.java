package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Cuts the body of a routine or trigger of MySQL and MariaDB into the statements and expressions that it runs, and reads each
 * by itself.
 *
 * <p>INVARIANT: a token that is not known to say only when something runs is part of something that is read. For one thread.
 */
final class MySqlProcedure {
    private static final Token SELECT = new Token(Token.Kind.WORD, "select", 0, 0);
    private static final Problem BY_WORDS = Problem.ofWholeText("code is read by its words alone", "");

    /** Words that neither name nor run anything where a statement begins. */
    private static final Set<String> STEPS = Set.of("begin", "else", "loop", "repeat");

    /** Statements that only handle variables, cursors and conditions. */
    private static final Set<String> INERT = Set.of("leave", "iterate", "fetch", "close", "signal", "resignal", "get");

    /** Statements that prepare, run and forget others. */
    private static final Set<String> PREPARING = Set.of("prepare", "execute", "deallocate");

    /** What runs one of some parts of its own. */
    private static final Set<String> BRANCHING = Set.of("if", "case");

    /** Statements behind which the next one runs. */
    private static final Set<String> STRAIGHT =
            Set.of("set", "select", "alter", "create", "drop", "insert", "update", "delete", "truncate", "commit");

    private final StatementReader reader;
    private final String sql;
    private final List<Token> tokens;
    private final boolean runsAtOnce;
    private final MySqlVariables variables = new MySqlVariables();
    private final MySqlPreparedCode prepared;
    private final List<CodeStep> found = new ArrayList<>();
    private int at;
    private boolean isInHandler;

    /** Where the statement begins that is read. */
    private int begins;

    private MySqlProcedure(StatementReader reader, String sql, List<Token> tokens, boolean runsAtOnce) {
        this.reader = reader;
        this.sql = sql;
        this.tokens = tokens;
        this.runsAtOnce = runsAtOnce;
        this.prepared = new MySqlPreparedCode(reader, sql, tokens);
    }

    /** What each statement of a body could do; one that is unreadable where it runs text that it makes itself. */
    static List<CodeStep> read(StatementReader reader, String sql, List<Token> tokens) {
        return read(new MySqlProcedure(reader, sql, tokens, false));
    }

    /** The same of code that is a statement itself: it may begin and end transactions. */
    static List<CodeStep> readAtOnce(StatementReader reader, String sql, List<Token> tokens) {
        return read(new MySqlProcedure(reader, sql, tokens, true));
    }

    private static List<CodeStep> read(MySqlProcedure code) {
        if (code.isCutOff()) {
            // MySQL's catalog tells a body up to the first NUL that a string of it holds.
            code.add(new StatementEffects.Unreadable("CODE", BY_WORDS), code.tokens);
            return code.found;
        }
        while (code.at < code.tokens.size()) {
            code.begins = code.at;
            int before = code.found.size();
            code.step();
            code.follow(code.tokens.subList(code.begins, code.at), code.found.subList(before, code.found.size()));
        }
        return code.found;
    }

    /** Takes note of what a step means for the texts that are prepared behind it. */
    private void follow(List<Token> step, List<CodeStep> read) {
        boolean isEnded = step.get(step.size() - 1).isSymbol(";");
        List<Token> statement = isEnded ? step.subList(0, step.size() - 1) : step;
        if (statement.isEmpty()) {
            return;
        }
        boolean isHandler = isInHandler;
        isInHandler = first(statement).equals("declare") && MySqlVariables.indexOf(statement, "handler") == 2;
        if (isHandler && BRANCHING.contains(first(statement))) {
            prepared.giveUp();
            return;
        }
        if (isHandler || isInHandler) {
            prepared.handle(CodeStep.effectsOf(read));
            return;
        }
        if (isPreparing(statement)) {
            return;
        }
        if (STRAIGHT.contains(first(statement))) {
            prepared.follow(statement, CodeStep.effectsOf(read));
        } else {
            prepared.branch(statement, CodeStep.effectsOf(read));
        }
    }

    private static boolean isPreparing(List<Token> statement) {
        return PREPARING.contains(first(statement))
                || (statement.size() > 1
                        && statement.get(0).is("drop")
                        && statement.get(1).is("prepare"));
    }

    private static String first(List<Token> statement) {
        return statement.get(0).kind() == Token.Kind.WORD ? statement.get(0).text() : "";
    }

    private void step() {
        Token token = tokens.get(at);
        if (token.isSymbol(";")) {
            at++;
        } else if (isLabel()) {
            at += 2;
        } else if (token.kind() != Token.Kind.WORD) {
            statement();
        } else if (token.is("do")) {
            // The word after the head of a loop has been passed with that.
            at++;
            expression(upTo(";"));
        } else if (STEPS.contains(token.text())) {
            at++;
            at += is("not") && is(at + 1, "atomic") ? 2 : 0;
        } else if (token.is("end")) {
            upTo(";");
        } else if (INERT.contains(token.text())) {
            inert(upTo(";"));
        } else {
            controlOrStatement(token);
        }
    }

    /** Whether a block that begins the code does not end with it. */
    private boolean isCutOff() {
        int first = !tokens.isEmpty() && isLabel() ? 2 : 0;
        if (!is(first, "begin")) {
            return false;
        }
        int last = tokens.size() - 1;
        while (last > first && tokens.get(last).isSymbol(";")) {
            last--;
        }
        return !is(last, "end") && (last == first || !is(last - 1, "end"));
    }

    private boolean isLabel() {
        boolean isName = tokens.get(at).isIdentifier()
                && at + 2 < tokens.size()
                && tokens.get(at + 1).isSymbol(":");
        return isName
                && (is(at + 2, "begin")
                        || is(at + 2, "loop")
                        || is(at + 2, "while")
                        || is(at + 2, "repeat")
                        || is(at + 2, "for"));
    }

    private void controlOrStatement(Token token) {
        switch (token.text()) {
            case "if", "elseif", "when" -> head("then");
            case "while" -> head("do");
            case "until" -> head("end");
            case "case" -> head("when");
            case "for" -> loop();
            case "return" -> {
                at++;
                expression(upTo(";"));
            }
            case "declare" -> declaration();
            case "open" -> cursor();
            case "set" -> assignments();
            case "commit", "rollback", "start" -> transaction();
            case "prepare", "execute", "deallocate" -> preparing(token.text());
            case "use", "lock", "unlock" -> hidden();
            default -> {
                if (is("drop") && is(at + 1, "prepare")) {
                    preparing("deallocate");
                } else {
                    statement();
                }
            }
        }
    }

    /** A condition or value between the word here and another; that one is passed too where it begins no more than a body. */
    private void head(String end) {
        at++;
        expression(upTo(end));
        boolean opensBody = end.equals("then") || end.equals("do");
        if (at < tokens.size() && opensBody && tokens.get(at).is(end)) {
            at++;
        }
    }

    /**
     * The tokens from here to a word or semicolon outside parentheses and CASE, where the cursor then stands; behind a
     * semicolon. Where another semicolon comes first, the code is not as the language has it.
     */
    private List<Token> upTo(String end) {
        int start = at;
        int depth = 0;
        while (at < tokens.size()) {
            Token token = tokens.get(at);
            if (token.isSymbol(";") || (depth == 0 && token.is(end))) {
                break;
            }
            depth += token.isSymbol("(") || token.is("case") ? 1 : 0;
            depth -= depth > 0 && (token.isSymbol(")") || token.is("end")) ? 1 : 0;
            at++;
        }
        List<Token> passed = tokens.subList(start, at);
        boolean isOver = at == tokens.size() || tokens.get(at).isSymbol(";");
        if (isOver) {
            at = Math.min(at + 1, tokens.size());
            if (!end.equals(";")) {
                add(new StatementEffects.Unreadable("CODE", BY_WORDS), List.of());
            }
        }
        return passed;
    }

    /** {@code FOR record IN a cursor, a query or a range DO}. */
    private void loop() {
        at++;
        List<Token> head = upTo("do");
        at = Math.min(at + 1, tokens.size());
        int in = MySqlVariables.indexOf(head, "in");
        List<Token> rest = in < 0 ? head : head.subList(in + 1, head.size());
        boolean isPlain = in == 1
                && rest.stream()
                        .allMatch(token -> token.isIdentifier()
                                || token.kind() == Token.Kind.NUMBER
                                || token.isSymbol(".")
                                || token.isSymbol(".."));
        if (in == 1 && !rest.isEmpty() && rest.get(0).isSymbol("(")) {
            expression(rest);
        } else if (!isPlain) {
            add(new StatementEffects.Unreadable("CODE", BY_WORDS), List.of());
        }
        variables.declare(head);
    }

    private void declaration() {
        at++;
        if (is(at + 1, "handler")) {
            handler();
            return;
        }
        List<Token> parts = upTo(";");
        int query = MySqlVariables.indexOf(parts, "cursor") == 1 ? MySqlVariables.indexOf(parts, "for") : -1;
        if (query > 0) {
            read(parts.subList(query + 1, parts.size()));
            return;
        }
        int value = MySqlVariables.indexOf(parts, "default");
        variables.declare(parts);
        if (value >= 0) {
            expression(parts.subList(value + 1, parts.size()));
        }
    }

    /** The conditions that a handler is for; its statement follows as any other. */
    private void handler() {
        at += 2;
        at += is("for") ? 1 : 0;
        boolean more = true;
        while (more && at < tokens.size()) {
            if (is("sqlstate")) {
                at += is(at + 1, "value") ? 3 : 2;
            } else {
                at += is("not") ? 2 : 1;
            }
            more = at < tokens.size() && tokens.get(at).isSymbol(",");
            at += more ? 1 : 0;
        }
    }

    /** Variables of the code and columns of the row at hand take any value; what else is set is the session's. */
    private void assignments() {
        int word = at;
        at++;
        List<Token> parts = upTo(";");
        if (MySqlSetStatements.isWhole(new StatementTokens(sql, parts))) {
            assignment(tokens.get(word), parts);
            return;
        }
        int start = 0;
        int depth = 0;
        for (int i = 0; i <= parts.size(); i++) {
            Token token = i < parts.size() ? parts.get(i) : SELECT;
            depth += token.isSymbol("(") || token.is("case") ? 1 : token.isSymbol(")") || token.is("end") ? -1 : 0;
            if (i == parts.size() || (token.isSymbol(",") && depth == 0)) {
                assignment(tokens.get(word), parts.subList(start, i));
                start = i + 1;
            }
        }
    }

    private void assignment(Token set, List<Token> parts) {
        int sign = 0;
        while (sign < parts.size()
                && !parts.get(sign).isSymbol("=")
                && !parts.get(sign).isSymbol(":=")) {
            sign++;
        }
        List<Token> target = parts.subList(0, sign);
        if (sign < parts.size() && variables.hold(target)) {
            expression(parts.subList(sign + 1, parts.size()));
        } else {
            List<Token> statement = new ArrayList<>(parts.size() + 1);
            statement.add(set);
            statement.addAll(parts);
            read(statement);
        }
    }

    /** {@code OPEN c (x)} gives a cursor values, and {@code OPEN c FOR SELECT …} its query. */
    private void cursor() {
        List<Token> parts = upTo(";");
        Token next = parts.size() > 2 ? parts.get(2) : MySqlTokens.END;
        if (next.isSymbol("(")) {
            expression(parts.subList(2, parts.size()));
        } else if (next.is("for") && parts.size() > 3 && MySqlWords.beginsQuery(parts.get(3))) {
            read(parts.subList(3, parts.size()));
        } else if (parts.size() > 2) {
            add(new StatementEffects.Unreadable("CODE", BY_WORDS), List.of());
        }
    }

    private void inert(List<Token> parts) {
        boolean computes = parts.stream().anyMatch(token -> token.isSymbol("("));
        if (computes) {
            add(new StatementEffects.Unreadable("CODE", BY_WORDS), List.of());
        }
    }

    private void transaction() {
        if (runsAtOnce) {
            read(upTo(";"));
        } else {
            hidden();
        }
    }

    /** What is prepared is told where it is, because what runs it is known to run no other. */
    private void preparing(String word) {
        if (!runsAtOnce) {
            hidden();
            return;
        }
        List<Token> parts = upTo(";");
        Optional<List<MySqlPreparedCode.Inner>> inner = switch (word) {
            case "prepare" -> prepared.prepare(parts);
            case "execute" -> prepared.execute(parts);
            default -> prepared.deallocate(parts) ? Optional.of(List.of()) : Optional.empty();
        };
        if (inner.isEmpty()) {
            prepared.forget();
            add(new StatementEffects.Unreadable("CODE", BY_WORDS), List.of());
            return;
        }
        inner.get().forEach(one -> add(one.effects(), one.tokens()));
        add(MySqlPreparedCode.forgetting(), List.of());
    }

    private void hidden() {
        upTo(";");
        add(new StatementEffects.Unreadable("CODE", BY_WORDS), List.of());
    }

    private void statement() {
        read(MySqlVariables.withoutTarget(upTo(";")));
    }

    private void expression(List<Token> parts) {
        if (!parts.isEmpty()) {
            List<Token> query = new ArrayList<>(parts.size() + 1);
            query.add(SELECT);
            query.addAll(parts);
            read(query);
        }
    }

    private void read(List<Token> statement) {
        if (!statement.isEmpty()) {
            add(variables.beside(reader.read(sql, statement)), statement);
        }
    }

    private void add(StatementEffects effects, List<Token> read) {
        found.add(new CodeStep(effects, sql, tokens.get(0).start(), tokens, begins, read));
    }

    private boolean is(String word) {
        return is(at, word);
    }

    private boolean is(int index, String word) {
        return index < tokens.size() && tokens.get(index).is(word);
    }
}
