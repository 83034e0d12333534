package io.tierguard.sql;

import java.util.List;
import java.util.Optional;

/**
 * A body of code in a procedural language, cut into what it runs.
 *
 * @param steps its statements and expressions
 * @param mentions what all of it names
 * @param problem why it could not be cut; empty where it could
 */
record ProcedureText(List<CodeStep> steps, Mentions mentions, Optional<Problem> problem) {
    ProcedureText {
        steps = List.copyOf(steps);
    }

    /**
     * Reads a body.
     *
     * @param isExact whether it certainly stands here as it was written; else it is what a catalog tells
     */
    static ProcedureText read(LexicalModes modes, StatementReader reader, String body, boolean isExact) {
        try {
            List<Token> tokens = Tokenizer.of(modes, Placeholders.NONE, body).tokenize();
            if (modes.server().hasOracleCode()) {
                return unreadable(Problem.ofWholeText("code in another language", ""));
            }
            if (!isExact && !MySqlKeptCode.isCertain(modes.dialect(), body, tokens)) {
                return unreadable(Problem.ofWholeText(
                        "strings that the catalog tells in another way than they were written", ""));
            }
            return modes.dialect().isOfMySqlFamily()
                    ? new ProcedureText(
                            MySqlProcedure.read(reader, body, tokens), Mentions.in(tokens), Optional.empty())
                    : new ProcedureText(
                            ProceduralCode.read(modes.dialect(), reader, body, tokens),
                            Mentions.in(ExecutedTexts.inside(tokens)),
                            Optional.empty());
        } catch (UnreadableTextException notCut) {
            return unreadable(notCut.problemIn(body));
        } catch (RuntimeException | StackOverflowError unforeseen) {
            return unreadable(Problem.ofWholeText("code that is not understood", ""));
        }
    }

    private static ProcedureText unreadable(Problem problem) {
        return new ProcedureText(List.of(), Mentions.NONE, Optional.of(problem));
    }

    /** What all of it does. */
    CodeEffects together(Dialect dialect) {
        if (problem.isPresent()) {
            return CodeEffects.unknown(CodeEffects.NOT_READ + ": " + problem.get());
        }
        return dialect == Dialect.POSTGRESQL ? CodeEffects.ofProcedural(steps) : CodeEffects.ofSteps(steps);
    }
}
