package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what {@code EXECUTE} of PL/pgSQL runs where its text is written out: one constant, or some that {@code ||} joins.
 *
 * <p>INVARIANT: what is told of a text is what the server runs, in whichever mode the session of the code cuts strings, and nothing
 * in it runs another text or what has been prepared.
 */
final class ExecutedTexts {
    /** Of these a text is not read. */
    private static final Set<String> RUNNING_OTHERS = Set.of("do", "prepare", "deallocate");

    /** What stands behind these is the name of the code that a trigger runs. */
    private static final Set<String> KINDS_OF_ROUTINE = Set.of("function", "procedure");

    private ExecutedTexts() {}

    /**
     * What stands behind the word.
     *
     * @param statements those of the text, each of its tokens told to stand where the text does
     * @param values what {@code USING} gives it
     * @param target what {@code INTO} sets
     */
    record Executed(List<List<Token>> statements, List<Token> values, List<Token> target) {}

    /**
     * What runs by {@code EXECUTE text INTO … USING …}.
     *
     * @param parts the tokens behind the word, to the end of the statement
     * @return empty where the text is made, or is not read
     */
    static Optional<Executed> of(List<Token> parts) {
        int into = atTop(parts, "into");
        int using = atTop(parts, "using");
        List<Token> values = behind(parts, using, into);
        List<Token> target = behind(parts, into, using);
        return constant(parts.subList(0, Math.min(into, using)))
                .flatMap(text -> statementsOf(text, parts.get(0)))
                .map(statements -> new Executed(statements, values, target));
    }

    /** What stands behind a word, to the other word where that comes later. */
    private static List<Token> behind(List<Token> parts, int word, int other) {
        int end = other > word ? other : parts.size();
        return word < parts.size() ? parts.subList(word + 1, end) : List.of();
    }

    /** The tokens of some code, and behind them those of each text that it runs and that is read. */
    static List<Token> inside(List<Token> code) {
        List<Token> all = new ArrayList<>(code);
        for (int at = 0; at < code.size(); at++) {
            if (code.get(at).is("execute")) {
                of(code.subList(at + 1, endOfStatement(code, at)))
                        .ifPresent(executed -> executed.statements().forEach(all::addAll));
            }
        }
        return all;
    }

    /** A loop over what it asks for goes on where the text and its values end. */
    private static int endOfStatement(List<Token> code, int start) {
        for (int at = start; at < code.size(); at++) {
            if (code.get(at).isSymbol(";") || code.get(at).is("loop")) {
                return at;
            }
        }
        return code.size();
    }

    /**
     * The one text that constants come to, joined and in parentheses. Where two strings stand side by side a line break stands between
     * them, by which they are one, or the code does not run.
     */
    private static Optional<String> constant(List<Token> expression) {
        StringBuilder joined = new StringBuilder();
        int open = 0;
        boolean isBehindText = false;
        int at = 0;
        while (at < expression.size()) {
            Token token = expression.get(at);
            if (token.kind() == Token.Kind.STRING) {
                joined.append(token.text());
                isBehindText = true;
            } else if (!isBehindText && token.isSymbol("(")) {
                open++;
            } else if (isBehindText && token.isSymbol(")")) {
                open--;
            } else if (isBehindText && token.isSymbol("||")) {
                isBehindText = false;
            } else if (isBehindText && isTyped(expression, at)) {
                at++;
            } else {
                return Optional.empty();
            }
            at++;
        }
        return isBehindText && open == 0 ? Optional.of(joined.toString()) : Optional.empty();
    }

    private static boolean isTyped(List<Token> expression, int at) {
        return expression.get(at).isSymbol("::")
                && at + 1 < expression.size()
                && expression.get(at + 1).is("text");
    }

    private static Optional<List<List<Token>>> statementsOf(String text, Token at) {
        if (text.indexOf('\\') >= 0) {
            return Optional.empty(); // a mode may change what it is
        }
        try {
            LexicalModes modes = LexicalModes.defaultsOf(Dialect.POSTGRESQL);
            List<Token> tokens = Tokenizer.of(modes, Placeholders.NONE, text).tokenize().stream()
                    .map(token -> new Token(token.kind(), token.text(), at.start(), at.end()))
                    .toList();
            List<List<Token>> statements = StatementSplitter.split(Dialect.POSTGRESQL, tokens);
            return statements.stream().noneMatch(ExecutedTexts::runsOthers)
                    ? Optional.of(statements)
                    : Optional.empty();
        } catch (UnreadableTextException notCut) {
            return Optional.empty();
        }
    }

    private static boolean runsOthers(List<Token> statement) {
        boolean runs = statement.get(0).kind() == Token.Kind.WORD
                && RUNNING_OTHERS.contains(statement.get(0).text());
        for (int at = 0; at < statement.size() && !runs; at++) {
            boolean isOfTrigger = at + 1 < statement.size()
                    && statement.get(at + 1).kind() == Token.Kind.WORD
                    && KINDS_OF_ROUTINE.contains(statement.get(at + 1).text());
            runs = statement.get(at).is("execute") && !isOfTrigger;
        }
        return runs;
    }

    /** Where a word stands outside of parentheses, or the end. */
    private static int atTop(List<Token> parts, String word) {
        int depth = 0;
        for (int at = 0; at < parts.size(); at++) {
            Token token = parts.get(at);
            if (depth == 0 && token.is(word)) {
                return at;
            }
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
        }
        return parts.size();
    }
}
