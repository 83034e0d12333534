package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Cuts a body in PL/pgSQL into the statements and expressions that it runs, as the language's own scanner does, and reads
 * each by itself.
 *
 * <p>An expression is read as the query that the language makes of it. For one thread.
 */
final class ProceduralCode {
    private static final Token SELECT = new Token(Token.Kind.WORD, "select", 0, 0);
    private static final Token COMMA = new Token(Token.Kind.SYMBOL, ",", 0, 0);
    private static final Problem BY_WORDS = Problem.ofWholeText("code is read by its words alone", "");

    /** Words of the language that neither name nor run anything where a statement begins. */
    private static final Set<String> STEPS = Set.of("begin", "else", "loop", "exception");

    /** Statements that run at most the calls in them. */
    private static final Set<String> INERT = Set.of("raise", "get", "fetch", "move", "close", "null");

    private static final Set<String> OF_MESSAGES = Words.of("""
            into using from in next first last all current diagnostics stacked relative absolute forward backward
            """);

    private static final Set<String> LEVELS = Set.of("debug", "log", "info", "notice", "warning", "exception");

    private final Dialect dialect;
    private final StatementReader reader;
    private final String sql;
    private final List<Token> tokens;
    private final List<CodeStep> found = new ArrayList<>();
    private int at;

    /** Where the statement begins that is read. */
    private int begins;

    private ProceduralCode(Dialect dialect, StatementReader reader, String sql, List<Token> tokens) {
        this.dialect = dialect;
        this.reader = reader;
        this.sql = sql;
        this.tokens = tokens;
    }

    /** What each statement of a body could do; one that is unreadable where it runs text that it makes itself. */
    static List<CodeStep> read(Dialect dialect, StatementReader reader, String sql, List<Token> tokens) {
        ProceduralCode code = new ProceduralCode(dialect, reader, sql, tokens);
        while (code.at < tokens.size()) {
            code.begins = code.at;
            code.step();
        }
        return code.found;
    }

    private void step() {
        Token token = tokens.get(at);
        if (isAssignment()) {
            skipTarget();
            at++;
            expression(until(";"));
        } else if (token.isSymbol("<<")) {
            until(">>");
            at++;
        } else if (token.isSymbol("#")) {
            at = Math.min(at + 3, tokens.size()); // an option of the compiler: a name and its value
        } else if (token.kind() != Token.Kind.WORD) {
            statement();
        } else if (token.is("declare")) {
            at++;
            declarations();
        } else if (STEPS.contains(token.text())) {
            at++;
        } else if (token.is("end")) {
            until(";");
        } else if (INERT.contains(token.text())) {
            inert(until(";"));
        } else {
            controlOrStatement(token);
        }
    }

    private void controlOrStatement(Token token) {
        switch (token.text()) {
            case "if", "elsif", "elseif", "when" -> afterWord("then");
            case "while" -> afterWord("loop");
            case "case" -> {
                at++;
                expression(until("when"));
            }
            case "for", "foreach" -> loop();
            case "exit", "continue" -> condition(until(";"), "when");
            case "return" -> {
                at++;
                returned(until(";"));
            }
            case "perform", "assert" -> {
                at++;
                expression(until(";"));
            }
            case "open" -> open(until(";"));
            case "execute" -> {
                at++;
                executed(until(";"));
            }
            default -> statement();
        }
    }

    private void afterWord(String end) {
        at++;
        expression(until(end));
        at++;
    }

    /** The tokens from here to a word or symbol outside parentheses, where the cursor then stands. */
    private List<Token> until(String end) {
        int start = at;
        int depth = 0;
        while (at < tokens.size()) {
            Token token = tokens.get(at);
            boolean ends = token.is(end) || token.isSymbol(end);
            if (token.isSymbol(";") || (ends && depth <= 0)) {
                break;
            }
            depth += token.isSymbol("(") || token.isSymbol("[")
                    ? 1
                    : token.isSymbol(")") || token.isSymbol("]") ? -1 : 0;
            at++;
        }
        List<Token> passed = tokens.subList(start, at);
        if (at < tokens.size() && tokens.get(at).isSymbol(";")) {
            at++;
            if (!end.equals(";")) {
                hidden(); // not as the language has it
            }
        }
        return passed;
    }

    private boolean isAssignment() {
        int end = targetEnd();
        return end > at
                && end < tokens.size()
                && (tokens.get(end).isSymbol(":=") || tokens.get(end).isSymbol("="));
    }

    private void skipTarget() {
        int end = targetEnd();
        calls(tokens.subList(at, end)); // what stands in a subscript
        at = end;
    }

    private int targetEnd() {
        if (!isVariable(tokens.get(at))) {
            return at;
        }
        int end = endOfVariable(tokens, at);
        int depth = 0;
        while (end < tokens.size()) {
            Token token = tokens.get(end);
            depth += token.isSymbol("[") ? 1 : token.isSymbol("]") ? -1 : 0;
            boolean isOver = depth == 0
                    && !token.isSymbol("]")
                    && !(token.isSymbol(".") || tokens.get(end - 1).isSymbol("."));
            if (isOver || token.isSymbol(";")) {
                return end;
            }
            end++;
        }
        return end;
    }

    /** A variable's name, or the place of a parameter that may have none. */
    private static boolean isVariable(Token token) {
        return token.isIdentifier() || token.kind() == Token.Kind.PARAMETER;
    }

    private static int endOfVariable(List<Token> parts, int start) {
        return parts.get(start).isIdentifier() ? DottedName.at(parts, start).end() : start + 1;
    }

    private void declarations() {
        while (at < tokens.size() && !tokens.get(at).is("begin")) {
            if (tokens.get(at).is("declare")) {
                at++;
            } else {
                begins = at;
                declaration(until(";"));
            }
        }
    }

    private void declaration(List<Token> parts) {
        for (int i = 0; i < parts.size(); i++) {
            Token part = parts.get(i);
            if (part.is("cursor")) {
                calls(parts.subList(0, i));
                // Its parameters are names and types.
                int query = Math.max(indexOf(parts, "for"), indexOf(parts, "is"));
                queryOrExpression(query < 0 ? List.of() : parts.subList(query + 1, parts.size()));
                return;
            }
            if (part.isSymbol(":=") || part.isSymbol("=") || part.is("default")) {
                expression(parts.subList(i + 1, parts.size()));
                return;
            }
        }
    }

    private void loop() {
        List<Token> head = until("loop");
        int in = indexOf(head, "in");
        List<Token> rest = in < 0 ? List.of() : head.subList(in + 1, head.size());
        if (!rest.isEmpty() && rest.get(0).is("execute")) {
            executed(rest.subList(1, rest.size()));
            return;
        }
        if (in < 0 || head.stream().anyMatch(token -> token.is("execute"))) {
            hidden();
            return;
        }
        if (!rest.isEmpty() && (rest.get(0).is("reverse") || rest.get(0).is("array"))) {
            rest = rest.subList(1, rest.size());
        }
        if (head.get(0).is("for") && isCursor(rest) && rest.get(rest.size() - 1).isSymbol(")")) {
            calls(rest.subList(1, rest.size()));
            return;
        }
        boolean isRange = rest.stream().anyMatch(token -> token.isSymbol(".."));
        if (isRange) {
            List<Token> bounds = new ArrayList<>();
            rest.forEach(token -> bounds.add(token.isSymbol("..") || token.is("by") ? COMMA : token));
            expression(bounds);
        } else {
            queryOrExpression(rest);
        }
    }

    /** A name with values in parentheses; as it stands in the place of a query, it is a cursor that has parameters. */
    private static boolean isCursor(List<Token> parts) {
        return parts.size() > 2
                && parts.get(0).isIdentifier()
                && parts.get(1).isSymbol("(")
                && !(parts.get(0).kind() == Token.Kind.WORD
                        && WritingWords.FIRST.contains(parts.get(0).text()))
                && parts.stream().noneMatch(part -> part.isSymbol(".."));
    }

    private void open(List<Token> parts) {
        List<Token> cursor = parts.subList(1, parts.size());
        if (isCursor(cursor)) {
            calls(cursor.subList(1, cursor.size()));
        } else {
            condition(parts, "for");
        }
    }

    private void returned(List<Token> rest) {
        if (!rest.isEmpty() && rest.get(0).is("query")) {
            queryOrExpression(rest.subList(1, rest.size()));
        } else if (!rest.isEmpty() && rest.get(0).is("next")) {
            expression(rest.subList(1, rest.size()));
        } else {
            expression(rest);
        }
    }

    /** What stands behind a word, where it stands there at all; before it only calls count. */
    private void condition(List<Token> parts, String word) {
        int index = indexOf(parts, word);
        calls(index < 0 ? parts : parts.subList(0, index));
        if (index >= 0) {
            queryOrExpression(parts.subList(index + 1, parts.size()));
        }
    }

    private void queryOrExpression(List<Token> parts) {
        if (parts.isEmpty()) {
            hidden();
        } else if (parts.get(0).is("execute")) {
            executed(parts.subList(1, parts.size()));
        } else if (parts.get(0).isSymbol("(")
                || (parts.get(0).kind() == Token.Kind.WORD
                        && WritingWords.FIRST.contains(parts.get(0).text()))) {
            add(reader.read(sql, parts), parts);
        } else {
            expression(parts);
        }
    }

    private void expression(List<Token> parts) {
        if (!parts.isEmpty()) {
            List<Token> query = new ArrayList<>(parts.size() + 1);
            query.add(SELECT);
            query.addAll(parts);
            add(reader.read(sql, query), parts);
        }
    }

    private void statement() {
        List<Token> parts = until(";");
        if (!parts.isEmpty()) {
            List<Token> plain = withoutTarget(parts);
            add(reader.read(sql, plain), plain);
        }
    }

    /** A statement without the variables that it selects into, which the language takes out before it runs it. */
    private static List<Token> withoutTarget(List<Token> parts) {
        for (int i = 1; i < parts.size(); i++) {
            boolean begins = parts.get(i).is("into")
                    && !parts.get(i - 1).is("insert")
                    && !parts.get(i - 1).is("merge");
            if (begins) {
                int end = i + 1 < parts.size() && parts.get(i + 1).is("strict") ? i + 2 : i + 1;
                boolean more = end < parts.size() && isVariable(parts.get(end));
                while (more) {
                    end = endOfVariable(parts, end);
                    more = end + 1 < parts.size() && parts.get(end).isSymbol(",") && isVariable(parts.get(end + 1));
                    end += more ? 1 : 0;
                }
                List<Token> plain = new ArrayList<>(parts.subList(0, i));
                plain.addAll(parts.subList(end, parts.size()));
                return plain;
            }
        }
        return parts;
    }

    private void inert(List<Token> parts) {
        boolean saysHow = parts.size() > 1
                && parts.get(0).is("raise")
                && LEVELS.contains(
                        parts.get(1).kind() == Token.Kind.WORD ? parts.get(1).text() : "");
        calls(parts.subList(saysHow ? 2 : 1, parts.size()).stream()
                .filter(token -> token.kind() != Token.Kind.WORD || !OF_MESSAGES.contains(token.text()))
                .toList());
    }

    /** What stands where values are taken and no table is: without a parenthesis nothing in it is called or read. */
    private void calls(List<Token> parts) {
        if (parts.stream().anyMatch(part -> part.isSymbol("("))) {
            add(TokenBound.of(dialect, parts, "CODE", BY_WORDS), parts);
        }
    }

    /** What runs by a text, of which the parts behind the word are given, to the end of the statement. */
    private void executed(List<Token> parts) {
        Optional<ExecutedTexts.Executed> executed = ExecutedTexts.of(parts);
        if (executed.isEmpty()) {
            addHidden();
            return;
        }
        expression(executed.get().values());
        calls(executed.get().target()); // what stands in a subscript
        executed.get().statements().forEach(statement -> add(reader.read(sql, statement), statement));
    }

    /** What is not read to its end, which is passed over. */
    private void hidden() {
        addHidden();
        until(";");
    }

    private void addHidden() {
        add(new StatementEffects.Unreadable("CODE", BY_WORDS), List.of());
    }

    private void add(StatementEffects effects, List<Token> read) {
        found.add(new CodeStep(effects, sql, 0, tokens, begins, read));
    }

    private static int indexOf(List<Token> parts, String word) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).is(word)) {
                return i;
            }
        }
        return -1;
    }
}
