package io.tierguard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A file of statements, as a migration tool sends them one by one.
 *
 * <p>It is cut by the tokenizer of its dialect, so that a semicolon in a string, a name, a comment, a dollar-quoted body,
 * a bracket or the body of an SQL function ends nothing.
 */
public final class Script {
    private static final Set<String> WITH_BODY = Set.of("function", "procedure");
    private static final int FIRST_WORDS = 4;

    private Script() {}

    /**
     * One statement of a script.
     *
     * @param text the statement as it stands, without the semicolon
     * @param line the line on which it begins, from 1
     * @param column the column in that line, in UTF-16 units from 1
     */
    public record Statement(String text, int line, int column) {

        /** The statement behind so many line breaks and blanks that places in it are those in the script. */
        public String inPlace() {
            return "\n".repeat(line - 1) + " ".repeat(column - 1) + text;
        }
    }

    /** Says why a script cannot be cut into statements. */
    public static final class UnreadableScriptException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        UnreadableScriptException(Problem problem) {
            super(problem.toString(), null, false, false);
            this.problem = problem;
        }

        /** What could not be read, and where. */
        public Problem problem() {
            return problem;
        }
    }

    /** The statements of a script that hold anything. */
    public static List<Statement> split(String script, Dialect dialect, Placeholders placeholders)
            throws UnreadableScriptException {
        List<Token> tokens;
        try {
            tokens = Tokenizer.of(LexicalModes.defaultsOf(dialect), placeholders, script)
                    .tokenize();
        } catch (UnreadableTextException notCut) {
            throw unreadable(script, notCut);
        }
        List<Statement> statements = new ArrayList<>();
        int from = 0;
        Nesting nesting = new Nesting();
        for (int at = 0; at <= tokens.size(); at++) {
            boolean ends = at == tokens.size() || (tokens.get(at).isSymbol(";") && nesting.isFlat());
            if (!ends) {
                nesting.enter(tokens, from, at);
            } else {
                if (at > from) {
                    statements.add(statement(script, tokens.subList(from, at)));
                }
                from = at + 1;
                nesting = new Nesting();
            }
        }
        return statements;
    }

    private static Statement statement(String script, List<Token> tokens) throws UnreadableScriptException {
        Token first = tokens.get(0);
        Problem place = Places.problemAt(
                script,
                first.start(),
                "DELIMITER is a command of the mysql client, not SQL",
                "take it out; a body in quotes needs none");
        if (first.is("delimiter")) {
            throw new UnreadableScriptException(place);
        }
        String text =
                script.substring(first.start(), tokens.get(tokens.size() - 1).end());
        return new Statement(text, place.line(), place.column());
    }

    /** A backslash where a token should begin is a command to psql, or the end of data for its COPY. */
    private static UnreadableScriptException unreadable(String script, UnreadableTextException notCut) {
        Problem problem = notCut.problemIn(script);
        String line =
                script.lines().skip(Math.max(0, problem.line() - 1)).findFirst().orElse("");
        int at = problem.column() - 1;
        boolean isCommand = at >= 0 && at < line.length() && line.charAt(at) == '\\';
        return new UnreadableScriptException(
                isCommand
                        ? new Problem(
                                "`" + word(line.substring(at)) + "` is a command of psql, not SQL",
                                problem.line(),
                                problem.column(),
                                "take it out, or give the statements that psql would send")
                        : problem);
    }

    private static String word(String text) {
        int end = 1;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }

    /** How deep a token stands in brackets and in the body of an SQL function. */
    private static final class Nesting {
        private int brackets;
        private int bodies;

        void enter(List<Token> tokens, int first, int at) {
            Token token = tokens.get(at);
            if (token.isSymbol("(") || token.isSymbol("[")) {
                brackets++;
            } else if (token.isSymbol(")") || token.isSymbol("]")) {
                brackets = Math.max(0, brackets - 1);
            } else if (token.is("begin") && definesRoutine(tokens, first)) {
                bodies++;
            } else if (token.is("case") && bodies > 0) {
                bodies++;
            } else if (token.is("end") && bodies > 0) {
                bodies--;
            }
        }

        boolean isFlat() {
            return brackets == 0 && bodies == 0;
        }

        private static boolean definesRoutine(List<Token> tokens, int first) {
            return tokens.get(first).is("create")
                    && tokens.subList(first, Math.min(tokens.size(), first + FIRST_WORDS)).stream()
                            .anyMatch(token -> token.kind() == Token.Kind.WORD && WITH_BODY.contains(token.text()));
        }
    }
}
